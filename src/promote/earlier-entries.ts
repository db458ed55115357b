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

/** What an environment's file said at one commit. */
export interface PastEnvironment {
  readonly commit: string;
  readonly time: number;
  readonly systems: EnvironmentDocument['spec']['systems'];
}

/** Out of the history of the branch, the newest first: the first one is what it says now. */
export async function pastOf(
  path: string,
  base: Commit,
  { target, settings }: Pick<Desk, 'target' | 'settings'>,
): Promise<PastEnvironment[]> {
  const past = await target.history(base.id, settings.path === '' ? path : `${settings.path}/${path}`);
  return past.flatMap(({ commit, time, text }) => {
    const systems = text === undefined ? undefined : systemsIn(text, path);
    return systems === undefined ? [] : [{ commit, time, systems }];
  });
}

export function entriesOf(past: readonly PastEnvironment[], system: string): EarlierEntry[] {
  return past.flatMap(({ commit, time, systems }) =>
    Object.hasOwn(systems, system) ? [{ commit, time, settings: systems[system] ?? {} }] : [],
  );
}

/** What cannot be read any more is left out. */
function systemsIn(text: string, path: string): PastEnvironment['systems'] | undefined {
  const files = new Map([[path, new TextEncoder().encode(text)]]);
  const read = readDocument<EnvironmentDocument>(files, path, 'earlier', kinds.environment, undefined, () => {});
  return read === undefined ? undefined : untrack(read.document).spec.systems;
}
