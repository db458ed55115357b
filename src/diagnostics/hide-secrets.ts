import type { Place } from '../model/source-file.ts';
import { findInText, findInValue } from '../plaintext/find-secrets.ts';
import { secretName } from '../plaintext/secret-names.ts';
import type { Diagnostic } from './diagnostic.ts';

const mask = '***';

/** The line of a place as it may be shown: what looks like a secret is masked, whatever the diagnostic is about. */
export function maskedLine(
  place: Place,
  masked: boolean,
  hidden: readonly Place[],
): { text: string; column: number; width: number } {
  const { line, before, start } = lineOf(place);
  const own = { start: place.start - start, end: Math.min(place.end - start, line.length) };
  const offset = before.length + 1;
  const found = [
    ...(masked && own.end > own.start ? [own] : []),
    ...hidden.map((other) => ({ start: Math.max(0, other.start - start), end: Math.min(other.end - start, line.length) })),
    ...findInText(`${before}\n${line}`).map((one) => ({ start: Math.max(0, one.start - offset), end: one.end - offset })),
    ...secretTexts(place, masked).flatMap((text) => occurrences(line, text)),
  ];
  let text = line;
  let [column, end] = [own.start, place.end - start];
  for (const one of joined(found.filter((stretch) => stretch.end > 0)).reverse()) {
    text = text.slice(0, one.start) + mask + text.slice(one.end);
    const moved = (at: number) => (at >= one.end ? at + mask.length - (one.end - one.start) : Math.min(at, one.start));
    // What ends inside of the mask is underlined up to where that ends.
    [column, end] = [moved(column), end > one.start && end < one.end ? one.start + mask.length : moved(end)];
  }
  return { text, column: column + 1, width: end - column };
}

/** Takes out of a text what the places of a diagnostic keep secret, and what looks like a secret by itself. */
export function hideSecrets(diagnostic: Diagnostic): (text: string) => string {
  const places = [diagnostic.place, ...(diagnostic.related ?? []).map(({ place }) => place)];
  const secrets = places.flatMap((place, index) => secretTexts(place, index === 0 && diagnostic.masked === true));
  return (text) => {
    const found = [...findInValue(undefined, text), ...secrets.flatMap((secret) => occurrences(text, secret))];
    return joined(found).reduceRight((rest, one) => rest.slice(0, one.start) + mask + rest.slice(one.end), text);
  };
}

interface Stretch {
  readonly start: number;
  readonly end: number;
}

/** What the line of a place keeps secret; or the place, where a text begins that goes on below. */
function secretTexts(place: Place, masked: boolean): string[] {
  const { line, before, start } = lineOf(place);
  const written = `${before}\n${line}`;
  const texts = findInText(written).flatMap((one) => (one.end <= before.length ? [] : [written.slice(one.start, one.end)]));
  for (const [quoted] of line.matchAll(/"(?:[^"\\]|\\.)*\\(?:[^"\\]|\\.)*"/g)) {
    const meant = unquoted(quoted);
    texts.push(...findInText(meant).map((one) => meant.slice(one.start, one.end)));
  }
  // Beside an expression a literal is judged once it is rendered; until then it may be one.
  const expression = line.indexOf('${');
  const composed = /([\w.-]+)["']?\s*:([^:]*)$/.exec(near(line, expression));
  if (expression >= 0 && secretName(composed?.[1] ?? '') !== undefined)
    texts.push(...`${composed?.[2]}${line.slice(expression)}`.split(/\$\{[^}]*\}?|["']/));
  const name = /([\w.-]+)["']?\s*:\s*$/.exec(near(line, place.start - start))?.[1];
  const below = name !== undefined && secretName(name) !== undefined && place.end > start + line.length;
  if (masked || below) texts.push(place.file.text.slice(place.start, Math.min(place.end, place.start + longest)));
  return texts
    .flatMap((text) => text.split('\n'))
    .map((text) => text.trim().replace(/^(["'])(.*)\1$/, '$2'))
    .filter((text) => text.length >= 3);
}

/** What stands right before: no name is longer, and some lines are. */
function near(line: string, end: number): string {
  return line.slice(Math.max(0, end - 200), Math.max(0, end));
}

function unquoted(text: string): string {
  try {
    return JSON.parse(text) as string;
  } catch {
    return text;
  }
}

/** Where a text shows a secret: as it is, as JSON, and of a long one also no more than its beginning. */
function occurrences(text: string, secret: string): Stretch[] {
  const found: Stretch[] = [];
  for (const form of new Set([secret, JSON.stringify(secret).slice(1, -1)])) {
    const sought = form.slice(0, longEnough);
    for (let at = text.indexOf(sought); at >= 0; at = text.indexOf(sought, at + 1)) {
      let end = at + sought.length;
      while (end < text.length && end - at < form.length && text[end] === form[end - at]) end += 1;
      // A short one is also a part of words that have nothing to do with it.
      if (form.length > shortest || !/\w/.test(`${text[at - 1] ?? ' '}${text[end] ?? ' '}`)) found.push({ start: at, end });
    }
  }
  return found;
}

const longEnough = 12;
const shortest = 5;

function joined(stretches: readonly Stretch[]): Stretch[] {
  const result: Stretch[] = [];
  for (const one of [...stretches].sort((a, b) => a.start - b.start)) {
    const last = result.at(-1);
    if (last !== undefined && one.start < last.end)
      result[result.length - 1] = { start: last.start, end: Math.max(last.end, one.end) };
    else result.push(one);
  }
  return result;
}

/** The line around a place, and the one before it: of very long ones what may be shown, and what tells what it is. */
function lineOf({ file, start: at }: Place): { line: string; before: string; start: number } {
  const from = at === 0 ? 0 : file.text.lastIndexOf('\n', at - 1) + 1;
  const to = file.text.indexOf('\n', at);
  const start = Math.max(from, at - around);
  const end = Math.min(to < 0 ? file.text.length : to, at + around);
  const line = from < 2 ? '' : file.text.slice(file.text.lastIndexOf('\n', from - 2) + 1, from - 1);
  return { line: file.text.slice(start, end), before: line.slice(-around), start };
}

const around = 2000;
/** Nothing shows more of a value. */
const longest = 20_000;
