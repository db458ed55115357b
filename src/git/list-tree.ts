import { type GitCall, gitOrFail, textOf } from './run-git.ts';

export interface TreeEntry {
  readonly path: string;
  readonly mode: string;
  readonly id: string;
}

/** `120000`: the content is the path that it points to. */
export const linkMode = '120000';

/** All files of a commit or tree below some paths, links included and submodules left out. */
export async function listTree(commitOrTree: string, paths: readonly string[], call: GitCall): Promise<TreeEntry[]> {
  const out = await gitOrFail(
    ['ls-tree', '-r', '-z', '--full-tree', commitOrTree, '--', ...paths],
    `list the files of ${commitOrTree.slice(0, 7)}`,
    call,
  );
  return textOf(out)
    .split('\0')
    .flatMap((line) => {
      const [, mode = '', type, id = '', path = ''] = /^(\d+) (\w+) ([0-9a-f]+)\t(.*)$/s.exec(line) ?? [];
      // A tree that git did not make itself may lead out of the folder that it is written to.
      const leads = path.split('/').some((name) => name === '' || name === '.' || name === '..');
      return type === 'blob' && !leads ? [{ path, mode, id }] : [];
    });
}
