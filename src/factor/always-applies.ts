import type { Operation } from 'fast-json-patch';
import { deepEqual } from '../model/deep-equal.ts';
import { asMap } from '../model/pod-specs.ts';

/**
 * Whether an operation of `growth` can be applied to an object whatever other parts have made of it before. Such
 * operations add and replace; as long as none of them replaces a map or a list of the object as it is written
 * down by another, all of these stay, and an operation that needs nothing else finds its place.
 */
export function alwaysApplies(operation: Operation, written: unknown): boolean {
  const path = operation.path
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'));
  const parent = path.slice(0, -1).reduce<unknown>(at, written);
  const last = path.at(-1) as string;
  if (operation.op === 'add' && last === '-') return Array.isArray(parent);
  if (asMap(parent) === undefined) return false;
  const present = at(parent, last);
  if (present === undefined) return operation.op === 'add';
  return typeof present !== 'object' || (operation.op === 'add' && deepEqual(present, operation.value));
}

function at(value: unknown, key: string): unknown {
  if (Array.isArray(value)) return value[Number(key)];
  const map = asMap(value);
  return map !== undefined && Object.hasOwn(map, key) ? map[key] : undefined;
}
