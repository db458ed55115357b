import { cpSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { readObjects } from '../../../src/git/read-objects.ts';
import { generatedRoots } from '../../../src/model/output-paths.ts';
import { compileClean } from '../../support/compile-fleet.ts';
import { type Files, temporaryFolder, withFiles, writeFiles } from '../../support/fleet-files.ts';
import { git } from '../../support/git-folder.ts';

/** Undefined takes a file away. */
type Changes = Readonly<Record<string, string | Uint8Array | undefined>>;

/** A bare repository that holds a fleet: its description, and what that compiles to. */
export interface FleetHost {
  readonly folder: string;
  head(): string;
  /** Files of a commit, by default of the branch: path → text. */
  files(commit?: string): Promise<Map<string, string>>;
  /** Its description alone. */
  inputs(commit?: string): Promise<Map<string, string>>;
  tree(commit?: string): string;
  /** What somebody changes in the description by hand, compiles and pushes; gives back the commit. */
  commit(changes: Changes): Promise<string>;
  /** What somebody pushes as it is, compiled or not. */
  push(changes: Changes): Promise<string>;
  /** The same repository as it is now, pull requests included, to go another way from here. */
  copy(): FleetHost;
}

export async function fleetHost(description: Files): Promise<FleetHost> {
  const folder = join(temporaryFolder(), 'fleet.git');
  git('/', 'init', '--quiet', '--bare', '--initial-branch=main', folder);
  git(folder, 'config', 'uploadpack.allowFilter', 'true');
  const host = hostIn(folder);
  write(folder, new Map([...description, ...compileClean(description).outputs]));
  return host;
}

function hostIn(folder: string): FleetHost {
  const head = () => git(folder, 'rev-parse', 'main').trim();
  const files = (commit = head()) => filesOf(folder, commit);
  const inputs = async (commit = head()) => new Map([...(await files(commit))].filter(([path]) => !isGenerated(path)));
  return {
    folder,
    head,
    files,
    inputs,
    tree: (commit = 'main') => git(folder, 'rev-parse', `${commit}^{tree}`).trim(),
    commit: async (changes) => {
      const description = withFiles(await inputs(), changes);
      write(folder, new Map([...description, ...compileClean(description).outputs]));
      return head();
    },
    push: async (changes) => {
      write(folder, withFiles(await files(), changes));
      return head();
    },
    copy: () => {
      const other = join(temporaryFolder(), 'fleet.git');
      cpSync(folder, other, { recursive: true });
      return hostIn(other);
    },
  };
}

export function isGenerated(path: string): boolean {
  return generatedRoots.some((root) => path.startsWith(`${root}/`));
}

/** The branch holds these files and no others. */
function write(folder: string, wanted: Files): void {
  const clone = join(temporaryFolder(), 'clone');
  git('/', 'clone', '--quiet', '--no-checkout', folder, clone);
  writeFiles(clone, wanted);
  git(clone, 'add', '--all');
  git(clone, 'commit', '--quiet', '--allow-empty', '--message=By hand');
  git(clone, 'push', '--quiet', 'origin', 'HEAD:refs/heads/main');
  rmSync(clone, { recursive: true });
}

/** All of a commit by two processes, however many there are. */
async function filesOf(folder: string, commit: string): Promise<Map<string, string>> {
  const lines = git(folder, 'ls-tree', '-r', '-z', commit)
    .split('\0')
    .filter((line) => line !== '');
  const blobs = lines.map((line) => [line.slice(line.indexOf('\t') + 1), line.split(/[ \t]/)[2] as string] as const);
  const texts = await readObjects(
    blobs.map(([, id]) => id),
    { folder },
  );
  return new Map(blobs.map(([path, id]) => [path, texts.get(id) as string]));
}
