import type { CST } from 'yaml';
import type { DocumentStyle } from './document-style.ts';
import type { ValueToken } from './open-document.ts';
import { isPlainMap } from './plain-data.ts';
import { blockText, keyText, type Scalar, scalarText } from './scalar-text.ts';

/** What stands behind a colon or dash, and the whole lines that follow. */
export interface ValueText {
  readonly inline: string;
  readonly lines: string;
}

/** Inside brackets and braces: all on one line. `padded` braces have a space inside. */
export function flowText(value: unknown, style: DocumentStyle, padded: boolean, old?: ValueToken): string {
  if (Array.isArray(value)) return `[${value.map((item) => flowText(item, style, padded)).join(', ')}]`;
  if (!isPlainMap(value)) return scalarText(value as Scalar, style, true, old);
  const pairs = Object.entries(value).map(([key, child]) => flowPair(key, child, style, padded));
  if (pairs.length === 0) return '{}';
  return padded ? `{ ${pairs.join(', ')} }` : `{${pairs.join(', ')}}`;
}

export function flowPair(key: string, value: unknown, style: DocumentStyle, padded: boolean): string {
  return `${keyText(key, style, true)}: ${flowText(value, style, padded)}`;
}

/** As the value of a key or dash at column `indent`; -1 for the root. */
export function blockValue(value: unknown, style: DocumentStyle, indent: number, inList: boolean, old?: ValueToken): ValueText {
  if (typeof value === 'string') return textValue(value, style, inList ? indent + 2 : Math.max(indent, 0) + style.step, old);
  if (typeof value !== 'object' || value === null) return { inline: scalarText(value as Scalar, style, false, old), lines: '' };
  if (Object.keys(value).length === 0) return { inline: flowText(value, style, true), lines: '' };
  const column = indent < 0 ? 0 : inList ? indent + 2 : indent + (Array.isArray(value) ? style.listStep : style.step);
  const lines = Array.isArray(value)
    ? value.map((item) => blockItem(item, style, column))
    : Object.entries(value).map(([key, child]) => blockPair(key, child, style, column));
  return { inline: '', lines: lines.join('') };
}

export function blockPair(key: string, value: unknown, style: DocumentStyle, column: number): string {
  const { inline, lines } = blockValue(value, style, column, false);
  return `${' '.repeat(column)}${keyText(key, style, false)}:${inline && ` ${inline}`}${style.lineBreak}${lines}`;
}

export function blockItem(item: unknown, style: DocumentStyle, column: number): string {
  const { inline, lines } = blockValue(item, style, column, true);
  const dash = `${' '.repeat(column)}- `;
  return inline === '' ? dash + lines.slice(dash.length) : `${dash}${inline}${style.lineBreak}${lines}`;
}

/** A text of several lines is written as such, unless it was in double quotes, which say all on one. */
function textValue(value: string, style: DocumentStyle, indent: number, old: ValueToken | undefined): ValueText {
  const header = old?.type === 'block-scalar' ? headerOf(old) : undefined;
  const severalLines = value.includes('\n');
  const keepsBlock = severalLines || header?.includes('-') === true;
  if (keepsBlock && old?.type !== 'double-quoted-scalar' && !style.quoteAll) {
    const column =
      old?.type === 'block-scalar' && !/\d/.test(header ?? '')
        ? (old.source.match(/^ +(?=[^ \r\n])/m)?.[0].length ?? indent)
        : indent;
    const block = blockText(value, header?.startsWith('>') ? '>' : '|', column, style.lineBreak);
    if (block !== undefined) return { inline: block.header, lines: block.lines };
  }
  return { inline: scalarText(value, style, false, old), lines: '' };
}

function headerOf(token: CST.BlockScalar): string {
  return token.props.map((part) => ('source' in part ? part.source : '')).find((source) => /^[|>]/.test(source)) ?? '';
}
