import { spawnSync } from 'node:child_process';
import { inject } from 'vitest';
import { throwawayPath } from '../sealing/throwaway.ts';

export interface Result {
  readonly ok: boolean;
  readonly stdout: string;
  readonly stderr: string;
}

/** Values go in by standard input, as they should wherever kubeseal is used; no cluster is asked. */
export function kubeseal(input: string | Uint8Array, ...args: string[]): Result {
  const { status, stdout, stderr, error } = spawnSync(inject('kubeseal'), args, {
    input,
    env: { PATH: process.env.PATH, KUBECONFIG: '/dev/null' },
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  });
  if (error !== undefined) throw error;
  return { ok: status === 0, stdout, stderr };
}

export function kubesealClean(input: string | Uint8Array, ...args: string[]): string {
  const { ok, stdout, stderr } = kubeseal(input, ...args);
  if (!ok) throw new Error(`kubeseal ${args.join(' ')}: ${stderr}`);
  return stdout;
}

/** As after the loss of a cluster: by a private key alone. */
export function recover(sealed: unknown, key = throwawayPath('valid.key')): Result {
  return kubeseal(JSON.stringify(sealed), '--recovery-unseal', '--recovery-private-key', key);
}

/** The values of a Secret, once they are out; Go prints an empty one as null. */
export function valuesOf(secret: string): Record<string, Buffer> {
  const data = JSON.parse(secret).data as Record<string, string | null>;
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, Buffer.from(value ?? '', 'base64')]));
}
