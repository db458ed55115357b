import type { Commit } from '../git/commit.ts';
import { digestOf } from '../model/digest.ts';

/** What the messages of our commits say to those who publish later. */
export interface Trailers {
  /** The keys whose changes the commit carries. */
  readonly keys: readonly string[];
  /** The commit of the fleet's repository that the inputs came from; `-dirty` behind it where they differed. */
  readonly inputs: string;
}

export const unversioned = 'unversioned';
export const dirtyMark = '-dirty';

/** As people read it: of a commit its beginning, and always whether the inputs differed from it. */
export function shortInputs(inputs: string, digits: number): string {
  const [commit = '', mark = ''] = inputs.endsWith(dirtyMark) ? [inputs.slice(0, -dirtyMark.length), dirtyMark] : [inputs];
  return /^[0-9a-f]{40,}$/.test(commit) ? `${commit.slice(0, digits)}${mark}` : inputs;
}

/** Subject, text, trailers; all but the digest. */
export function draftMessage(subject: string, text: string, { keys, inputs }: Trailers): string {
  const trailers = [...keys.map((key) => `Stowage-Key: ${key}`), `Stowage-Inputs: ${inputs}`];
  return `${subject}\n\n${text}\n\n${trailers.join('\n')}\n`;
}

/** With a digest of all that the commit will be, a commit can be told from one that somebody amended. */
export function signMessage(draft: string, commit: Pick<Commit, 'tree' | 'parents' | 'authored' | 'committed'>): string {
  return `${draft}Stowage-Digest: ${commitDigest(draft, commit)}\n`;
}

export function isOurs(commit: Commit): boolean {
  const match = /^(.*\n)Stowage-Digest: ([0-9a-f]{64})\n$/s.exec(commit.message);
  return match !== null && match[2] === commitDigest(match[1] as string, commit);
}

export function readTrailers(message: string): Trailers {
  const values = (name: string) =>
    [...message.matchAll(new RegExp(`^${name}: (.+?)\\s*$`, 'gm'))].map((match) => match[1] as string);
  return { keys: values('Stowage-Key'), inputs: values('Stowage-Inputs').at(-1) ?? unversioned };
}

function commitDigest(
  draft: string,
  { tree, parents, authored, committed }: Pick<Commit, 'tree' | 'parents' | 'authored' | 'committed'>,
): string {
  return digestOf(tree, parents.join(' '), authored, committed, draft);
}
