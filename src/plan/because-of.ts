import type { DesiredObject } from '../model/desired-object.ts';
import { type Origin, shownPlace } from '../model/origin.ts';
import { lineAndColumn } from '../model/source-file.ts';
import { childOf, type Tracked } from '../model/tracked.ts';
import type { FieldAddress } from './rendered-state.ts';

const most = 3;

/** The lines that a field comes from, as `file:line`: those of the values that it is computed from, where it is. */
export function becauseOf(objects: readonly DesiredObject[], { apiVersion, kind, name, path }: FieldAddress): string[] {
  const object = objects.find((one) => one.kind === kind && one.name === name && one.apiVersion === apiVersion);
  const tracked = path.reduce<Tracked | undefined>((node, key) => childOf(node, key), object?.tree);
  return tracked === undefined ? [] : [...new Set(linesOf(tracked.origin))].slice(0, most);
}

function linesOf(origin: Origin): string[] {
  if (origin.kind !== 'spec') return [];
  if (origin.from !== undefined && origin.from.length > 0) return origin.from.flatMap(linesOf);
  const { file, start } = shownPlace(origin);
  return [`${file.path}:${lineAndColumn(file, start).line}`];
}
