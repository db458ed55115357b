import type { Json, ObjectRecord, OverlayPart } from '../../report/report.ts';
import { findField, isList, isMap } from './field-path.ts';

/** What a field is somewhere. */
export type Reading =
  | { readonly state: 'value'; readonly value: Json /** The same for the same values. */; readonly text: string }
  | { readonly state: 'no field' | 'no object' };

export interface ReadingGroup {
  readonly reading: Reading;
  readonly environments: readonly string[];
  /** Whether it is what the environment says that is looked at. */
  readonly own: boolean;
}

export function readField(part: OverlayPart | undefined, id: string, field: string): Reading {
  const object = part?.objects.find((one) => one.id === id);
  if (object === undefined) return { state: 'no object' };
  const found = findField(object.value, field);
  return found === undefined ? { state: 'no field' } : readingOf(found.value);
}

export function readingOf(value: Json): Reading {
  return { state: 'value', value, text: JSON.stringify(sorted(value)) };
}

/** Environments with the same value together: first the own, then those that most have, else in the order given. */
export function groupReadings(readings: ReadonlyMap<string, Reading>, own: Reading): ReadingGroup[] {
  const groups = new Map<string, { readonly reading: Reading; readonly environments: string[] }>();
  for (const [environment, reading] of readings) {
    const group = groups.get(keyOf(reading)) ?? { reading, environments: [] };
    group.environments.push(environment);
    groups.set(keyOf(reading), group);
  }
  return [...groups]
    .map(([key, group]): ReadingGroup => ({ ...group, own: key === keyOf(own) }))
    .sort((a, b) => Number(b.own) - Number(a.own) || b.environments.length - a.environments.length);
}

const keyOf = (reading: Reading) => (reading.state === 'value' ? `=${reading.text}` : reading.state);

/** What is in no order of its own, in one. */
function sorted(value: Json): Json {
  if (isList(value)) return value.map(sorted);
  if (!isMap(value)) return value;
  const entries = Object.entries(value).map(([key, child]): [string, Json] => [key, sorted(child)]);
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** A value as somebody reads it: a text as it is, everything else as JSON. */
export function valueText(value: Json): string {
  return typeof value === 'string' ? value : JSON.stringify(value, null, 2);
}

/** An object as commands take it: two kinds of one name are told apart in the page only. */
export function commandId({ id, apiVersion }: Pick<ObjectRecord, 'id' | 'apiVersion'>): string {
  const mark = id.lastIndexOf(` (${apiVersion}`);
  return mark < 0 ? id : id.slice(0, mark);
}

/** The command that tells the same in a terminal. */
export function whyCommand(overlay: string, object: string, field: string): string {
  const target = `${overlay}/${object}${field === '' ? '' : `#${field}`}`;
  return `stowage why ${/^[\w@%+=:,./#-]+$/.test(target) ? target : `'${target.replaceAll("'", "'\\''")}'`}`;
}
