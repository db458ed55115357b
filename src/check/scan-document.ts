import { placeOf } from '../model/origin.ts';
import { type Place, placeAt, type SourceFile } from '../model/source-file.ts';
import type { Tracked } from '../model/tracked.ts';
import { findCredentials } from '../plaintext/find-credentials.ts';
import { findInText, findInValue } from '../plaintext/find-secrets.ts';
import { describePath } from '../read/check-shape.ts';
import { type NamedKey, type NamedScalar, nameScalars, secretByPlace } from './name-scalars.ts';
import { overlaps, type Plaintext } from './plaintext.ts';

const scanned = new WeakMap<Tracked, readonly Plaintext[]>();

/** What looks like a secret in a document: in values, keys and comments. */
export function scanDocument(tree: Tracked, file: SourceFile): readonly Plaintext[] {
  const known = scanned.get(tree);
  if (known !== undefined) return known;
  const found = scan(tree, file);
  scanned.set(tree, found);
  return found;
}

/** And in the text of any other file. */
export function scanText(file: SourceFile, at: string | undefined): Plaintext[] {
  return findInText(file.text).map(({ start, end, what }) => ({
    place: placeAt(file, start, end),
    what,
    at,
    text: file.text.slice(start, end),
  }));
}

function scan(tree: Tracked, file: SourceFile): Plaintext[] {
  const found: Plaintext[] = [];
  nameScalars(
    tree,
    (scalar) => {
      for (const one of inScalar(scalar)) found.push(one);
    },
    {
      skip: isSealed,
      // Shorter ones are no tokens.
      seeKey: (key, path) => {
        if (key.key.length >= 20) found.push(...inKey(key, path));
      },
    },
  );
  for (const one of inComments(file)) if (!found.some((other) => overlaps(one.place, other.place))) found.push(one);
  return found.filter((one, index) => !found.slice(0, index).some((other) => overlaps(one.place, other.place)));
}

function inScalar(scalar: NamedScalar): Plaintext[] {
  const { node, path } = scalar;
  const place = placeOf(node.origin);
  if (place === undefined || typeof node.value === 'boolean') return [];
  const byPlace = secretByPlace(scalar);
  if (byPlace !== undefined)
    return [{ place: inside(place, byPlace), what: scalar.reason as string, at: waiverPath(path), text: byPlace }];
  // A number as it was written: 0123 is no 123.
  const text = typeof node.value === 'string' ? node.value : place.file.text.slice(place.start, place.end);
  // The default of a key is what its author declares to be no secret.
  const name = isDeclaredDefault(path) ? undefined : scalar.name;
  const findings = findInValue(name, text);
  if (findings.length === 0) return [];
  const at = waiverPath(path);
  return findings.map(({ start, end, what }) => {
    const secret = text.slice(start, end);
    return { place: inside(place, secret), what, at, text: secret };
  });
}

function inKey({ key, origin }: NamedKey, path: readonly (string | number)[]): Plaintext[] {
  const place = origin.kind === 'spec' ? origin.key : undefined;
  if (place === undefined) return [];
  return findInValue(undefined, key).map(({ start, end, what }) => {
    const text = key.slice(start, end);
    return { place: inside(place, text), what, at: waiverPath(path), text };
  });
}

/** By form alone: comments are prose, in which names of secrets and odd words stand for good reasons. */
function inComments(file: SourceFile): Plaintext[] {
  const { text } = file;
  if (!text.includes('#')) return [];
  return [...text.matchAll(/(?<=^|\s)#.*/gm)].flatMap((comment) =>
    findCredentials(comment[0]).map(({ start, end, what }) => ({
      place: placeAt(file, comment.index + start, comment.index + end),
      what,
      at: undefined,
      text: comment[0].slice(start, end),
    })),
  );
}

const sealedRecord = 'stowage.dev/sealed';

/** Ciphertext, and what `seal` notes about it. */
function isSealed(path: readonly (string | number)[]): boolean {
  return (path[0] === 'spec' && path[1] === 'encryptedData') || (path[1] === 'annotations' && path[2] === sealedRecord);
}

function isDeclaredDefault(path: readonly (string | number)[]): boolean {
  return path[0] === 'spec' && path[1] === 'secrets' && path[3] === 'keys' && path[5] === 'default';
}

/** The stretch of a scalar that is meant, where the file has it as it was read. */
function inside(place: Place, text: string): Place {
  const at = place.file.text.slice(place.start, place.end).indexOf(text);
  return at < 0 ? place : placeAt(place.file, place.start + at, place.start + at + text.length);
}

function waiverPath(path: readonly (string | number)[]): string {
  return describePath(path[0] === 'spec' ? path.slice(1) : path);
}
