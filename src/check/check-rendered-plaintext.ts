import type { DesiredObject } from '../model/desired-object.ts';
import { type Origin, placeOf } from '../model/origin.ts';
import type { Place } from '../model/source-file.ts';
import { findInValue } from '../plaintext/find-secrets.ts';
import { type NamedScalar, nameScalars, secretByPlace } from './name-scalars.ts';
import { overlaps, type Plaintext, reportPlaintext } from './plaintext.ts';
import type { Rule } from './rule.ts';

/**
 * What expressions make of inputs in which nothing looked like a secret. A value that stands in an object as
 * somebody wrote it was looked at where it was written.
 */
export const checkRenderedPlaintext: Rule = ({ objects, plaintext, place }, report) => {
  const told: Place[] = [];
  for (const object of objects) {
    for (const found of inObject(object, place)) {
      const known = plaintext.inputs().some((input) => isSame(input, found));
      if (known || plaintext.waives(found.place) || told.some((other) => overlaps(other, found.place))) continue;
      told.push(found.place);
      reportPlaintext({ ...found, what: `${found.what}, in ${object.kind}/${object.name}` }, report);
    }
  }
};

interface Rendered extends Plaintext {
  /** All that it was computed from. */
  readonly from: readonly Place[];
}

function inObject(object: DesiredObject, fallback: Place): Rendered[] {
  const found: Rendered[] = [];
  nameScalars(object.tree, (scalar) => {
    const { value, origin } = scalar.node;
    if (typeof value !== 'string') return;
    // A text of several lines may be put together of what is written and what is computed.
    if (isComputed(origin) || (object.kind === 'ConfigMap' && value.includes('\n')))
      found.push(...inScalar(scalar, value, fallback));
  });
  return found;
}

function inScalar(scalar: NamedScalar, value: string, fallback: Place): Rendered[] {
  const byPlace = secretByPlace(scalar);
  const texts =
    byPlace === undefined
      ? findInValue(scalar.name, value).map(({ start, end, what }) => ({ text: value.slice(start, end), what }))
      : [{ text: byPlace, what: scalar.reason as string }];
  if (texts.length === 0) return [];
  const from = placesOf(scalar.node.origin);
  return texts.map(({ text, what }) => {
    const written = from.find((place) => place.file.text.slice(place.start, place.end).includes(text));
    return { text, what, from, place: written ?? from[0] ?? fallback, at: undefined };
  });
}

function isComputed(origin: Origin): boolean {
  return origin.kind === 'spec' && origin.expression !== undefined;
}

function placesOf(origin: Origin): Place[] {
  const own = placeOf(origin);
  return [...(own === undefined ? [] : [own]), ...(origin.kind === 'spec' ? (origin.from ?? []).flatMap(placesOf) : [])];
}

/** Found in an input already: there it was told, or waived. */
function isSame(input: Plaintext, found: Rendered): boolean {
  if (!input.text.includes(found.text) && !found.text.includes(input.text)) return false;
  return input.at?.startsWith('files/') === true || found.from.some((place) => overlaps(place, input.place));
}
