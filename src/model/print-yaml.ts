import { dump } from 'js-yaml';

/**
 * The one place that prints YAML. The library says how each scalar is written: it quotes what YAML 1.1 or 1.2
 * would read as a number, a date, a boolean or null, since kustomize reads some of both. Maps and lists are
 * laid out here, in the library's own way, because a fleet repeats a few scalars in very many places, and
 * what is decided once for each of them need not be decided again.
 */
export function printYaml(value: unknown): string {
  const text = printValue(value) ?? dump(value, options);
  return startsWithSpace.test(text) ? `${JSON.stringify(value, null, 2)}\n` : text;
}

export function printDocuments(values: readonly unknown[]): string {
  return values.map(printYaml).join('---\n');
}

const options = { lineWidth: -1, noRefs: true };

/** White space at the start of a block of text is read by some as its indentation; JSON is exact. */
const startsWithSpace = /[|>][-+0-9]*\n(?:(?: *\n)* *\t| +\n)/;

/** Undefined for what only the library can lay out. */
function printValue(value: unknown): string | undefined {
  if (!isCollection(value) || isEmpty(value)) return undefined;
  try {
    const lines: string[] = [];
    layOut(value, '', '', lines);
    return lines.join('');
  } catch (error) {
    if (error === notSimple) return undefined;
    throw error;
  }
}

type Collection = readonly unknown[] | Readonly<Record<string, unknown>>;

function isCollection(value: unknown): value is Collection {
  return typeof value === 'object' && value !== null;
}

function isEmpty(value: Collection): boolean {
  if (Array.isArray(value)) return value.length === 0;
  for (const _ in value) return false;
  return true;
}

/** `first` stands before the first line, where a list item begins on the line of its dash. */
function layOut(value: Collection, first: string, indent: string, lines: string[]): void {
  let before = first;
  if (Array.isArray(value)) {
    for (const item of value) {
      layOutItem(item === undefined ? null : item, `${before}- `, `${indent}  `, lines);
      before = indent;
    }
    return;
  }
  const map = value as Readonly<Record<string, unknown>>;
  for (const key in map) {
    const child = map[key];
    if (child === undefined) continue;
    const head = `${before}${printKey(key)}:`;
    before = indent;
    if (!isCollection(child)) lines.push(`${head} ${printScalar(child, indent)}`);
    else if (isEmpty(child)) lines.push(`${head} ${Array.isArray(child) ? '[]' : '{}'}\n`);
    else {
      lines.push(`${head}\n`);
      layOut(child, `${indent}  `, `${indent}  `, lines);
    }
  }
}

function layOutItem(item: unknown, head: string, indent: string, lines: string[]): void {
  if (!isCollection(item)) lines.push(`${head}${printScalar(item, indent.slice(2))}`);
  else if (isEmpty(item)) lines.push(`${head}${Array.isArray(item) ? '[]' : '{}'}\n`);
  else layOut(item, head, indent, lines);
}

const notSimple = Symbol('needs the library');
const mostRemembered = 20_000;
const keys = new Map<string, string>();
const scalars = new Map<unknown, string>();

/** Needs no quotes: what YAML takes for something else than text is shorter, or holds another sign. */
const longWord = /^(?=.{6,200}$)(?:\/|(?:\.\.\/)+)?[A-Za-z][\w./=;-]*(?::[\w./=;-]+)*$/;
const shortWord = /^(?!(?:yes|no|on|off|true|false|null)$)[A-Za-z]{2,5}$/i;

function isPlain(text: string): boolean {
  return shortWord.test(text) || longWord.test(text);
}

/** Go drops underscores wherever they stand before it looks for a number; the library expects them where YAML 1.1 has them. */
function isNumberInGo(text: string): boolean {
  return /^[-+.\d][-+.\w]*$/.test(text) && text.includes('_') && numberInGo.test(text.replaceAll('_', ''));
}

const numberInGo = /^[-+]?(?:(?:\.\d+|\d+(?:\.\d*)?)(?:e[-+]?\d+)?|0x[\da-f]+|0o[0-7]+|0b[01]+)$/i;

function printKey(key: string): string {
  return recall(keys, key, printUnknownKey);
}

function printUnknownKey(key: string): string {
  if (isPlain(key)) return key;
  if (isNumberInGo(key)) return `'${key}'`;
  const text = dump({ [key]: 0 }, options);
  if (!text.endsWith(': 0\n') || text.startsWith('? ')) throw notSimple;
  return text.slice(0, -': 0\n'.length);
}

/** The scalar and its line break; further lines of a text are indented below `indent`. */
function printScalar(value: unknown, indent: string): string {
  if (typeof value === 'string') {
    if (isPlain(value)) return `${value}\n`;
    if (isNumberInGo(value)) return `'${value}'\n`;
  } else if (typeof value === 'boolean' || (Number.isSafeInteger(value) && value !== 0)) return `${value}\n`;
  // A map takes -0 for 0.
  const text = value === 0 ? printInList(value) : recall(scalars, value, printInList);
  return indent === '' || text.indexOf('\n') === text.length - 1 ? text : text.replace(/\n(?=[^\n])/g, `\n${indent}`);
}

/** First in a list: alone in a document a scalar may be written otherwise, and the last one may end it. */
function printInList(scalar: unknown): string {
  return dump([scalar, 0], options).slice('- '.length, -'- 0\n'.length);
}

function recall<Key>(known: Map<Key, string>, key: Key, make: (key: Key) => string): string {
  const remembered = known.get(key);
  if (remembered !== undefined) return remembered;
  const made = make(key);
  if (known.size > mostRemembered) known.clear();
  known.set(key, made);
  return made;
}
