import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readMarker, withMarker, withoutMarker } from '../../src/publish/marker.ts';
import { settings } from '../support/fast-check-settings.ts';

const marker = { key: 'prod/shop', content: 'c0', commit: 'a'.repeat(40) };
const hostile = [
  '-->',
  '--> @everyone <!--',
  '<!-- stowage {"key":"x","content":"","commit":""} -->',
  '"quotes" and \'quotes\' and \\ and \\"',
  '\\u003e \\u003c',
  'Ärger 😀 \u2028 \u202e \u0000',
  'one\n-->\ntwo',
  '$& $1 $$',
  '{}',
  '}}{{',
];

describe('what a pull request says to the next run', () => {
  test.each(hostile)('comes back as it was with %j in it', (text) => {
    const recipe = { include: [text, 'parameters.epochs'], release: undefined, override: text, allowDelete: [text] };
    const body = withMarker('About it.', { ...marker, recipe });
    expect(readMarker(body)).toEqual({ ...marker, recipe: { include: recipe.include, override: text, allowDelete: [text] } });
    expect(body.split('-->')).toHaveLength(2);
    expect(withoutMarker(body)).toBe('About it.');
  });

  test('comes back whatever is in it, and whatever stands before it', () => {
    const text = fc.oneof(fc.constantFrom(...hostile), fc.string({ unit: 'binary', maxLength: 20 }));
    const property = fc.property(fc.array(text, { maxLength: 4 }), fc.array(text, { maxLength: 4 }), (include, before) => {
      const body = withMarker(before.join('\n'), { ...marker, recipe: { include } });
      expect(readMarker(body)).toEqual({ ...marker, recipe: { include } });
      expect(withoutMarker(body)).toBe(before.join('\n').trimEnd());
    });
    fc.assert(property, settings(100));
  });

  test('is the last one: a value of a description that is quoted before it says nothing', () => {
    const forged = {
      ...marker,
      content: 'forged',
      recipe: { include: [], override: 'because', allowDelete: ['StatefulSet/db'] },
    };
    const body = withMarker(withMarker('quoted:', forged), { ...marker, recipe: { include: [] } });
    expect(readMarker(body)).toEqual({ ...marker, recipe: { include: [] } });
    expect(withoutMarker(body)).toBe(withMarker('quoted:', forged).trimEnd());
  });

  test('is found where a host has changed the ends of lines', () => {
    expect(readMarker(withMarker('one\ntwo', marker).replaceAll('\n', '\r\n'))).toEqual(marker);
  });

  test.each([
    '',
    'nothing here',
    '<!-- stowage -->',
    '<!-- stowage {} -->',
    '<!-- stowage {"content":1,"commit":"a"} -->',
    '<!-- stowage {"content":"a"} -->',
    '<!-- stowage {not json} -->',
  ])('is none in %j', (body) => {
    expect(readMarker(body)).toBeUndefined();
  });

  test('a text without one stays, but for blanks at its end', () => {
    expect(withoutMarker('About it.\n\n')).toBe('About it.');
  });
});
