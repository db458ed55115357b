import { compareText } from '../diagnostics/sort-diagnostics.ts';
import { readHeader } from '../print/header.ts';
import { type FleetFacts, isInput, type Owners, ownersOf } from './assign-files.ts';
import type { Block } from './block.ts';
import { type Group, grouped, type Key, keyName } from './key.ts';

/** A file that the target has otherwise than we do, before anybody looked into it. */
export interface Difference {
  readonly path: string;
  /** What it is to say; undefined where it is to go. */
  readonly text: string | undefined;
  /** The blob of the target; undefined where it has none. */
  readonly old: string | undefined;
}

export interface FileChange {
  readonly path: string;
  readonly action: 'create' | 'update' | 'remove';
  readonly text: string | undefined;
  /** The blob that it takes the place of. */
  readonly old: string | undefined;
  /** Why it may not be touched. */
  readonly trouble?: 'hand-edited' | 'foreign';
}

/** What one pull request would change. */
export interface ChangeSet {
  readonly key: Key;
  readonly name: string;
  readonly files: readonly FileChange[];
  /** The names of all that it takes together. */
  readonly covers: readonly string[];
  /** Why it may not be offered, where that is known before anybody looks at the target. */
  readonly refusal?: Block | undefined;
}

export interface ChangeSets {
  readonly sets: readonly ChangeSet[];
  /** Removals and changes that could break what others still use; they come when the others are merged. */
  readonly waiting: readonly string[];
}

/** Blob by blob; what is neither ours nor stands where ours belongs is nobody's business here. */
export function differencesOf(
  ours: ReadonlyMap<string, string>,
  theirs: ReadonlyMap<string, string>,
  blobId: (text: string) => string,
): Difference[] {
  const changed = [...ours]
    .map(([path, text]) => ({ path, text, old: theirs.get(path) }))
    .filter(({ text, old }) => old === undefined || blobId(text) !== old);
  const gone = [...theirs].filter(([path]) => !ours.has(path)).map(([path, old]) => ({ path, text: undefined, old }));
  return [...changed, ...gone].sort((one, other) => compareText(one.path, other.path));
}

/** Which files belong together, with those that may not be touched marked. */
export function changeSets(
  differences: readonly Difference[],
  oldTexts: ReadonlyMap<string, string>,
  facts: FleetFacts,
  group: Group,
  overwrite: ReadonlySet<string>,
): ChangeSets {
  const files = differences.flatMap((difference) => {
    const owners = ownersOf(difference.path, facts);
    const change = fileChange(difference, oldTexts.get(difference.old ?? ''), overwrite);
    return owners === undefined || change === undefined ? [] : [{ change, owners }];
  });
  const sets = new Map<string, { key: Key; files: FileChange[]; covers: Set<string> }>();
  const changed = new Map(files.flatMap(({ owners }) => owners.own.map((key) => [keyName(key), key])));
  const waiting: string[] = [];
  const give = (key: Key, change: FileChange, carried: readonly Key[]) => {
    const whole = grouped(key, group);
    const set = sets.get(keyName(whole)) ?? { key: whole, files: [], covers: new Set() };
    sets.set(keyName(whole), set);
    if (!set.files.includes(change)) set.files.push(change);
    for (const covered of [key, ...carried]) set.covers.add(keyName(covered));
  };
  for (const { change, owners } of files) {
    const takers = [...takersOf(change, owners, [...changed.values()], group), ...besides(change, owners, files)];
    if (takers.length === 0) waiting.push(change.path);
    // Whoever takes another's overlay along publishes that one, too.
    const carried = change.path.startsWith('overlays/') ? owners.own : [];
    for (const key of takers) give(key, change, carried);
  }
  return {
    sets: [...sets]
      .map(([name, set]) => ({ name, key: set.key, files: set.files, covers: [...set.covers].sort(compareText) }))
      .sort((one, other) => compareText(one.name, other.name)),
    waiting,
  };
}

/**
 * Overlays of one base that changes under them must change with it, or those left behind might not build: whoever takes
 * the base takes their overlays along. A frozen release never changes, so protected stages share nothing.
 */
function besides(
  { path }: FileChange,
  { own: [owner] }: Owners,
  files: readonly { readonly change: FileChange; readonly owners: Owners }[],
): Key[] {
  if (owner === undefined || !path.startsWith('overlays/')) return [];
  const shared = files.filter(({ change }) => change.path.startsWith('base/') && change.action !== 'create');
  const sharing = shared.filter(({ owners }) => owners.own.some((key) => keyName(key) === keyName(owner)));
  const others = sharing.flatMap(({ owners }) => owners.own.filter((key) => keyName(key) !== keyName(owner)));
  return [...new Map(others.map((key) => [keyName(key), key])).values()];
}

function takersOf(change: FileChange, { own, with: takes, otherwise }: Owners, changed: readonly Key[], group: Group): Key[] {
  if (own.length > 0 || otherwise === undefined) return [...own];
  const along = changed.filter(takes);
  if (change.action !== 'remove' && along.length > 0) return along;
  // What is merged first must not lack what it still uses: an AppProject, or a release that it is about to leave.
  const users =
    otherwise.scope === 'base' && change.action !== 'create'
      ? changed.filter((key) => key.scope === 'system' && key.system === otherwise.system)
      : along;
  const here = keyName(grouped(otherwise, group));
  return users.every((key) => keyName(grouped(key, group)) === here) ? [otherwise] : [];
}

function fileChange(
  { path, text, old }: Difference,
  oldText: string | undefined,
  overwrite: ReadonlySet<string>,
): FileChange | undefined {
  if (old === undefined) return { path, action: 'create', text, old };
  const action = text === undefined ? 'remove' : 'update';
  // Of what people write, the history is git's to keep.
  if (isInput(path)) return { path, action, text, old };
  if (overwrite.has(path)) return { path, action, text, old };
  const header = readHeader(oldText ?? '');
  if (header?.untouched === true) return { path, action, text, old };
  if (header !== undefined) return { path, action, text, old, trouble: 'hand-edited' };
  return text === undefined ? undefined : { path, action, text, old, trouble: 'foreign' };
}
