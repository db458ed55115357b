import { relative } from 'node:path';
import type { Commit } from '../git/commit.ts';
import type { FleetCommit } from '../git/fleet-commit.ts';
import { generatedRoots } from '../model/output-paths.ts';
import { Misconfigured } from '../store/fail.ts';
import { gatherInputs } from '../store/gather-inputs.ts';
import type { Block } from './block.ts';
import type { PublishSettings } from './publish-settings.ts';
import { checkOwnBranch, isSameRepository } from './same-repository.ts';

export interface OwnFiles {
  readonly files: ReadonlyMap<string, string>;
  readonly owned: (path: string) => boolean;
  readonly checkBase: (base: Commit) => Promise<Block | undefined>;
}

const inputRoots = ['stowage.yaml', 'systems', 'clusters'];

/** The inputs, where they are published too: into the repository that they come from. Undefined for another one. */
export function ownFiles(fleet: string, settings: PublishSettings, { remotes, root }: FleetCommit): OwnFiles | undefined {
  const { repository, path } = settings;
  if (root === undefined || ![...remotes, root, `${root}/.git`].some((remote) => isSameRepository(remote, repository)))
    return undefined;
  checkPath(folderIn(root, fleet), path);
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  const inputs = [...gatherInputs(fleet, () => {})].map(([name, bytes]) => [name, decoder.decode(bytes)] as const);
  const roots = [...inputRoots, ...generatedRoots];
  // What is no input on disk is none of the target's either.
  const isHidden = (name: string) => name.split('/').some((part) => part.startsWith('.') || part.endsWith('~'));
  return {
    files: new Map(inputs),
    owned: (name) => roots.some((one) => name === one || name.startsWith(`${one}/`)) && !isHidden(name),
    checkBase: (base) => checkOwnBranch(fleet, base.id, roots),
  };
}

export function folderIn(root: string | undefined, fleet: string): string {
  return root === undefined ? '' : relative(root, fleet).replaceAll('\\', '/');
}

/** Where the output goes beside its description, it must go to where that is. */
export function checkPath(here: string, path: string): void {
  if (here !== path)
    throw new Misconfigured(
      `the fleet lies in ${here === '' ? 'the root' : here} of the repository that it is published to, and stowage.yaml says ${path === '' ? 'its root' : path}`,
      `say \`repository: {path: ${here === '' ? "''" : here}}\``,
    );
}
