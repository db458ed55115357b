import type { Gitea } from './gitea-client.ts';
import { listPages } from './gitea-pages.ts';
import { anything, labelsShape } from './gitea-shapes.ts';
import { HostTrouble } from './host-trouble.ts';

const colour = '#5b7fa6';

/** Gitea knows labels by number and makes none by itself. */
export async function labelNumbers(gitea: Gitea, names: readonly string[]): Promise<readonly number[]> {
  if (names.length === 0) return [];
  const find = async () =>
    new Map(
      [...(await organizationLabels(gitea)), ...(await listPages(gitea, 'labels', labelsShape))].map(({ id, name }) => [
        name,
        id,
      ]),
    );
  let known = await find();
  for (const name of names) {
    if (known.has(name)) continue;
    await gitea.ask('POST', 'labels', anything, { name, color: colour });
    known = await find();
  }
  return names.flatMap((name) => known.get(name) ?? []);
}

/** A person has none. */
async function organizationLabels(gitea: Gitea) {
  try {
    return await listPages(gitea, `/orgs/${gitea.owner}/labels`, labelsShape);
  } catch (error) {
    if (error instanceof HostTrouble && (error.status === 404 || error.status === 403)) return [];
    throw error;
  }
}
