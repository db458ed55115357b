import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Files, generatedOf, readTree, temporaryFolder, withFiles, writeFiles } from '../support/fleet-files.ts';
import { runCli } from '../support/kill-cli.ts';
import { smallFleet } from '../support/killed-fleet.ts';

const before = smallFleet;
/** From the one to the other there are files to create, to update and to remove, and folders that come and go. */
const after = withFiles(before, {
  'clusters/dev/demo.yaml': undefined,
  'clusters/dev/show.yaml': text('clusters/dev/demo.yaml')
    .replace('{name: demo}', '{name: show}')
    .replace('namespace: demo', 'namespace: show'),
  'systems/hello/system.yaml': text('systems/hello/system.yaml').replace('replicas: 3', 'replicas: 5'),
  'clusters/dev/dev.yaml': text('clusters/dev/dev.yaml').replace('hello.dev.example.com', 'hi.dev.example.com'),
});
const byHand = new Map([
  ['overlays/notes.txt', 'not generated\n'],
  ['overlays/dev/hello/mine.yaml', 'kind: Mine\n'],
  ['overlays/demo/hello/mine.yaml', 'kind: Mine\n'],
  ['NOTES.md', '# beside the fleet\n'],
  ['base.txt', 'beside\n'],
]);
const plain = ['compile', '--no-verify', '--quiet'];

describe('a killed compile', () => {
  const wanted = { before: undisturbed(before), after: undisturbed(before, after) };

  test('has something of every sort to do', () => {
    const [old, now] = [wanted.before, wanted.after].map(generatedOf) as [Map<string, string>, Map<string, string>];
    expect([...now.keys()].filter((path) => !old.has(path)).length).toBeGreaterThan(2);
    expect([...old.keys()].filter((path) => !now.has(path)).length).toBeGreaterThan(2);
    expect([...now].filter(([path, content]) => old.has(path) && old.get(path) !== content).length).toBeGreaterThan(1);
  });

  test.each([
    ['with what the run before it remembered', true],
    ['without', false],
  ])('is finished by the next one, %s', (_, remembering) => {
    const folder = startAt(before);
    let kills = 0;
    for (let n = 1; ; n += 1) {
      // There and back, so that each killed run starts from the memory of a whole one.
      const [old, now, inputs] = n % 2 === 1 ? [wanted.before, wanted.after, after] : [wanted.after, wanted.before, before];
      replaceInputs(folder, inputs);
      if (!remembering) rmSync(join(folder, '.stowage', 'memory'));
      const run = runCli(folder, plain, { STOWAGE_FAILPOINT: String(n) });
      if (run.signal !== 'SIGKILL') expect(run, `failpoint ${n}`).toMatchObject({ code: 0, err: '' });
      else kills += 1;
      expectWhole(readTree(folder), old, now, inputs, `killed at ${n}`);
      const next = runCli(folder, n === 5 && remembering ? ['compile', '--quiet'] : plain);
      expect(next, `after the kill at ${n}`).toMatchObject({ code: 0, err: '' });
      expect(readTree(folder), `after the kill at ${n}`).toEqual(now);
      expectNothingLeft(folder, `after the kill at ${n}`);
      if (run.signal !== 'SIGKILL') break;
    }
    // Each changed file or new folder, and the memory.
    expect(kills).toBeGreaterThan(5);
  });
});

test('a compile that is killed before it wrote anything else leaves no folder that the next one minds', () => {
  const folder = temporaryFolder(before);
  for (let n = 1; ; n += 1) {
    for (const root of ['base', 'overlays', 'argocd']) rmSync(join(folder, root), { recursive: true, force: true });
    rmSync(join(folder, '.stowage'), { recursive: true, force: true });
    const run = runCli(folder, plain, { STOWAGE_FAILPOINT: String(n) });
    expect(runCli(folder, plain), `after the kill at ${n}`).toMatchObject({ code: 0, err: '' });
    expect(readTree(folder), `after the kill at ${n}`).toEqual(readTree(fresh()));
    expectNothingLeft(folder, `after the kill at ${n}`);
    if (run.signal !== 'SIGKILL') break;
    // base, overlays, argocd and the memory.
    expect(n).toBeLessThan(5);
  }
});

function text(path: string): string {
  return String(before.get(path));
}

let freshFolder: string | undefined;
function fresh(): string {
  if (freshFolder !== undefined) return freshFolder;
  freshFolder = temporaryFolder(before);
  expect(runCli(freshFolder, plain)).toMatchObject({ code: 0 });
  return freshFolder;
}

/** Compiled once, and then things put there by hand. */
function startAt(inputs: Files): string {
  const folder = temporaryFolder(inputs);
  expect(runCli(folder, plain)).toMatchObject({ code: 0, err: '' });
  writeFiles(folder, byHand);
  return folder;
}

function undisturbed(...states: readonly Files[]): Map<string, string> {
  const folder = startAt(states[0] as Files);
  for (const inputs of states) {
    replaceInputs(folder, inputs);
    expect(runCli(folder, plain)).toMatchObject({ code: 0, err: '' });
  }
  return readTree(folder);
}

function replaceInputs(folder: string, inputs: Files): void {
  for (const root of ['systems', 'clusters']) rmSync(join(folder, root), { recursive: true });
  writeFiles(folder, inputs);
}

/** Generated files are the old or the new ones, byte for byte; everything else is as it was. */
function expectWhole(
  tree: ReadonlyMap<string, string>,
  old: ReadonlyMap<string, string>,
  now: ReadonlyMap<string, string>,
  inputs: Files,
  when: string,
): void {
  for (const [path, content] of [...byHand, ...inputs]) expect(tree.get(path), `${path}, ${when}`).toBe(content);
  for (const [path, content] of tree) {
    expect([old.get(path), now.get(path)], `${path}, ${when}`).toContain(content);
  }
  for (const path of old.keys()) {
    if (now.has(path)) expect(tree.has(path), `${path}, ${when}`).toBe(true);
  }
}

function expectNothingLeft(folder: string, when: string): void {
  const staging = join(folder, '.stowage', 'staging');
  expect(existsSync(staging) ? readdirSync(staging) : [], when).toEqual([]);
  expect(readdirSync(join(folder, '.stowage')).sort(), when).toEqual(['.gitignore', 'memory', 'staging']);
}
