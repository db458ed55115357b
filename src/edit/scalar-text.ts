import { printYaml } from '../model/print-yaml.ts';
import type { DocumentStyle } from './document-style.ts';
import type { ValueToken } from './open-document.ts';

export type Scalar = string | number | boolean | null;
type Quote = '"' | "'" | undefined;

/** On one line, in the quotes that the old text had, or in some where the value would be read as something else without. */
export function scalarText(value: Scalar, style: DocumentStyle, inFlow: boolean, old: ValueToken | undefined): string {
  if (typeof value !== 'string') return plainText(value) ?? String(value);
  const quote = quoteOf(old) ?? (style.quoteAll ? '"' : undefined);
  if (quote !== undefined) return quoted(value, quote);
  const plain = plainText(value);
  const safe = plain === value && !(inFlow && /[,[\]{}]/.test(value)) && !/^(---|\.\.\.)/.test(value);
  return safe ? plain : quoted(value, style.quote);
}

/** The header and the lines of a `|` or `>`; undefined for a text that these do not carry for every reader. */
export function blockText(value: string, sign: '|' | '>', indent: number, lineBreak: string) {
  const bare = value.replace(/\n+$/, '');
  // White space at the start is read by some as indentation, and other breaks of lines become `\n`.
  if (
    bare === '' ||
    /^\n*[ \t]/.test(bare) ||
    /[^\t\n\x20-\x7e\xa0-\ud7ff\ue000-\ufefe\uff00-\ufffd\u{10000}-\u{10ffff}]/u.test(bare)
  )
    return undefined;
  // Folding leaves lines alone that begin with white space, and with them the breaks around.
  if (sign === '>' && /\n[ \t]|^\n/.test(bare)) return undefined;
  const ends = value.length - bare.length;
  const chomping = ends === 0 ? '-' : ends === 1 ? '' : '+';
  const body = (sign === '>' ? bare.replace(/\n+/g, '\n$&') : bare) + '\n'.repeat(Math.max(0, ends - 1));
  const lines = body.split('\n').map((line) => (line === '' ? '' : ' '.repeat(indent) + line) + lineBreak);
  return { header: sign + chomping, lines: lines.join('') };
}

export function keyText(key: string, style: DocumentStyle, inFlow: boolean): string {
  return scalarText(key, style, inFlow, undefined);
}

/** As the printer of this project has it, which knows what readers of YAML 1.1 and 1.2 make of it. */
function plainText(value: Scalar): string | undefined {
  return printYaml([value]).match(/^- ([^\n]*)\n$/)?.[1];
}

function quoteOf(old: ValueToken | undefined): Quote {
  if (old?.type === 'single-quoted-scalar') return "'";
  return old?.type === 'double-quoted-scalar' ? '"' : undefined;
}

function quoted(value: string, quote: '"' | "'"): string {
  const simple =
    /^[\x20-\x7e\xa1-\ud7ff\ue000-\ufefe\uff00-\ufffd\u{10000}-\u{10ffff}]*$/u.test(value) && !/[\u2028\u2029]/.test(value);
  if (quote === "'" && simple) return `'${value.replaceAll("'", "''")}'`;
  return JSON.stringify(value).replace(
    /[\x7f-\xa0\u2028\u2029\ufeff]/g,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
