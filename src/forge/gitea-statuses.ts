import * as z from 'zod';
import type { CommitStatus, StatusState } from './forge.ts';
import type { Gitea } from './gitea-client.ts';
import { listPages } from './gitea-pages.ts';

const statusesShape = z.array(
  z.object({ id: z.number(), context: z.string(), status: z.string(), description: z.string().nullish() }),
);

/** What is not among them has failed: a `warning`, and what Gitea may come to say. */
const states = new Map<string, StatusState>([
  ['pending', 'pending'],
  ['success', 'success'],
  ['skipped', 'success'],
  ['error', 'error'],
]);

/** Gitea tells of all that were ever set. */
export async function listStatuses(gitea: Gitea, sha: string): Promise<readonly CommitStatus[]> {
  const all = await listPages(gitea, `commits/${sha}/statuses`, statusesShape);
  const newest = new Map(all.toSorted((one, other) => one.id - other.id).map((status) => [status.context, status]));
  return [...newest.values()].map(({ context, status, description }) => ({
    context,
    state: states.get(status) ?? 'failure',
    description: description ?? '',
  }));
}
