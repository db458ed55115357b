import { execFileSync } from 'node:child_process';
import { checkMergeBelow } from '../../../src/commands/check-merge.ts';
import { localForge } from '../../../src/forge/local.ts';
import { parseCommit } from '../../../src/git/commit.ts';
import { openTarget } from '../../../src/git/open-target.ts';
import { git, realHost } from '../../publish/support/real-host.ts';
import { temporaryFolder } from '../../support/fleet-files.ts';
import { branchPrefix, type Host, mainBranch } from './host.ts';

/** A real bare repository with the host that is always there. */
export async function gitHost(now: () => number): Promise<Host> {
  const { folder } = await realHost(mainBranch);
  const url = `file://${folder}`;
  const environment = { XDG_CACHE_HOME: temporaryFolder() };
  const { target, close } = await openTarget({ url, branch: mainBranch, prefix: branchPrefix, environment });
  const known = new Map<string, ReadonlyMap<string, string>>();
  return {
    target,
    forge: localForge({ folder }, now, checkMergeBelow('')),
    heads: () => {
      const lines = git(folder, 'for-each-ref', '--format=%(objectname) %(refname:lstrip=2)', 'refs/heads/').split('\n');
      return new Map(lines.filter((line) => line !== '').map((line) => [line.slice(41), line.slice(0, 40)]));
    },
    commit: (id) => parseCommit(id, execFileSync('git', ['cat-file', 'commit', id], { cwd: folder, encoding: 'utf8' })),
    read: (id) => {
      const tree = git(folder, 'rev-parse', `${id}^{tree}`);
      const files = known.get(tree) ?? readFiles(folder, tree);
      known.set(tree, files);
      return files;
    },
    close,
  };
}

function readFiles(folder: string, tree: string): Map<string, string> {
  const entries = git(folder, 'ls-tree', '-r', tree)
    .split('\n')
    .filter((line) => line !== '');
  const blobs = entries.map((line) => line.split(/[ \t]/)[2] as string);
  const all = execFileSync('git', ['cat-file', '--batch'], { cwd: folder, input: `${blobs.join('\n')}\n` });
  const files = new Map<string, string>();
  let at = 0;
  for (const line of entries) {
    const end = all.indexOf('\n', at);
    const size = Number(all.toString('utf8', at, end).split(' ')[2]);
    files.set(line.slice(line.indexOf('\t') + 1), all.toString('utf8', end + 1, end + 1 + size));
    at = end + size + 2;
  }
  return files;
}
