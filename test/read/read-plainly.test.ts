import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isTrackedList, isTrackedMap, type Tracked } from '../../src/model/tracked.ts';
import { readClosely } from '../../src/read/read-closely.ts';
import { readPlainly } from '../../src/read/read-plainly.ts';
import { settings } from '../support/fast-check-settings.ts';

const repository = join(import.meta.dirname, '../..');
const folders = ['stowage.yaml', 'systems', 'clusters', 'overlays', 'argocd', 'test/cases'];
const texts = folders.flatMap((folder) => textsBelow(join(repository, folder)));

function textsBelow(path: string): string[] {
  const paths = path.endsWith('.yaml')
    ? [path]
    : readdirSync(path, { recursive: true, encoding: 'utf8' }).flatMap((name) =>
        name.endsWith('.yaml') ? [join(path, name)] : [],
      );
  return paths.map((one) => readFileSync(one, 'utf8'));
}

/** Places as their text, without the white space and the comments behind a collection, of which the two count different ones. */
function written(tree: Tracked | undefined): unknown {
  if (tree === undefined) return undefined;
  const { value, origin } = tree;
  if (origin.kind !== 'spec') throw new Error('what was read has no place');
  const { start, end, file } = origin.place;
  const text = file.text.slice(start, end);
  const place = [start, typeof value === 'object' ? text.replace(/(?:\s|\s#[^\n]*)+$/, '') : text.trimEnd()];
  const key = origin.key && [origin.key.start, origin.key.end];
  if (isTrackedList(tree)) return [place, key, tree.value.map(written)];
  if (!isTrackedMap(tree)) return [place, key, value];
  return [place, key, Object.entries(tree.value).map(([name, child]) => [name, written(child)])];
}

function read(text: string) {
  const problems: string[] = [];
  const file = { path: 'some.yaml', text };
  return {
    plainly: written(readPlainly(file, 'system')),
    closely: written(readClosely(file, 'system', ({ message }) => problems.push(message))),
    problems,
  };
}

/** Where YAML is read differently, some of these are near. */
const odd = [
  [
    '\n',
    '\r\n',
    '\r',
    '  ',
    '\t',
    ': ',
    '- ',
    '? ',
    '#',
    ' # c\n',
    '"',
    "'",
    '{',
    '}',
    '[',
    ']',
    ',',
    '|\n',
    '|+\n',
    '>-\n',
    '>2\n',
  ],
  ['~', 'null', 'Null', 'true', 'FALSE', 'yes', '0', '-0', '007', '0o17', '0x1F', '1e3', '.5', '+12', '1_000', '.inf', '.NaN'],
  [
    '&a ',
    '*a',
    '!!str ',
    '!x ',
    '<<: ',
    '---\n',
    '...\n',
    '%YAML 1.1\n',
    '@',
    '`',
    'é',
    '\u2028',
    '"\\u00e9\\n"',
    '__proto__',
    '2020-01-01',
  ],
].flat();

describe('what is read plainly is what is read closely, and stands at the same places', () => {
  it('in every description and every generated file', () => {
    let plain = 0;
    for (const text of texts) {
      const { plainly, closely } = read(text);
      if (plainly === undefined) continue;
      plain += 1;
      expect(plainly).toEqual(closely);
    }
    expect(plain / texts.length).toBeGreaterThan(0.7);
  });

  it('in stretches of them into which something odd was put', () => {
    let plain = 0;
    const stretch = fc.record({
      text: fc.constantFrom(...texts),
      from: fc.double({ min: 0, max: 1, noNaN: true }),
      length: fc.nat({ max: 300 }),
      changes: fc.array(fc.record({ at: fc.nat({ max: 300 }), put: fc.constantFrom(...odd), instead: fc.nat({ max: 3 }) }), {
        maxLength: 3,
      }),
    });
    fc.assert(
      fc.property(stretch, ({ text, from, length, changes }) => {
        const line = text.lastIndexOf('\n', from * text.length) + 1;
        const changed = changes.reduce(
          (all, { at, put, instead }) => all.slice(0, at) + put + all.slice(at + instead),
          text.slice(line, line + length),
        );
        const { plainly, closely, problems } = read(changed);
        // Of white space and indentation each refuses some that the other takes.
        if (plainly === undefined || problems.length > 0) return;
        plain += 1;
        expect(plainly).toEqual(closely);
      }),
      settings(2_000),
    );
    expect(plain).toBeGreaterThan(400);
  });
});

it.each([
  ['an alias', 'a: &a 1\nb: *a\n'],
  ['a tag', 'a: !!str 1\n'],
  ['a directive', '%YAML 1.1\n---\na: yes\n'],
  ['two documents', 'a: 1\n---\nb: 2\n'],
  ['nothing', '# empty\n'],
  ['a list', '- a\n'],
  ['a key twice', 'a: 1\na: 2\n'],
  ['a key that is no text', '1: 2\n'],
  ['a key that JavaScript keeps', 'a: { __proto__: 1 }\n'],
  ['a number without end', 'a: .inf\n'],
  ['a character that reaches no cluster', 'a: "\\0"\n'],
  ['a line break of YAML alone', 'a: 1\rb: 2\n'],
  ['a mistake', 'a: [1\n'],
  ['a bracket that closes where its key begins', 'a: [\n  1,\n]\n'],
])('%s is looked at closely', (_, text) => {
  expect(readPlainly({ path: 'some.yaml', text }, 'system')).toBeUndefined();
});

it('a bracket may close where its key begins', () => {
  const { closely, problems } = read('a: [\n  1,\n]\n');
  expect(problems).toEqual([]);
  expect(JSON.stringify(closely)).toContain('"[\\n  1,\\n]"');
});
