import type { SystemSettings } from '../language/environment.ts';
import { deepEqual } from '../model/deep-equal.ts';

/** A field that two entries have otherwise; undefined where one does not have it. */
export interface FieldDifference {
  readonly path: readonly string[];
  /** The path as `--include` takes it. */
  readonly name: string;
  readonly source: unknown;
  readonly target: unknown;
}

/** How deep the fields of an entry lie that are promoted one by one; what is deeper goes as a whole. */
const depths: Record<string, number> = { parameters: 2, env: 3, config: 2, components: 3, objects: 2 };
const containers = new Set(['sidecars', 'initContainers']);

/** Where two entries of a system differ, in the order of the source and then of the target. */
export function differingFields(source: SystemSettings, target: SystemSettings): FieldDifference[] {
  const [there, here] = [new Map(fieldsOf(source, [])), new Map(fieldsOf(target, []))];
  return [...new Set([...there.keys(), ...here.keys()])].flatMap((key) => {
    const path = JSON.parse(key) as string[];
    const [theirs, ours] = [there.get(key), here.get(key)];
    return deepEqual(theirs, ours) ? [] : [{ path, name: path.join('.'), source: theirs, target: ours }];
  });
}

/** By the path as JSON, since keys may hold dots. */
function* fieldsOf(value: unknown, path: readonly string[]): Generator<[string, unknown]> {
  const isMap = typeof value === 'object' && value !== null && !Array.isArray(value);
  if (!isMap || path.length >= depthOf(path)) {
    if (value !== undefined) yield [JSON.stringify(path), value];
    return;
  }
  for (const [key, child] of Object.entries(value)) yield* fieldsOf(child, [...path, key]);
}

function depthOf([first, , third]: readonly string[]): number {
  if (first === undefined) return 1;
  if (first === 'components' && third === 'env') return 4;
  if (first === 'components' && containers.has(third ?? '')) return 5;
  return depths[first] ?? 1;
}
