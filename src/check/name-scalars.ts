import type { Origin } from '../model/origin.ts';
import { isTrackedList, type Tracked, type TrackedMap } from '../model/tracked.ts';
import { isReference } from '../plaintext/could-be-secret.ts';
import { manifestReasons } from '../plaintext/find-manifest-secrets.ts';

/** A scalar, and by what name it goes: that of its key, or what stands beside it. */
export interface NamedScalar {
  readonly node: Tracked;
  readonly name: string | undefined;
  readonly path: readonly (string | number)[];
  /** Set when it is a secret by where it stands. */
  readonly reason?: string;
}

export type See = (scalar: NamedScalar) => void;

/** Keys that say nothing of their own: the value is that of the name above them. */
const transparent = new Set(['value', 'values', 'default', 'enum', 'const', 'content']);

export interface NamedKey {
  readonly key: string;
  readonly origin: Origin;
}

export interface Walk {
  /** Keeps out of a subtree. */
  readonly skip?: (path: readonly (string | number)[]) => boolean;
  readonly seeKey?: (key: NamedKey, path: readonly (string | number)[]) => void;
}

/** Every scalar of a tree. */
export function nameScalars(tree: Tracked, see: See, { skip, seeKey }: Walk = {}): void {
  const path: (string | number)[] = [];
  const visit = (node: Tracked, name: string | undefined, reason: string | undefined) => {
    if (skip?.(path) === true) return;
    const { value } = node;
    if (typeof value !== 'object') see(reason === undefined ? { node, name, path } : { node, name, path, reason });
    else if (isTrackedList(node)) visitList(node.value, name, reason);
    else if (value !== null) visitMap(value as TrackedMap, name, reason);
  };
  const visitMap = (map: TrackedMap, above: string | undefined, reason: string | undefined) => {
    const named = nameBeside(map);
    for (const key in map) {
      seeKey?.({ key, origin: (map[key] as Tracked).origin }, path);
      const name = key === 'value' && named !== undefined ? named : transparent.has(key) ? above : key;
      const known = namesObject(key, path) ? undefined : name;
      path.push(key);
      visit(map[key] as Tracked, known, reason ?? reasonOf(map, key));
      path.pop();
    }
  };
  const visitList = (items: readonly Tracked[], above: string | undefined, reason: string | undefined) => {
    let option: string | undefined;
    for (const [index, item] of items.entries()) {
      path.push(index);
      visit(item, option ?? above, reason);
      path.pop();
      option = typeof item.value === 'string' && /^--?[A-Za-z][\w-]*$/.test(item.value) ? item.value : undefined;
    }
  };
  visit(tree, undefined, undefined);
}

/** `{name: DB_PASSWORD, value: …}`, and `{op: replace, path: /data/password, value: …}`. */
function nameBeside(map: TrackedMap): string | undefined {
  if (map.value === undefined) return undefined;
  const { value } = map.name ?? map.path ?? map.key ?? {};
  return typeof value === 'string' ? value.slice(value.lastIndexOf('/') + 1) : undefined;
}

/** `volumes: {tls: {secret: shop-tls}}` names a Secret. */
function namesObject(key: string, path: readonly (string | number)[]): boolean {
  return key === 'secret' && path.at(-2) === 'volumes';
}

function reasonOf(map: TrackedMap, key: string): string | undefined {
  if ((key === 'data' || key === 'stringData') && map.kind?.value === 'Secret') return manifestReasons.data;
  return key === 'secretGenerator' ? manifestReasons.generator : undefined;
}

/** What of a scalar is secret because of where it stands. */
export function secretByPlace({ reason, path, node }: NamedScalar): string | undefined {
  const text = String(node.value);
  if (reason === undefined || text.trim() === '' || isReference(text)) return undefined;
  if (reason === manifestReasons.data) return text;
  const literal = path.at(-2) === 'literals' ? text.slice(text.indexOf('=') + 1) : '';
  return literal === '' ? undefined : literal;
}
