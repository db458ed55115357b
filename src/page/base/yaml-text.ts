import type { Json } from '../../report/report.ts';

/** A value as somebody would write it in YAML; a text that stands alone stays as it is. */
export function yamlText(value: Json | undefined): string {
  if (value === undefined) return '';
  if (typeof value === 'string') return value;
  return linesOf(value).join('\n');
}

function linesOf(value: Json): string[] {
  if (isList(value)) return value.length === 0 ? ['[]'] : value.flatMap((element) => under('-', linesOf(element)));
  if (!isMap(value)) return scalarLines(value);
  const entries = Object.entries(value);
  return entries.length === 0 ? ['{}'] : entries.flatMap(([key, child]) => entryLines(scalarText(key), child));
}

function entryLines(key: string, value: Json): string[] {
  const lines = linesOf(value);
  const nested = (isList(value) && value.length > 0) || (isMap(value) && Object.keys(value).length > 0);
  if (!nested) return [`${key}: ${lines[0]}`, ...lines.slice(1).map(indented)];
  // A list may stand as deep as the key that it is of, and mostly does.
  return [`${key}:`, ...(isList(value) ? lines : lines.map(indented))];
}

function under(mark: string, [first = '', ...rest]: readonly string[]): string[] {
  return [`${mark} ${first}`, ...rest.map(indented)];
}

function indented(line: string): string {
  return line === '' ? line : `  ${line}`;
}

function scalarLines(value: null | boolean | number | string): string[] {
  if (typeof value !== 'string' || !asBlock.test(value)) return [scalarText(value)];
  const ends = /\n*$/.exec(value)?.[0].length ?? 0;
  const lines = (ends === 0 ? value : value.slice(0, -1)).split('\n');
  return [`|${ends === 0 ? '-' : ends === 1 ? '' : '+'}`, ...lines.map(indented)];
}

/** Several lines, the first of which does not begin with a space that would be taken for indentation. */
const asBlock = /^\S.*\n/s;

function scalarText(value: null | boolean | number | string): string {
  if (typeof value !== 'string') return String(value);
  return plain.test(value) && !other.test(value) ? value : JSON.stringify(value);
}

/** What YAML takes for a text without quotes, and for nothing else. */
const plain = /^[A-Za-z0-9_./$(][^\n\t]*$/;
const other =
  /: |:$| #|\s$|^(?:true|false|null|yes|no|on|off|y|n)$|^[-+.]?\d[\d._]*(?:e[-+]?\d+)?$|^0[xo][\da-f]+$|^\d{4}-\d\d-\d\d/i;

function isList(value: Json): value is readonly Json[] {
  return Array.isArray(value);
}

function isMap(value: Json): value is { readonly [key: string]: Json } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
