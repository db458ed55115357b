import type { Commit } from '../git/commit.ts';
import type { EnvironmentDocument, SystemSettings } from '../language/environment.ts';
import { untrack } from '../model/tracked.ts';
import { kinds, readDocument } from '../read/read-document.ts';
import type { Desk } from './desk.ts';

/** What an environment's entry of a system said at an earlier commit. */
export interface EarlierEntry {
  readonly commit: string;
  /** Seconds since 1970. */
  readonly time: number;
  readonly settings: SystemSettings;
}

/** Out of the history of the branch, the newest first: the first one is what it says now. */
export async function earlierEntries(
  path: string,
  system: string,
  base: Commit,
  { target, settings }: Pick<Desk, 'target' | 'settings'>,
): Promise<EarlierEntry[]> {
  const past = await target.history(base.id, settings.path === '' ? path : `${settings.path}/${path}`);
  return past.flatMap(({ commit, time, text }) => {
    const entry = text === undefined ? undefined : entryIn(text, path, system);
    return entry === undefined ? [] : [{ commit, time, settings: entry }];
  });
}

/** What cannot be read any more is left out. */
function entryIn(text: string, path: string, system: string): SystemSettings | undefined {
  const files = new Map([[path, new TextEncoder().encode(text)]]);
  const read = readDocument<EnvironmentDocument>(files, path, 'earlier', kinds.environment, undefined, () => {});
  if (read === undefined) return undefined;
  const { systems } = untrack(read.document).spec;
  return Object.hasOwn(systems, system) ? (systems[system] ?? {}) : undefined;
}
