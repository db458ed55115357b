import type { PullRequest } from '../forge/forge.ts';
import type { Commit } from '../git/commit.ts';
import { digestOf } from '../model/digest.ts';
import { Failure } from '../store/fail.ts';
import { LostAnswer } from '../store/lost-answer.ts';
import { type Attempt, type Moved, named } from './attempt.ts';
import type { Block } from './block.ts';
import type { ChangeSet } from './change-set.ts';
import { draftMessage, isOurs, readTrailers, shortInputs, signMessage, unversioned } from './commit-message.ts';
import { contentOf } from './content-of.ts';
import { effect } from './effect.ts';
import { type Found, findBlock } from './find-block.ts';
import { type Marker, readMarker, withMarker } from './marker.ts';
import type { PublishRequest, Review } from './publish-request.ts';
import type { KeyResult } from './result.ts';
import { retire } from './retire.ts';
import { standIn } from './stand-in.ts';

/** Commit, push, pull request: each only as far as it is not there yet. */
export async function offer(set: ChangeSet, attempt: Attempt, request: PublishRequest): Promise<KeyResult | Moved> {
  const { view, branch, name, progress } = attempt;
  const { base } = view;
  const found: Found = { base, branch, head: view.branches.get(branch), pull: await request.forge.findPullRequest(branch) };
  const content = contentOf(set, request.target);
  const files = set.files.map(({ path, action }) => ({ path, action }));
  const about = { key: name, branch, files };
  const blocked = ({ reason, advice }: Block): KeyResult => ({
    ...about,
    ...named(found.pull),
    outcome: 'blocked',
    reason,
    advice,
  });

  const block = await findBlock(set, content, found, request);
  if (block?.stale === true && !request.dryRun) {
    const retired = await retire(attempt, request, 'What is published by now is newer than this.');
    return retired !== undefined && 'moved' in retired ? retired : blocked(block);
  }
  if (block !== undefined) {
    if (!request.dryRun) await mendText(found, attempt, request);
    return blocked(block);
  }
  if (base === undefined) return { ...about, outcome: 'opened' };
  const tree = await request.target.writeTree(base.id, changesOf(set, request));
  const kept =
    found.head !== undefined && isOurs(found.head) && (isMadeOf(found.head, tree, base) || stands(set, content, found));
  const open = found.pull?.state === 'open' ? found.pull : undefined;
  // Somebody is about to close it: what is wanted again gets a new one, so that none is closed without its mark.
  const retired = open !== undefined && readMarker(open.body)?.obsolete === true;
  const pull = retired ? undefined : open;
  if (kept && pull !== undefined && isDescribed(pull, content, found.head) && isAskedForAs(pull, request))
    return { ...about, ...named(pull), outcome: 'unchanged', commit: found.head?.id as string };
  const review = await request.review(set, base, request.inputs);
  // What somebody agreed to once needs no second word while it is offered.
  const agreed = pull !== undefined && readMarker(pull.body)?.content === content;
  if (review.block !== undefined && !agreed) return blocked(review.block);
  if (request.dryRun) {
    return { ...about, ...named(pull), outcome: pull === undefined ? 'opened' : 'updated' };
  }
  if (retired && open !== undefined) await effect('closing a pull request', () => request.forge.close(open.number));
  const commit = kept ? (found.head as Commit) : await writeCommit(set, tree, base, review, request);
  if (pull !== undefined) progress.did = 'updated';
  if (!kept) {
    if (pull !== undefined && (await request.forge.isQueued?.(pull.number)) === true)
      return blocked({
        reason: `pull request #${pull.number} is in the merge queue, out of which a push to ${branch} would throw it`,
        advice: 'publish again when it is merged, or take it out of the queue',
      });
    const answer = await effect(`the push of ${branch}`, () => request.target.push(branch, commit.id, found.head?.id));
    if (answer.kind === 'moved') return { moved: true };
    if (answer.kind === 'refused')
      return blocked({
        reason: `the config repository refuses ${branch}: ${answer.said}`,
        advice: 'branches of this name must be free for whoever publishes; `branchPrefix` in stowage.yaml chooses another one',
      });
  }
  const notes = await tellStatus(commit, request);
  const described = await describe(pull, { set, commit, content, review }, attempt, request);
  if ('moved' in described) return described;
  return {
    ...about,
    ...named(described),
    outcome: progress.did ?? 'updated',
    commit: commit.id,
    ...(notes.length === 0 ? {} : { notes }),
  };
}

interface Offered {
  readonly set: ChangeSet;
  readonly commit: Commit;
  readonly content: string;
  readonly review: Review;
}

/** Opens the pull request or gives it the text of this commit; the answer says whether the branch is still at it. */
async function describe(
  pull: PullRequest | undefined,
  { set, commit, content, review }: Offered,
  { branch, progress }: Attempt,
  request: PublishRequest,
): Promise<PullRequest | Moved> {
  const { forge, branch: base, labels, reviewers, draft } = request;
  const recipe = request.recipe?.();
  const marker: Marker = {
    key: set.name,
    content,
    on: groundOf(set),
    commit: commit.id,
    ...(recipe === undefined ? {} : { recipe }),
  };
  const text = { title: review.title, body: withMarker(review.body, marker), labels };
  progress.described.add(commit.id);
  if (pull === undefined) progress.did = 'opened';
  let now =
    pull === undefined
      ? await effect('opening a pull request', () => forge.open({ ...text, branch, base, reviewers, draft }))
      : await effect('changing a pull request', () => forge.update(pull.number, text));
  // Somebody else opened it in the meantime.
  if (!isDescribed(now, content, commit)) now = await effect('changing a pull request', () => forge.update(now.number, text));
  if (pull !== undefined && now.state !== 'open') {
    // Closed at the same moment: what was closed is what it offered before.
    const { title, body } = pull;
    await effect('changing a pull request', () => forge.update(pull.number, { title, body }));
    return { moved: true };
  }
  return now.head.sha === commit.id ? now : { moved: true };
}

function isDescribed(pull: PullRequest, content: string, commit: Commit | undefined): boolean {
  const marker = readMarker(pull.body);
  return marker?.content === content && marker.commit === commit?.id;
}

/** Who asks for the same in another way, such as with a reason why gates do not count, is to be read about. */
function isAskedForAs({ body }: PullRequest, { recipe }: PublishRequest): boolean {
  return JSON.stringify(readMarker(body)?.recipe) === JSON.stringify(recipe?.());
}

/** A text of ours may stand where somebody newer has pushed since: theirs says what it can. */
async function mendText({ head, pull }: Found, { progress, name }: Attempt, { forge }: PublishRequest): Promise<void> {
  if (head === undefined || pull?.state !== 'open' || !isOurs(head)) return;
  const { commit } = readMarker(pull.body) ?? {};
  if (commit === undefined || commit === head.id || !progress.described.has(commit)) return;
  await effect('changing a pull request', () => forge.update(pull.number, standIn(name, head)));
}

async function writeCommit(
  set: ChangeSet,
  tree: string,
  base: Commit,
  { title, commitText }: Review,
  { target, now, author, sign, inputs }: PublishRequest,
): Promise<Commit> {
  const time = now();
  const zoned = `${time} +0000`;
  const draft = draftMessage(title, [commitText, filesText(set)].filter((text) => text !== undefined).join('\n\n'), {
    keys: set.covers,
    inputs,
  });
  const message = signMessage(draft, { tree, parents: [base.id], authored: zoned, committed: zoned });
  return effect('writing a commit', () => target.writeCommit({ tree, parent: base.id, time, author, message, sign }));
}

const listed = 40;

function filesText({ files }: ChangeSet): string {
  const lines = files.slice(0, listed).map(({ action, path }) => `${action} ${path}`);
  return [...lines, ...(files.length > listed ? [`and ${files.length - listed} more`] : [])].join('\n');
}

function changesOf({ files }: ChangeSet, { path }: PublishRequest): Map<string, string | undefined> {
  return new Map(files.map((file) => [path === '' ? file.path : `${path}/${file.path}`, file.text]));
}

function isMadeOf(head: Commit, tree: string, base: Commit): boolean {
  return head.tree === tree && head.parents[0] === base.id;
}

/** The branch has moved elsewhere only: merging gives the same, and who has approved of the commit need not do so again. */
function stands(set: ChangeSet, content: string, { head, pull }: Found): boolean {
  const marker = pull?.state === 'open' ? readMarker(pull.body) : undefined;
  return marker?.commit === head?.id && marker?.content === content && marker.on === groundOf(set);
}

function groundOf({ files }: ChangeSet): string {
  return digestOf(...files.flatMap(({ path, old }) => [path, old ?? '']));
}

/** A status is worth nothing without the commit, and a commit much without its status. */
async function tellStatus(commit: Commit, { forge }: PublishRequest): Promise<string[]> {
  const { inputs } = readTrailers(commit.message);
  try {
    const source = inputs === unversioned ? 'unversioned inputs' : shortInputs(inputs, 12);
    const text = `compiled from ${source} and proven with kustomize`;
    await effect('setting a status', () => forge.setStatus(commit.id, 'success', 'stowage', text));
    return [];
  } catch (error) {
    if (!(error instanceof Failure) || error instanceof LostAnswer) throw error;
    return [`no commit status: ${error.message}`];
  }
}
