import type { PullRequest } from '../forge/forge.ts';
import { type Attempt, type Moved, named } from './attempt.ts';
import { checkInputs } from './check-inputs.ts';
import { readTrailers } from './commit-message.ts';
import { effect } from './effect.ts';
import { type Found, humanCommit } from './find-block.ts';
import { readMarker, withMarker } from './marker.ts';
import type { PublishRequest } from './publish-request.ts';
import type { KeyResult } from './result.ts';

/**
 * There is nothing left to change: what was offered is closed, and its branch goes. The mark comes first, so that a run
 * that stops between these steps does not look like a person who does not want the change.
 */
export async function retire(
  { view, branch, name, progress }: Attempt,
  request: PublishRequest,
  why = 'There is nothing left to change: the config repository holds what the fleet describes.',
): Promise<KeyResult | Moved | undefined> {
  const { forge, target } = request;
  const head = view.branches.get(branch);
  const pull = await forge.findPullRequest(branch);
  const open = pull?.state === 'open' ? pull : undefined;
  if (head === undefined && open === undefined) return undefined;
  // Opened since we looked: then it is not ours to judge yet.
  if (head === undefined && (await target.heads()).branches.has(branch)) return { moved: true };
  const found: Found = { base: view.base, branch, head, pull };
  const about = { key: name, branch, files: [] };
  const block =
    humanCommit(found) ??
    (head === undefined || (open === undefined && pull?.head.sha === head.id)
      ? undefined
      : await checkInputs(readTrailers(head.message).inputs, `what ${branch} offers`, request));
  if (block !== undefined) return { ...about, ...named(open), outcome: 'blocked', ...block };
  if (request.dryRun) return open === undefined ? undefined : { ...about, ...named(open), outcome: 'closed' };
  if (open !== undefined) {
    progress.did = 'closed';
    progress.pull = open;
  }
  if (open !== undefined && readMarker(open.body)?.obsolete !== true) {
    const marker = { key: name, content: '', commit: head?.id ?? '', obsolete: true as const };
    const body = withMarker(why, marker);
    await effect('changing a pull request', () => forge.update(open.number, { body }));
  }
  if (head !== undefined) {
    const answer = await effect(`deleting ${branch}`, () => target.push(branch, undefined, head.id));
    if (answer.kind === 'moved') return { moved: true };
    if (answer.kind === 'refused')
      return {
        ...about,
        ...named(open),
        outcome: 'blocked',
        reason: `the config repository does not let ${branch} be deleted: ${answer.said}`,
        advice: 'there is nothing left to change in it; close its pull request',
      };
  }
  if (open === undefined) return undefined;
  await closeOnce(open.number, why, request);
  return { ...about, ...named(open), outcome: 'closed' };
}

/**
 * Some hosts close a pull request when its branch goes. Another run may have offered something on it since it was marked:
 * then it is left to that one, or, where that happened too late, marked again, so that nobody takes it for a person's no.
 */
async function closeOnce(number: number, why: string, { forge }: PublishRequest): Promise<void> {
  const isMarked = (pull: PullRequest | undefined) => readMarker(pull?.body ?? '')?.obsolete === true;
  const before = await forge.get(number);
  if (before?.state !== 'open' || !isMarked(before)) return;
  const closed = await effect('closing a pull request', () => forge.close(number));
  if (!isMarked(closed)) {
    const marker = { key: '', content: '', commit: '', obsolete: true as const };
    await effect('changing a pull request', () => forge.update(number, { body: withMarker(why, marker) }));
  }
}
