import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { findKustomize } from '../../../src/verify/find-kustomize.ts';

const run = promisify(execFile);

/** Runs the kubectl that Stowage brings along. */
export async function kubectl(kubeconfig: string, words: readonly string[]): Promise<string> {
  const { stdout } = await run(await findKubectl(), [`--kubeconfig=${kubeconfig}`, ...words], { maxBuffer: 64 * 1024 * 1024 });
  return stdout;
}

/** Where it is; whatever PATH has is another one. */
export async function findKubectl(): Promise<string> {
  const { source, command } = await findKustomize({ ...process.env, PATH: '' });
  if (source === 'kustomize') throw new Error('there is no kubectl');
  return command;
}
