import type * as z from 'zod';
import type { Gitea } from './gitea-client.ts';

/** The most that a host gives at once, unless it is set to give less. */
const longestPage = 50;

/** All pages of a list, or those up to the one after which enough is known. */
export async function listPages<Item>(
  gitea: Gitea,
  path: string,
  shape: z.ZodType<Item[]>,
  enough: (page: readonly Item[]) => boolean = () => false,
): Promise<readonly Item[]> {
  const all: Item[] = [];
  for (let page = 1; ; page += 1) {
    const { data } = await gitea.ask('GET', `${path}${path.includes('?') ? '&' : '?'}limit=${longestPage}&page=${page}`, shape);
    all.push(...data);
    // A host that is set to shorter pages gives fewer than it was asked for, so only an empty one is surely the last.
    if (data.length === 0 || enough(data)) return all;
  }
}
