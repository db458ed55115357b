import { expect, test } from 'vitest';
import type { CompiledFleet } from '../support/compile-fleet.ts';
import { compileShop } from './compile-shop.ts';

const system = (content: string, profiles = '{}') =>
  `{ config: { app: { app.sh: ${content} } }, profiles: ${profiles}, components: { web: { image: "e/web:1", volumes: { app: { config: app, mountPath: /app } } } } }`;
const layer = (content: string) => `{ config: { app: { app.sh: ${content} } } }`;
const files = { 'app.sh': 'echo app', 'open.sh': 'echo ${HOME', 'typo.sh': 'echo ${system.nam}' };

/** Each problem as `file:line: message [code]`. */
function problemsOf({ diagnostics }: CompiledFleet): string[] {
  return diagnostics.map(({ place: { file, start }, message, code }) => {
    const line = file.text.slice(0, start).split('\n').length;
    return `${file.path}:${line}: ${message} [${code}]`;
  });
}

const unclosed = ['systems/shop/files/open.sh:1: `${` is never closed [expression-syntax]'];

test.each([
  ['the System', system('{ file: open.sh, expressions: true }'), '{}'],
  ['a profile', system('{ file: app.sh }', `{ open: ${layer('{ file: open.sh, expressions: true }')} }`), '{ profiles: [open] }'],
  ['an environment', system('{ file: app.sh }'), layer('{ file: open.sh, expressions: true }')],
  ['an environment, for a file of the System', system('{ file: open.sh }'), layer('{ expressions: true }')],
  [
    'an environment, where the System asks for expressions',
    system('{ file: app.sh, expressions: true }'),
    layer('{ file: open.sh }'),
  ],
  [
    'an environment, where a profile asks for expressions',
    system('{ file: app.sh }', `{ open: ${layer('{ expressions: true }')} }`),
    `{ profiles: [open], config: { app: { app.sh: { file: open.sh } } } }`,
  ],
])('an unclosed expression in a file that %s names is told', (_, spec, entry) => {
  expect(problemsOf(compileShop(spec, entry, files))).toEqual(unclosed);
});

test('an unclosed expression is told where only two profiles together evaluate the file', () => {
  const profiles = `{ asks: ${layer('{ expressions: true }')}, names: ${layer('{ file: open.sh }')} }`;
  const told = problemsOf(compileShop(system('{ file: app.sh }', profiles), '{ profiles: [asks, names] }', files));
  expect(told).toEqual(['systems/shop/system.yaml:4: `${` is never closed [expression-syntax]']);
});

test('expressions of a file that an environment names are held against the types', () => {
  const told = problemsOf(compileShop(system('{ file: app.sh }'), layer('{ file: typo.sh, expressions: true }'), files));
  expect(told).toEqual([expect.stringMatching(/typo\.sh:1: `system.nam`: .*nam.* \[expression-type\]$/)]);
});
