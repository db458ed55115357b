import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { editYaml } from '../../src/edit/edit-yaml.ts';
import { get, parse, pathsOf } from './read-document.ts';

const root = new URL('../../', import.meta.url);
const files = ['clusters', 'systems'].flatMap((folder) =>
  readdirSync(new URL(`${folder}/`, root), { recursive: true, encoding: 'utf8' })
    .filter((path) => (folder === 'clusters' ? /^[^/]+\/[^/]+\.yaml$/ : /^[^/]+\/system\.yaml$/).test(path))
    .map((path) => `${folder}/${path}`),
);

test('there are files to look at', () => {
  expect(files.length).toBeGreaterThan(12);
});

test.each(files)('%s: each value is changed where it stands, and nothing else', (file) => {
  const text = readFileSync(new URL(file, root), 'utf8');
  const plain = parse(text);
  const lines = text.split('\n');
  const scalars = pathsOf(plain).filter((path) => typeof get(plain, path) !== 'object');
  // A large file has the same styles in all of its parts.
  for (const path of scalars.filter((_, index) => index % Math.ceil(scalars.length / 12) === 0)) {
    const value = get(plain, path);
    const changed = typeof value === 'string' ? value.replace(/\w/, (sign) => (sign === 'x' ? 'y' : 'x')) : 7;
    const result = editYaml(text, [{ path, value: changed }]);
    if ('problem' in result) throw new Error(`${path.join('.')}: ${result.problem}`);
    const edited = result.text.split('\n');
    expect(edited.length, path.join('.')).toBe(lines.length);
    expect(edited.filter((line, index) => line !== lines[index]).length, path.join('.')).toBe(changed === value ? 0 : 1);
    expect(get(parse(result.text), path)).toEqual(changed);
    expect(editYaml(result.text, [{ path, value }])).toEqual({ text });
  }
});

test.each(files)('%s: a key more in each map, and away again', (file) => {
  const text = readFileSync(new URL(file, root), 'utf8');
  const plain = parse(text);
  const maps = pathsOf(plain).filter((path) => {
    const value = get(plain, path);
    return typeof value === 'object' && value !== null && !Array.isArray(value) && Object.keys(value).length > 0;
  });
  for (const map of maps.filter((_, index) => index % Math.ceil(maps.length / 8) === 0)) {
    const path = [...map, 'added'];
    const result = editYaml(text, [{ path, value: { here: '2.10' } }]);
    if ('problem' in result) throw new Error(`${path.join('.')}: ${result.problem}`);
    expect(get(parse(result.text), path)).toEqual({ here: '2.10' });
    expect(editYaml(result.text, [{ path, remove: true }])).toEqual({ text });
  }
});

test.each(files)('%s: what is there already is not written otherwise', (file) => {
  const text = readFileSync(new URL(file, root), 'utf8');
  expect(editYaml(text, [{ path: [], value: parse(text) }])).toEqual({ text });
});
