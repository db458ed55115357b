import type { Json, OriginTree } from '../../report/report.ts';
import { childrenOf, isList, isMap, originOf } from './field-path.ts';
import { blockHead, printText } from './yaml-scalar.ts';

/** One line of an object as text, or of several for a long text. */
export interface YamlRow {
  /** How many columns in it begins. */
  readonly indent: number;
  /** More than one where elements of lists begin: `- name: web` is the element and its name. */
  readonly nodes: readonly YamlNode[];
}

/** Something that can be chosen, by its field. */
export interface YamlNode {
  readonly field: string;
  /** Of nesting, from 1. */
  readonly level: number;
  readonly element: boolean;
  /** As printed. */
  readonly key: string | null;
  readonly value: YamlValue | null;
  /** Of what holds others. */
  readonly fold: 'open' | 'closed' | null;
  /** Number of the origin. */
  readonly origin: number;
}

export interface YamlValue {
  readonly kind: 'text' | 'number' | 'word' | 'empty' | 'folded';
  /** Of a block only its head, such as `|-`. */
  readonly text: string;
  readonly block: string | null;
}

interface Spot {
  readonly field: string;
  readonly value: Json;
  readonly origins: OriginTree;
  readonly level: number;
  readonly column: number;
  readonly key: string | null;
  readonly element: boolean;
}

/** A value as lines, without what lies in the fields that are closed. */
export function yamlRows(root: Json, origins: OriginTree, closed: ReadonlySet<string> = new Set()): YamlRow[] {
  const rows: YamlRow[] = [];
  const print = (spot: Spot, before: YamlRow | undefined) => {
    const node = nodeOf(spot, closed);
    const row = { indent: before?.indent ?? spot.column, nodes: [...(before?.nodes ?? []), node] };
    if (node.fold !== 'open') {
      rows.push(row);
      return;
    }
    // What is in an element begins on its line; what is under a key, on the next.
    if (!spot.element) rows.push(row);
    for (const [place, child] of spotsIn(spot, spot.column + 2).entries())
      print(child, spot.element && place === 0 ? row : undefined);
  };
  for (const spot of spotsIn({ field: '', value: root, origins, level: 0, column: 0, key: null, element: false }, 0))
    print(spot, undefined);
  return rows;
}

function spotsIn({ field, value, origins, level }: Spot, column: number): Spot[] {
  return childrenOf(value, field).map(
    (child): Spot => ({
      field: child.field,
      value: child.value,
      origins: originOf(origins, child.key),
      level: level + 1,
      column,
      key: typeof child.key === 'string' ? printText(child.key) : null,
      element: typeof child.key === 'number',
    }),
  );
}

function nodeOf({ field, value, origins, level, element, key }: Spot, closed: ReadonlySet<string>): YamlNode {
  const size = isList(value) ? value.length : isMap(value) ? Object.keys(value).length : 0;
  const fold = size === 0 ? null : closed.has(field) ? 'closed' : 'open';
  const origin = typeof origins === 'number' ? origins : origins.at;
  const shown = fold === 'open' ? null : fold === 'closed' ? folded(value, size) : scalarOf(value);
  return { field, level, element, key, fold, origin, value: shown };
}

function folded(value: Json, size: number): YamlValue {
  const what = isList(value) ? (size === 1 ? 'element' : 'elements') : size === 1 ? 'key' : 'keys';
  return { kind: 'folded', text: `${size} ${what}`, block: null };
}

function scalarOf(value: Json): YamlValue {
  if (isList(value) || isMap(value)) return { kind: 'empty', text: isList(value) ? '[]' : '{}', block: null };
  if (typeof value === 'string') {
    const head = blockHead(value);
    return { kind: 'text', text: head ?? printText(value), block: head === undefined ? null : value };
  }
  if (typeof value === 'number') return { kind: 'number', text: Object.is(value, -0) ? '-0' : String(value), block: null };
  return { kind: 'word', text: String(value), block: null };
}

/** How a block stands under its head. */
export function indentBlock(block: string, indent: number): string {
  const lines = block.endsWith('\n') ? block.slice(0, -1) : block;
  return lines.replace(/^(?=.)/gm, ' '.repeat(indent));
}

/** Where the value of the last node of a row has its lines. */
export function blockIndent({ indent, nodes }: YamlRow): number {
  const elements = nodes.filter(({ element }) => element).length;
  return indent + 2 * (elements - (nodes.at(-1)?.element ? 1 : 0)) + 2;
}
