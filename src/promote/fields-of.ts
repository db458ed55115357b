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

type Plain = Readonly<Record<string, unknown>>;

/** How deep the fields of an entry lie that are promoted one by one; what is deeper goes as a whole. */
const depths: Plain = { parameters: 2, env: 3, config: 2, components: 3, objects: 2 };
const depthsInComponent: Plain = { env: 4, sidecars: 5, initContainers: 5, volumes: 5 };

/** Where two entries of a system differ, in the order of the source and then of the target. */
export function differingFields(source: SystemSettings, target: SystemSettings): FieldDifference[] {
  return [...differencesAt(source, target, [])];
}

function* differencesAt(source: unknown, target: unknown, path: readonly string[]): Generator<FieldDifference> {
  if (path.length < depthOf(path) && isPart(source) && isPart(target)) {
    const [there, here] = [source ?? {}, target ?? {}];
    const keys = new Set([...Object.keys(there), ...Object.keys(here)]);
    for (const key of keys) yield* differencesAt(valueIn(there, key), valueIn(here, key), [...path, key]);
    return;
  }
  if (!deepEqual(source, target)) yield { path, name: path.join('.'), source, target };
}

/** What is taken away by null is no map, and goes as a whole with what the other has there. */
function isPart(value: unknown): value is Plain | undefined {
  return value === undefined || (typeof value === 'object' && value !== null && !Array.isArray(value));
}

function valueIn(map: Plain, key: string): unknown {
  return Object.hasOwn(map, key) ? map[key] : undefined;
}

function depthOf([first, , third]: readonly string[]): number {
  if (first === undefined) return 1;
  const inComponent = first === 'components' && third !== undefined ? valueIn(depthsInComponent, third) : undefined;
  return (inComponent ?? valueIn(depths, first) ?? 1) as number;
}
