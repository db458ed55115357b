import type { PullRequest } from '../forge/forge.ts';
import type { Commit } from '../git/commit.ts';
import type { Block } from './block.ts';
import type { ChangeSet } from './change-set.ts';
import { checkInputs, newestInputs } from './check-inputs.ts';
import { isOurs, readTrailers } from './commit-message.ts';
import { readMarker } from './marker.ts';
import type { PublishRequest } from './publish-request.ts';
import { everyKey } from './publishable-files.ts';

export interface Found {
  readonly base: Commit | undefined;
  readonly branch: string;
  readonly head: Commit | undefined;
  readonly pull: PullRequest | undefined;
}

/** Why nothing may be done about a key; undefined where nothing stands in the way. */
export async function findBlock(
  set: ChangeSet,
  content: string,
  found: Found,
  request: PublishRequest,
): Promise<Block | undefined> {
  const refused = [everyKey, ...set.covers].map((name) => request.refusals.get(name)).find((block) => block !== undefined);
  return (
    set.refusal ??
    refused ??
    troubledFiles(set, request) ??
    (await checkPublished(set, found.base, request)) ??
    humanCommit(found) ??
    (await checkOffered(content, found, request)) ??
    closedByPerson(content, found, request)
  );
}

function troubledFiles({ files }: ChangeSet, { path }: PublishRequest): Block | undefined {
  const troubled = files.filter(({ trouble }) => trouble !== undefined);
  const [first] = troubled;
  if (first === undefined) return undefined;
  const more = troubled.length === 1 ? '' : ` (and ${troubled.length - 1} more)`;
  const name = path === '' ? first.path : `${path}/${first.path}`;
  return {
    reason:
      first.trouble === 'foreign'
        ? `${name} in the config repository was not written by Stowage and stands where a generated file belongs${more}`
        : `${name} was edited by hand in the config repository${more}`,
    advice: `carry the edit into the description, or give it up with ${troubled
      .slice(0, 3)
      .map((file) => `\`--overwrite ${file.path}\``)
      .join(' ')}`,
  };
}

async function checkPublished(set: ChangeSet, base: Commit | undefined, request: PublishRequest): Promise<Block | undefined> {
  if (base === undefined) return undefined;
  if (request.checkBase !== undefined) return request.checkBase(base);
  // What is only added was never published.
  if (set.files.every(({ action }) => action === 'create')) return undefined;
  const seen = (messages: readonly string[]) => newestInputs(messages, set.covers);
  const messages = await request.target.messages(base.id, (some) => seen(some).size === set.covers.length);
  for (const [key, theirs] of seen(messages)) {
    const block = await checkInputs(theirs, `what is published of ${key}`, request);
    if (block !== undefined) return { ...block, stale: true };
  }
  return undefined;
}

/** Whether a branch carries what is not ours to lose; what was merged is not lost. */
export function isForeign({ head, pull }: Found): boolean {
  return head !== undefined && !isOurs(head) && !(pull?.state === 'merged' && pull.head.sha === head.id);
}

export function humanCommit(found: Found): Block | undefined {
  if (!isForeign(found)) return undefined;
  const { id, message } = found.head as Commit;
  const subject = (message.split('\n')[0] ?? '').slice(0, 72);
  return {
    reason: `the branch ${found.branch} carries a commit that Stowage did not make: ${id.slice(0, 12)} ${printable(subject)}`,
    advice: 'merge the pull request, or carry the edit into the description, close it and delete the branch',
  };
}

/**
 * Another run may have pushed and not have opened its pull request yet; what one offered that is closed counts no more.
 * What is offered already is no newer for coming from other inputs.
 */
async function checkOffered(content: string, { head, pull, branch }: Found, request: PublishRequest): Promise<Block | undefined> {
  if (head === undefined) return undefined;
  const marker = readMarker(pull?.body ?? '');
  if (pull?.state === 'open' ? marker?.content === content && marker.commit === head.id : pull?.head.sha === head.id)
    return undefined;
  return checkInputs(readTrailers(head.message).inputs, `what ${branch} offers`, request);
}

function closedByPerson(content: string, { pull }: Found, { forge }: PublishRequest): Block | undefined {
  if (pull?.state !== 'closed') return undefined;
  const marker = readMarker(pull.body);
  if (marker === undefined || marker.obsolete === true || marker.content !== content) return undefined;
  return {
    reason: `pull request ${pull.number} offered just this, and somebody closed it`,
    advice: `${forge.reopen === undefined ? 'reopen it' : `\`stowage pr reopen ${pull.number}\``} if it is wanted after all, or change the description`,
  };
}

function printable(text: string): string {
  return text.replace(/\p{Cc}/gu, ' ');
}
