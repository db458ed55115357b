import { isCollection, isMap, isPair, isScalar, Lexer, type Node, type Pair, parseDocument } from 'yaml';

export type Path = readonly (string | number)[];

export function parse(text: string, version: '1.1' | '1.2' = '1.2'): unknown {
  return parseDocument(text, { version, merge: true, prettyErrors: false }).toJS({ maxAliasCount: 1_000 });
}

export function commentsOf(text: string): string[] {
  const parts = [...new Lexer().lex(text)];
  return parts.filter((part, index) => part.startsWith('#') && parts[index - 1] !== '\u001f');
}

/** Every path of the data, aliases and merge keys followed. */
export function pathsOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [path];
  const entries = Array.isArray(value) ? value.map((child, index) => [index, child] as const) : Object.entries(value);
  return [path, ...entries.flatMap(([part, child]) => pathsOf(child, [...path, part]))];
}

export function get(value: unknown, path: Path): unknown {
  return path.reduce((within, part) => (within as Record<string | number, unknown> | null | undefined)?.[part], value);
}

interface Touched {
  readonly start: number;
  readonly end: number;
  /** No braces or brackets around, and not in them itself. */
  readonly inFlow: boolean;
  readonly node: Node | null;
}

/** What an edit may touch: the value alone, or its whole entry with the lines and comments that belong to it. */
export function touchedBy(text: string, path: Path, wholeEntry: boolean): Touched | undefined {
  const document = parseDocument(text, { merge: true, prettyErrors: false });
  let node: Node | null = document.contents;
  let around: Node | null = null;
  let from = 0;
  for (const part of path) {
    if (!isCollection(node)) return undefined;
    around = node;
    const index: number = isMap(node)
      ? node.items.findIndex(({ key }) => isScalar(key) && String(key.value) === String(part))
      : (part as number);
    const item = node.items[index] as Node | Pair<Node, Node | null> | undefined;
    if (item === undefined) return undefined;
    const before = node.items[index - 1] as Node | Pair<Node, Node | null> | undefined;
    if (isPair(item)) from = wholeEntry ? (item.key.range?.[0] ?? 0) : (item.key.range?.[1] ?? 0);
    else from = before === undefined ? (node.range?.[0] ?? 0) : ((before as Node).range?.[1] ?? 0);
    node = isPair(item) ? item.value : item;
  }
  const end = node?.range?.[1] ?? from;
  const inFlow = isCollection(around) && around.flow === true;
  if (inFlow && wholeEntry) return { start: around?.range?.[0] ?? 0, end: around?.range?.[1] ?? 0, inFlow, node };
  if (inFlow) return { start: from, end, inFlow, node };
  const below = commentsBelow(text, end);
  // Where a key stands on the line of a dash, the next one takes its place there.
  const behindDash = wholeEntry && /-[ \t]+$/.test(text.slice(0, from));
  const space = behindDash ? (text.slice(below).match(/^\s*/)?.[0].length ?? 0) : 0;
  return { start: wholeEntry ? commentsAbove(text, from) : from, end: below + space, inFlow, node };
}

function commentsAbove(text: string, at: number): number {
  const line = text.lastIndexOf('\n', at - 1) + 1;
  const above = text.slice(0, line).match(/(?:(?<=^|\n)\uFEFF?[ \t]*#[^\n]*\n)+$/);
  return line - (above?.[0].replace('\uFEFF', '').length ?? 0);
}

function commentsBelow(text: string, at: number): number {
  const end = text[at - 1] === '\n' ? at : text.indexOf('\n', at) + 1 || text.length;
  return end + (text.slice(end).match(/^(?:[ \t]*#[^\n]*(?:\n|$))+/)?.[0].length ?? 0);
}
