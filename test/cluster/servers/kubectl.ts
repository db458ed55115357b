import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { findKustomize } from '../../../src/verify/find-kustomize.ts';

const run = promisify(execFile);

/** Runs kubectl as a person would: that of PATH, else the one that Stowage brings along. */
export async function kubectl(kubeconfig: string, words: readonly string[]): Promise<string> {
  // Whoever has a kustomize of their own is served by what is brought along as well.
  const kustomize = await findKustomize({ ...process.env, PATH: withoutKustomize() });
  if (kustomize.source === 'kustomize') throw new Error('there is no kubectl');
  const { stdout } = await run(kustomize.command, [`--kubeconfig=${kubeconfig}`, ...words], { maxBuffer: 64 * 1024 * 1024 });
  return stdout;
}

const withoutKustomize = () => '';
