import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { fetchPublished } from '../../src/git/fetch-published.ts';
import { temporaryFolder } from '../support/fleet-files.ts';
import { bareCopy, commitAll, git, gitFolder } from '../support/git-folder.ts';

/** As jobs of a CI machine do that share a cache, or drift of several clusters on one. */
test.each(['sha1', 'sha256'])('many that fetch at once share one cache (%s)', async (format) => {
  const working = gitFolder(new Map([['a', '0\n']]), format);
  const { bare, url } = bareCopy(working);
  git(working, 'remote', 'add', 'origin', bare);
  const cache = temporaryFolder();
  const environment = { ...process.env, XDG_CACHE_HOME: cache };
  for (const round of [1, 2, 3]) {
    commitAll(working, new Map([['a', `${round}\n`]]));
    git(working, 'push', '--quiet', 'origin', 'HEAD:main');
    const head = git(working, 'rev-parse', 'HEAD').trim();
    const fetched = await Promise.all(Array.from({ length: 16 }, () => fetchPublished({ url, branch: 'main' }, { environment })));
    expect(fetched.map(({ commit }) => commit)).toEqual(fetched.map(() => head));
    expect(readdirSync(join(cache, 'stowage/repositories'))).toHaveLength(1);
  }
});
