import { expect, test } from 'vitest';
import { git, opened } from '../publish/support/real-host.ts';
import { bareCopy, commitAll, gitFolder } from '../support/git-folder.ts';

const file = 'clusters/prod/prod.yaml';
const said = (shop: number, stock: number) => `shop: ${shop}\n\n# between\n\n\nstock: ${stock}\n`;

test('the past of a file is what the branch was at, and not what it was made of', async () => {
  const folder = gitFolder(new Map([[file, said(1, 1)]]));
  git(folder, 'switch', '--quiet', '--create', 'side');
  commitAll(folder, new Map([[file, said(1, 2)]]));
  git(folder, 'switch', '--quiet', 'main');
  commitAll(folder, new Map([[file, said(2, 1)]]));
  commitAll(folder, new Map([['other', 'else']]));
  commitAll(folder, new Map([[file, said(3, 1)]]));
  git(folder, 'merge', '--quiet', '--no-edit', 'side');
  const head = git(folder, 'rev-parse', 'HEAD');
  const { target, close } = await opened(bareCopy(folder).url);
  try {
    await target.heads();
    const past = await target.history(head, file);
    // Not 1 and 2, which the side branch said of a shop that was at 3 by then.
    expect(past.map(({ text }) => text)).toEqual([said(3, 2), said(3, 1), said(2, 1), said(1, 1)]);
    expect(past[0]?.commit).toBe(head);
  } finally {
    close();
  }
});
