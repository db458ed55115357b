import { defineConfig } from 'vitest/config';
const cache = '/root/.cache/stowage-interop/cluster';
export default defineConfig({ test: { include: ['test/scratch/**/*.test.ts'], testTimeout: 300_000, hookTimeout: 100_000, pool: 'forks', provide: { servers: {
  kubernetes: `${cache}/kubernetes-v1.36.3`, 'oldest-kubernetes': `${cache}/kubernetes-v1.29.6`, etcd: `${cache}/etcd-v3.6.16`, kwok: `${cache}/kwok-v0.7.0`, argocd: `${cache}/argocd-v3.2.11`, 'cert-manager': `${cache}/cert-manager-v1.19.1`, 'prometheus-operator': `${cache}/prometheus-operator-v0.85.0`, 'sealed-secrets': `${cache}/sealed-secrets-v0.36.0` } } } as never });
