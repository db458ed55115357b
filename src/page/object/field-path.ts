import type { Json, OriginTree } from '../../report/report.ts';

/** What a map or a list holds, each by its field as `stowage why` takes it. */
export interface Child {
  readonly key: string | number;
  readonly field: string;
  readonly value: Json;
}

export interface Found {
  readonly value: Json;
  /** Own keys and positions on the way to it. */
  readonly keys: readonly (string | number)[];
  readonly field: string;
}

export const isMap = (value: Json | undefined): value is { readonly [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const isList = (value: Json | undefined): value is readonly Json[] => Array.isArray(value);

/** Elements go by their `name` where each has one of its own, or else by where they stand. */
export function childrenOf(value: Json, field: string): Child[] {
  if (isList(value)) {
    const names = value.map(nameOf);
    const counts = new Map<string | undefined, number>();
    for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
    return value.map((element, place) => {
      const name = names[place];
      const unique = name !== undefined && counts.get(name) === 1;
      return { key: place, value: element, field: field + elementStep(unique ? name : String(place)) };
    });
  }
  if (!isMap(value)) return [];
  return Object.entries(value).map(([key, child]) => ({ key, value: child, field: field + keyStep(key, field === '') }));
}

/** A name of digits would be taken for a position. */
function nameOf(element: Json): string | undefined {
  if (!isMap(element) || !Object.hasOwn(element, 'name')) return undefined;
  const { name } = element;
  return typeof name === 'string' && name !== '' && !/^\d+$/.test(name) ? name : undefined;
}

const simple = /^[A-Za-z0-9_/$-]+$/;

function keyStep(key: string, first: boolean): string {
  if (!simple.test(key)) return `["${key}"]`;
  return first ? key : `.${key}`;
}

const elementStep = (name: string) => (name.includes(']') ? `["${name}"]` : `[${name}]`);

/**
 * The value of a field. It is looked for among what is there rather than taken apart, so that no key can be misread,
 * whatever it holds.
 */
export function findField(root: Json, field: string): Found | undefined {
  return walk({ value: root, keys: [], field: '' }, field);
}

function walk(from: Found, rest: string): Found | undefined {
  if (rest === '') return from;
  for (const { key, value, field } of childrenOf(from.value, from.field)) {
    const step = field.slice(from.field.length);
    if (!rest.startsWith(step) || !/^(?:$|[.[])/.test(rest.slice(step.length))) continue;
    const found = walk({ value, keys: [...from.keys, key], field }, rest.slice(step.length));
    if (found !== undefined) return found;
  }
  return isList(from.value) ? walkByOtherKey(from, rest) : undefined;
}

/** Elements of some lists go by another field in a plan, such as `ports[8080]` and `ports[53/UDP]`; or by their position. */
function walkByOtherKey(from: Found, rest: string): Found | undefined {
  const [step, quoted, bare] = /^\[(?:"([^"]*)"|([^\]]*))\]/.exec(rest) ?? [];
  const name = quoted ?? bare;
  if (step === undefined || name === undefined) return undefined;
  const children = childrenOf(from.value, from.field);
  const found = children.find(({ key }) => String(key) === name) ?? children.find(({ value }) => goesBy(value, name));
  return found && walk({ value: found.value, keys: [...from.keys, found.key], field: found.field }, rest.slice(step.length));
}

function goesBy(element: Json, name: string): boolean {
  if (!isMap(element)) return element === name;
  const said = new Set(Object.values(element).map(String));
  return said.has(name) || (name.includes('/') && name.split('/').every((piece) => said.has(piece)));
}

/** The number of the origin of what lies below by these keys. */
export function originAt(tree: OriginTree, keys: readonly (string | number)[]): number {
  const end = keys.reduce<OriginTree>((from, key) => originOf(from, key), tree);
  return typeof end === 'number' ? end : end.at;
}

export function originOf(tree: OriginTree, key: string | number): OriginTree {
  if (typeof tree === 'number') return tree;
  const inside = tree.in as { readonly [key: string]: OriginTree };
  return Object.hasOwn(inside, key) ? (inside[key] as OriginTree) : tree.at;
}
