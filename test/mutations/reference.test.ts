import fc from 'fast-check';
import { expect, it } from 'vitest';
import { compileFleet } from '../support/compile-fleet.ts';
import { settings } from '../support/fast-check-settings.ts';
import { type Files, partOfFleet, referenceInputs, withFiles } from '../support/fleet-files.ts';
import { compileAnything, millisecondsSince } from './expect-places.ts';

/** Frozen releases are told by their digest before anything else is; so the head runs in one small environment. */
function referenceFleet(): Files {
  return partOfFleet(
    referenceInputs(),
    (path) => !path.includes('/releases/') && !/^clusters\/(prod|staging|dev\/(sealed\/)?t)/.test(path),
  );
}

const fleet = referenceFleet();
const decoder = new TextDecoder();
const texts = new Map(
  [...fleet].filter(([path]) => path.endsWith('.yaml')).map(([path, bytes]) => [path, decoder.decode(bytes as Uint8Array)]),
);
const paths = [...texts.keys()];

let unharmed = 0;

it('is a fleet that compiles', () => {
  // It is large, and the first compilation of a process is the slowest.
  const start = process.cpuUsage();
  expect(compileFleet(fleet).diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  unharmed = millisecondsSince(start);
});

it('mutated by lines: gone, twice, indented otherwise, swapped', () => {
  const mutation = fc.constantFrom('gone', 'twice', 'in', 'out', 'swapped', 'commented', 'emptied');
  fc.assert(
    fc.property(fc.constantFrom(...paths), fc.nat(), mutation, (path, where, kind) => {
      const lines = (texts.get(path) as string).split('\n');
      const at = where % lines.length;
      const line = lines[at] as string;
      const changed: Record<string, string[]> = {
        gone: [],
        twice: [line, line],
        in: [`  ${line}`],
        out: [line.replace(/^ {2}/, '')],
        swapped: [lines[at + 1] ?? '', line],
        commented: [`# ${line}`],
        emptied: [line.replace(/:.*$/, ':')],
      };
      lines.splice(at, kind === 'swapped' ? 2 : 1, ...(changed[kind] as string[]));
      compileAnything(withFiles(fleet, { [path]: lines.join('\n') }), `${path}:${at + 1} ${kind}`, unharmed);
    }),
    settings(40),
  );
}, 300_000);

it('mutated by characters', () => {
  const character = fc.oneof(
    fc.constantFrom(...'{}[]:,#&*!|>%@`"\'-?\\\n\t $\0\u2028é'),
    fc.string({ unit: 'binary', minLength: 1, maxLength: 3 }),
  );
  fc.assert(
    fc.property(fc.constantFrom(...paths), fc.nat(), fc.nat(3), character, (path, where, length, inserted) => {
      const text = texts.get(path) as string;
      const at = where % text.length;
      const changed = text.slice(0, at) + inserted + text.slice(at + length);
      compileAnything(
        withFiles(fleet, { [path]: changed }),
        `${path} at ${at}: ${length} characters become ${JSON.stringify(inserted)}`,
        unharmed,
      );
    }),
    settings(40),
  );
}, 300_000);

it('mutated inside its expressions', () => {
  const places = [...texts].flatMap(([path, text]) =>
    [...text.matchAll(/\$\{[^}]+\}/g)].map((match) => ({ path, at: match.index, source: match[0] })),
  );
  expect(places.length).toBeGreaterThan(100);
  const word = fc.constantFrom(
    '',
    '.',
    '.?',
    '?',
    '(',
    ')',
    '"',
    "'",
    ' + ',
    ' ? ',
    ' : ',
    '[0]',
    '["x"]',
    '.size()',
    '.x',
    '1',
    '-',
    '!',
    ' in ',
    '{}',
    '..',
    '\\',
    'null',
    '.map(x, x)',
    '.orValue(1)',
  );
  fc.assert(
    fc.property(fc.nat(), fc.nat(), word, (which, where, inserted) => {
      const { path, at, source } = places[which % places.length] as (typeof places)[number];
      const text = texts.get(path) as string;
      const position = at + 2 + (where % (source.length - 2));
      const changed = text.slice(0, position) + inserted + text.slice(position + (where % 2));
      compileAnything(withFiles(fleet, { [path]: changed }), `${path} at ${at}: ${inserted} in ${source}`, unharmed);
    }),
    settings(40),
  );
}, 300_000);
