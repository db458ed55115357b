import type { Place } from '../model/source-file.ts';
import { findInText, findInValue } from '../plaintext/find-secrets.ts';
import type { Finding } from '../plaintext/finding.ts';
import { secretName } from '../plaintext/secret-names.ts';
import type { Diagnostic } from './diagnostic.ts';

const mask = '***';

/** The line of a place as it may be shown: what looks like a secret is masked, whatever the diagnostic is about. */
export function maskedLine(place: Place, masked: boolean): { text: string; column: number; width: number } {
  const { line, start } = lineOf(place);
  const [from, to] = [place.start - start, Math.min(Math.max(place.end - start, 0), line.length)];
  const whole = masked && to > from ? [{ start: from, end: to }] : [];
  const hidden = [...whole, ...secretsIn(place).filter((found) => !whole.some((own) => overlap(own, found)))];
  let [text, column, end] = [line, from, place.end - start];
  for (const found of hidden.sort((a, b) => b.start - a.start)) {
    text = text.slice(0, found.start) + mask + text.slice(found.end);
    const moved = (at: number) => (at >= found.end ? at + mask.length - (found.end - found.start) : Math.min(at, found.start));
    // What begins inside of the mask is underlined from where that begins.
    [column, end] = [moved(column), end > found.start && end < found.end ? found.start + mask.length : moved(end)];
  }
  return { text, column: column + 1, width: end - column };
}

/** Takes out of a text what the places of a diagnostic keep secret, and what looks like a secret by itself. */
export function hideSecrets(diagnostic: Diagnostic): (text: string) => string {
  const places = [diagnostic.place, ...(diagnostic.related ?? []).map(({ place }) => place)];
  const values = places.flatMap((place, index) => secretTexts(place, index === 0 && diagnostic.masked === true));
  return (text) => withoutFindings(values.reduce(withoutValue, text));
}

function secretTexts(place: Place, masked: boolean): string[] {
  const { line, start } = lineOf(place);
  const texts = secretsIn(place).map((found) => line.slice(found.start, found.end));
  // A text that begins on the line of its name and goes on below.
  const name = /([\w.-]+)["']?\s*:\s*$/.exec(line.slice(0, Math.max(0, place.start - start)))?.[1];
  const named =
    name !== undefined && secretName(name) !== undefined && place.file.text.slice(place.start, place.end).includes('\n');
  if (masked || named) texts.push(...place.file.text.slice(place.start, place.end).split('\n'));
  return texts.map((text) => text.trim().replace(/^(["'])(.*)\1$/, '$2')).filter((text) => text.length >= 3);
}

/** A message may show a value as JSON, and only the beginning of a long one. */
function withoutValue(text: string, value: string): string {
  const written = JSON.stringify(value).slice(1, -1);
  const without = text.replaceAll(value, mask).replaceAll(written, mask);
  const beginning = value.slice(0, 12);
  const at = value.length > beginning.length ? without.indexOf(beginning) : -1;
  if (at < 0) return without;
  let end = at + beginning.length;
  while (end < without.length && without[end] === value[end - at]) end += 1;
  return without.slice(0, at) + mask + without.slice(end);
}

function withoutFindings(text: string): string {
  return findInValue(undefined, text).reduceRight(
    (rest, found) => rest.slice(0, found.start) + mask + rest.slice(found.end),
    text,
  );
}

/** In the line where a place begins. */
function secretsIn(place: Place): Finding[] {
  const { line, before } = lineOf(place);
  const offset = before.length + 1;
  return findInText(`${before}\n${line}`).flatMap((found) =>
    found.end <= offset ? [] : [{ ...found, start: Math.max(0, found.start - offset), end: found.end - offset }],
  );
}

function lineOf({ file, start: at }: Place): { line: string; before: string; start: number } {
  const start = at === 0 ? 0 : file.text.lastIndexOf('\n', at - 1) + 1;
  const end = file.text.indexOf('\n', at);
  const before = start < 2 ? '' : file.text.slice(file.text.lastIndexOf('\n', start - 2) + 1, start - 1);
  return { line: file.text.slice(start, end < 0 ? file.text.length : end), before, start };
}

function overlap(a: { start: number; end: number }, b: { start: number; end: number }): boolean {
  return a.start < b.end && b.start < a.end;
}
