import { expect, test } from 'vitest';
import type { Difference } from '../../src/drift/difference.ts';
import { revertCommand } from '../../src/drift/revert-command.ts';

const web = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'shop-web', namespace: 'shop' };
const seen: Difference = {
  ...{ id: 'x', between: 'cluster', what: 'changed', cluster: 'prod', overlay: 'prod/shop', object: web },
  ...{ field: 'spec.replicas', address: ['spec', 'replicas'], declared: 3, live: 7 },
  ...{ because: [], summary: '', advice: '', digest: '' },
};
const names = { argocdNamespace: 'argocd', contextOf: (cluster: string) => (cluster === 'prod' ? 'prod-admin' : undefined) };
const { field, address, ...ofAnObject } = seen;

test.each<[string, Difference, string | undefined]>([
  ['a changed field', seen, 'argocd app sync argocd/prod-shop --resource apps:Deployment:shop/shop-web'],
  [
    'an object of the core group that is missing',
    { ...ofAnObject, what: 'missing', object: { ...web, apiVersion: 'v1', kind: 'Service' } },
    'argocd app sync argocd/prod-shop --resource :Service:shop/shop-web',
  ],
  [
    'an object of the whole cluster that is missing',
    {
      ...ofAnObject,
      what: 'missing',
      object: { apiVersion: 'rbac.authorization.k8s.io/v1', kind: 'ClusterRole', name: 'a', namespace: null },
    },
    'argocd app sync argocd/prod-shop --resource rbac.authorization.k8s.io:ClusterRole:a',
  ],
  [
    'a namespace that was made anew',
    { ...ofAnObject, what: 'recreated', object: { apiVersion: 'v1', kind: 'Namespace', name: 'shop', namespace: null } },
    'argocd app sync argocd/prod-shop',
  ],
  [
    'an annotation that was added',
    { ...seen, what: 'added', address: ['metadata', 'annotations', 'example.com/it'], live: "it's" },
    `kubectl --context prod-admin -n shop patch deployment.v1.apps shop-web --type=json -p '[{"op":"test","path":"/metadata/annotations/example.com~1it","value":"it'\\''s"},{"op":"remove","path":"/metadata/annotations/example.com~1it"}]'`,
  ],
  [
    'a secret that was added, without the value',
    {
      ...seen,
      what: 'added',
      address: ['data', 'a'],
      concealed: true,
      live: 'never',
      object: { ...web, apiVersion: 'v1', kind: 'Secret' },
    },
    `kubectl --context prod-admin -n shop patch secret shop-web --type=json -p '[{"op":"remove","path":"/data/a"}]'`,
  ],
  [
    'a variable that is not shown, as long as it lies where it was seen',
    {
      ...seen,
      what: 'added',
      field: 'spec.template.spec.containers[web].env[DB_PASSWORD]',
      address: ['spec', 'template', 'spec', 'containers', 0, 'env', 3],
      concealed: true,
    },
    `kubectl --context prod-admin -n shop patch deployment.v1.apps shop-web --type=json -p '[{"op":"test","path":"/spec/template/spec/containers/0/name","value":"web"},{"op":"test","path":"/spec/template/spec/containers/0/env/3/name","value":"DB_PASSWORD"},{"op":"remove","path":"/spec/template/spec/containers/0/env/3"}]'`,
  ],
  [
    'what is not shown and has no name in its list',
    { ...seen, what: 'added', field: 'spec.ports[80].x', address: ['spec', 'ports', 0, 'x'], concealed: true },
    undefined,
  ],
  [
    'an Application that somebody changed, which the root of its cluster applies',
    { ...seen, object: { apiVersion: 'argoproj.io/v1alpha1', kind: 'Application', name: 'prod-shop', namespace: 'argocd' } },
    'argocd app sync argocd/root-prod',
  ],
  [
    'a claim of a volume, which holds data',
    { ...ofAnObject, what: 'foreign', object: { ...web, apiVersion: 'v1', kind: 'PersistentVolumeClaim' } },
    undefined,
  ],
  [
    'a foreign object',
    { ...ofAnObject, what: 'foreign' },
    'kubectl --context prod-admin -n shop delete deployment.v1.apps shop-web',
  ],
  [
    'a foreign object of a cluster without a context of its own',
    { ...ofAnObject, what: 'foreign', cluster: 'dev', object: { ...web, apiVersion: 'v1', kind: 'ConfigMap' } },
    'kubectl -n shop delete configmap shop-web',
  ],
  ['a stuck Application', { ...ofAnObject, what: 'stuck' }, undefined],
  ['an edit of the repository', { ...seen, between: 'repository', what: 'unpublished' }, undefined],
])('%s', (_, difference, expected) => {
  expect(revertCommand(difference, names)).toBe(expected);
});
