import { isAlias, isMap, isPair, isScalar, isSeq, type Node, type Pair, type YAMLMap } from 'yaml';
import type { CollectionToken, Entry, OpenDocument, ValueToken } from './open-document.ts';
import { getPlain, type Path } from './plain-data.ts';
import { lineOf, namePath, type Problem } from './problem.ts';
import { entriesOf, isCollectionToken, valueIn } from './tokens.ts';

/** A node and where it stands. */
export interface Spot {
  readonly node: Node | null;
  /** Undefined where nothing is written, as behind `key:`. */
  readonly token: ValueToken | undefined;
  /** Undefined for the root. */
  readonly holder: Holder | undefined;
  readonly inFlow: boolean;
}

export interface Holder {
  readonly token: CollectionToken;
  readonly entries: readonly Entry[];
  readonly index: number;
  readonly entry: Entry;
}

/** The nodes from the root along the path, fewer than its parts where the rest does not exist. */
export function findNodes(open: OpenDocument, path: Path): readonly Spot[] | Problem {
  const root = open.document.contents;
  const token = root?.srcToken as ValueToken | undefined;
  const trail: Spot[] = [{ node: root, token, holder: undefined, inFlow: false }];
  for (let depth = 0; depth < path.length; depth += 1) {
    const next = step(open, trail[depth] as Spot, path, depth);
    if (next === undefined) return trail;
    if ('problem' in next) return next;
    trail.push(next);
  }
  return trail;
}

export function hasMergeKey(map: YAMLMap): boolean {
  return map.items.some(({ key }) => isMergeKey(key));
}

/** Undefined where there is nothing yet. */
function step(open: OpenDocument, spot: Spot, path: Path, depth: number): Spot | Problem | undefined {
  const { node } = spot;
  const part = path[depth] as string | number;
  const problem = (at: Path, why: string) => ({
    problem: `line ${lineOf(open.text, node?.range?.[0] ?? 0)}: ${namePath(at)} ${why}`,
  });
  if (node === null || (isScalar(node) && node.value === null)) return undefined;
  const here = path.slice(0, depth);
  if (isAlias(node)) {
    const advice = 'write the value out in place of the alias first';
    return problem(here, `is the alias *${node.source}, and a change in it would change &${node.source} for all; ${advice}`);
  }
  if (isSeq(node)) {
    const fits = typeof part === 'number' && Number.isInteger(part) && part >= 0 && part <= node.items.length;
    if (!fits) return problem(here, `is a list of ${node.items.length}, which has no place ${JSON.stringify(part)}`);
    return part === node.items.length ? undefined : (enter(spot, node.items[part], part) ?? problem(path, unusual));
  }
  if (!isMap(node)) return problem(here, 'is a single value with nothing in it; give it as a whole');
  if (part === '<<' && hasMergeKey(node)) return problem(here, 'has a merge key (<<), which only a person can change');
  const index = node.items.findIndex(({ key }) => isScalar(key) && !isMergeKey(key) && String(key.value) === String(part));
  if (index >= 0) return enter(spot, node.items[index], index) ?? problem(path, unusual);
  const deeper = depth < path.length - 1;
  if (!deeper || !hasMergeKey(node) || getPlain(open.plain, path.slice(0, depth + 1)) === undefined) return undefined;
  return problem(path.slice(0, depth + 1), 'comes from a merge key (<<); give it as a whole, so that it overrides that here');
}

const unusual = 'is written in a way that is not edited here; write it as `key: value` first';

/** Undefined for what has no plain `key: value` or `- value` in the text. */
function enter(spot: Spot, item: unknown, index: number): Spot | undefined {
  const { token } = spot;
  if (!isCollectionToken(token)) return undefined;
  const entries = entriesOf(token);
  const entry = entries[index];
  const holdsItems = !isPair(item);
  if (entry === undefined || entries.length !== (spot.node as { items: unknown[] } | null)?.items.length) return undefined;
  if (entry.start.some(({ type }) => type === 'explicit-key-ind') || (holdsItems && entry.key !== undefined)) return undefined;
  const node = (holdsItems ? item : (item as Pair<Node, Node | null>).value) as Node | null;
  const inFlow = token.type === 'flow-collection';
  return { node, token: valueIn(entry), holder: { token, entries, index, entry }, inFlow };
}

function isMergeKey(key: unknown): boolean {
  return isScalar(key) && typeof key.value === 'symbol';
}
