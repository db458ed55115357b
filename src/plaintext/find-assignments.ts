import { couldBeSecret } from './could-be-secret.ts';
import type { Finding } from './finding.ts';
import { secretName, secretWord } from './secret-names.ts';

/** `lines`: a file, where `name: value` is an assignment too; `value`: one value, which may hold `name=value`. */
export type Style = 'lines' | 'value';

/** `password = x`, `"token": "x"`, `--api-key=x`, `--password x`, `https://host/?access_token=x`, `<password>x</password>`. */
export function findAssignments(text: string, style: Style): Finding[] {
  if (!secretWord.test(text)) return [];
  if (style === 'value') return text.includes('=') || text.includes('--') ? inLine(text, 0, equals) : [];
  const found: Finding[] = [];
  let start = 0;
  let before = '';
  for (const line of text.split('\n')) {
    if (secretWord.test(line)) found.push(...inLine(line, start, either));
    else if (secretWord.test(before)) found.push(...ofEntry(before, line, start));
    before = line;
    start += line.length + 1;
  }
  return found;
}

const name = `(?<![\\w.$-])(?<!\\$\\{)(?:--?)?(["']?)([A-Za-z_][\\w.-]*)\\1`;
const value = `(?:"((?:[^"\\\\]|\\\\.)*)"|'([^']*)'|([^\\s"',;&#}\\])<>]+))`;
const equals = new RegExp(`${name}(?:=(?![=~>])|(?<=--[\\w.-]*)[ ]+(?![-|&]))${value}`, 'g');
const either = new RegExp(
  `${name}(?:[ \\t]*(?::=|=>|:(?!:)|=(?![=~]))[ \\t]*|(?<=--[\\w.-]*)[ ]+(?![-|&])|>(?=[^<]+</))${value}`,
  'g',
);

function inLine(line: string, offset: number, pattern: RegExp): Finding[] {
  if (line.length > 20_000 || /^\s*(?:#|\/\/|;)/.test(line)) return [];
  const found: Finding[] = [];
  pattern.lastIndex = 0;
  for (let match = pattern.exec(line); match !== null; match = pattern.exec(line)) {
    const [whole, , key = '', double, single, bare] = match;
    const kind = secretName(key);
    const text = double ?? single ?? bare ?? '';
    const end = match.index + whole.length - (bare === undefined ? 1 : 0);
    if (kind !== undefined && couldBeSecret(text, kind) && (bare === undefined || !isCode(bare, line, end)))
      found.push(named(key, offset + end - text.length, offset + end));
    // A value may hold assignments of its own.
    else pattern.lastIndex = end - text.length;
  }
  return found;
}

/** `- name: DB_PASSWORD` with `value: x` on the line below it. */
function ofEntry(before: string, line: string, offset: number): Finding[] {
  const key = /^\s*-?\s*"?(?:name|key)"?\s*:\s*["']?([\w.-]+)["']?\s*,?\s*$/.exec(before)?.[1];
  const written = key === undefined ? undefined : /^\s*"?value"?\s*:\s*(["']?)(.+?)\1\s*,?\s*$/d.exec(line);
  const kind = key === undefined ? undefined : secretName(key);
  const text = written?.[2] ?? '';
  const range = written?.indices?.[2];
  if (key === undefined || kind === undefined || range === undefined || !couldBeSecret(text, kind)) return [];
  return [named(key, offset + range[0], offset + range[1])];
}

/** A call, an index, a member or a variable of a program, or the first word of a sentence. */
function isCode(bare: string, line: string, end: number): boolean {
  if (/^[A-Za-z_][\w.]*[([]|^\$|^[A-Za-z_]\w*(?:\.[A-Za-z_]\w*)+$|^[fbru]{1,2}$/.test(bare)) return true;
  return /^[A-Za-z]+$/.test(bare) && /^ [A-Za-z]+ [A-Za-z]/.test(line.slice(end));
}

export function named(key: string, start: number, end: number): Finding {
  return { kind: 'named', what: `\`${key}\` is the name of a secret, and here is its value`, start, end };
}
