import type { PlainObject } from '../model/desired-object.ts';
import { parsePath } from '../plan/field-path.ts';
import type { ListKeys } from '../plan/list-keys.ts';

/** As far as an object has a field. */
export interface LocatedField {
  readonly address: readonly (string | number)[];
  /** Names of the steps that it does not have; none where the field is there. */
  readonly rest: readonly string[];
  /** Of the field, or the nearest around it. */
  readonly value: unknown;
}

/** A field by its name, whatever position its elements have in this version of the object. */
export function locateField(object: PlainObject, field: string, keys: ListKeys): LocatedField {
  const steps = parsePath(field);
  let value: unknown = object;
  const address: (string | number)[] = [];
  for (const [depth, step] of steps.entries()) {
    const next = nextStep(value, step, keys);
    if (next === undefined) return { address, rest: steps.slice(depth), value };
    address.push(next);
    value = (value as Record<string | number, unknown>)[next];
  }
  return { address, rest: [], value };
}

function nextStep(value: unknown, step: string, keys: ListKeys): string | number | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  if (!Array.isArray(value)) return Object.hasOwn(value, step) ? step : undefined;
  const named = value.findIndex((item) => typeof item === 'object' && item !== null && keys(item) === step);
  if (named >= 0) return named;
  const same = value.findIndex((item) => typeof item === 'string' && item === step);
  if (same >= 0) return same;
  const position = /^\d+$/.test(step) ? Number(step) : -1;
  const item: unknown = value[position];
  // A number may be the name of an element that is not there, and not the position of another.
  const isNamed = typeof item === 'object' && item !== null && keys(item) !== undefined;
  return item === undefined || isNamed ? undefined : position;
}
