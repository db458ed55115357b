import { canonicalJson } from '../compile/expected-objects.ts';
import { parseQuantity } from '../footprint/quantity.ts';
import type { PlainObject } from '../model/desired-object.ts';
import { asMap } from '../model/pod-specs.ts';
import type { Step, Steps } from './steps.ts';

/** A declared field that the live object does not have as it is declared; it may turn out to mean the same. */
export interface Mismatch {
  readonly steps: Steps;
  /** In the declared object. */
  readonly address: readonly (string | number)[];
  readonly declared: unknown;
  readonly live: unknown;
}

/** What the elements of the list at a path go by; nothing where the list is one value. */
export type KeysAt = (path: readonly string[]) => readonly string[];

/** Most fields are as they are declared, and nobody asks for the way to them. */
interface Position {
  readonly above: Position | undefined;
  readonly step: Step;
  readonly index: number | undefined;
}

/**
 * Where a live object is not as it is declared: every declared field must be there with its value, and what is there
 * besides is somebody else's matter. What is not the same to the letter is left for the API server to judge.
 */
export function compareObject(declared: PlainObject, live: PlainObject, keysAt: KeysAt): Mismatch[] {
  const found: Mismatch[] = [];
  for (const [key, value] of Object.entries(declared))
    if (!unseen.has(key)) compare(value, live[key], below(undefined, key), keysAt, found);
  return found;
}

/** Who reads an object through a list does not get these, and nobody declares a status. */
const unseen = new Set(['apiVersion', 'kind', 'status']);

function compare(declared: unknown, live: unknown, at: Position, keysAt: KeysAt, found: Mismatch[]): void {
  if (declared === undefined || declared === null || declared === live) return;
  const map = asMap(declared);
  const liveMap = asMap(live);
  if (map !== undefined && liveMap !== undefined) {
    for (const [key, value] of Object.entries(map))
      compare(value, Object.hasOwn(liveMap, key) ? liveMap[key] : undefined, below(at, key), keysAt, found);
  } else if (Array.isArray(declared) && Array.isArray(live)) compareLists(declared, live, at, keysAt, found);
  else if (!(holdsQuantities(pathTo(at)) && isSameQuantity(declared, live))) found.push(mismatch(at, declared, live));
}

function compareLists(declared: unknown[], live: unknown[], at: Position, keysAt: KeysAt, found: Mismatch[]): void {
  const keys = keysAt(pathTo(at));
  const elements = declared.map(asMap);
  if (keys.length > 0 && elements.every((element) => element !== undefined)) {
    for (const [index, element] of elements.entries()) {
      const match = Object.fromEntries(keys.map((key) => [key, element[key]]));
      const other = live.map(asMap).find((one) => one !== undefined && keys.every((key) => isSameKey(one, element, key)));
      compare(element, other, further(at, { match }, index), keysAt, found);
    }
    return;
  }
  if (canonicalJson(declared) === canonicalJson(live)) return;
  const before = found.length;
  if (declared.length === live.length)
    for (const [index, element] of declared.entries())
      compare(element, live[index], further(at, { index }, index), keysAt, found);
  // A list without keys is one value: whoever changes a part of it has written all of it.
  if (declared.length !== live.length || found.length > before) found.splice(before, found.length, mismatch(at, declared, live));
}

function isSameKey(one: PlainObject, other: PlainObject, key: string): boolean {
  const usual = key === 'protocol' ? 'TCP' : undefined;
  return (one[key] ?? usual) === (other[key] ?? usual);
}

/** The API server writes quantities in its own way. Elsewhere `1` and `1.0` are two texts. */
function isSameQuantity(declared: unknown, live: unknown): boolean {
  const quantity = parseQuantity(live);
  return quantity !== undefined && parseQuantity(declared) === quantity;
}

const ofQuantities = new Set(['resources', 'hard', 'sizeLimit', 'averageValue', 'capacity', 'overhead', 'divisor']);

function holdsQuantities(path: readonly string[]): boolean {
  return path[0] === 'spec' && path.some((key) => ofQuantities.has(key));
}

function below(above: Position | undefined, key: string): Position {
  return { above, step: { key }, index: undefined };
}

function further(above: Position, step: Step, index: number): Position {
  return { above, step, index };
}

function mismatch(at: Position, declared: unknown, live: unknown): Mismatch {
  const way = wayTo(at);
  const address = way.map(({ step, index }) => ('key' in step ? step.key : (index as number)));
  return { steps: way.map(({ step }) => step), address, declared, live };
}

/** Without indices, as schemas are asked. */
function pathTo(at: Position): string[] {
  return wayTo(at).flatMap(({ step }) => ('key' in step ? [step.key] : []));
}

function wayTo(at: Position): Position[] {
  const way: Position[] = [];
  for (let one: Position | undefined = at; one !== undefined; one = one.above) way.unshift(one);
  return way;
}
