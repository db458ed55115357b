import { mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { generatedOf, readTree, temporaryFolder, withFiles } from '../support/fleet-files.ts';
import { mediumFleet, smallFleet } from '../support/medium-fleet.ts';
import { stowage } from '../support/run-cli.ts';

const place = /^\S+:\d+:\d+: (error|warning): /m;

describe('links among the inputs', () => {
  it.each([
    ['a file', 'systems/shop/files/run.sh', 'passwd'],
    ['a folder', 'systems/shop/files', ''],
    ['a System', 'systems/shop/system.yaml', 'passwd'],
    ['all systems', 'systems', ''],
    ['a cluster', 'clusters/east', ''],
    ['the fleet file', 'stowage.yaml', 'passwd'],
    ['a sealed secret', 'clusters/east/sealed/one/shop/login.yaml', 'passwd'],
  ])('%s that leads out is refused, and what it leads to is not shown', (_, path, target) => {
    const outside = temporaryFolder(new Map([['passwd', 'kind: System\nroot: TOPSECRET\n']]));
    const folder = temporaryFolder(mediumFleet());
    rmSync(join(folder, path), { recursive: true });
    symlinkSync(join(outside, target), join(folder, path));
    const { code, out, err } = stowage(['compile', '--no-verify', '--fleet', '.'], { in: folder });
    expect(err).toMatch(place);
    expect(err).toMatch(/misplaced-file/);
    expect(code).toBe(1);
    expect(out + err).not.toContain('TOPSECRET');
    expect(generatedOf(readTree(folder)).size).toBe(0);
    expect([...readTree(outside).keys()]).toEqual(['passwd']);
  });
});

describe('links among the generated folders', () => {
  it.each(['base', 'overlays', 'overlays/dev', 'argocd/dev/root.yaml', 'base/hello/head/web.yaml'])(
    '%s is not written through',
    (path) => {
      const outside = temporaryFolder(new Map([['precious', 'mine']]));
      const folder = temporaryFolder(smallFleet());
      expect(stowage(['compile', '--no-verify'], { in: folder }).code).toBe(0);
      rmSync(join(folder, path), { recursive: true });
      symlinkSync(path.endsWith('.yaml') ? join(outside, 'precious') : outside, join(folder, path));
      const before = readTree(folder);
      const { code, err } = stowage(['compile', '--no-verify'], { in: folder });
      expect(code).toBe(3);
      expect(err).toContain(path);
      expect(err).not.toMatch(/\n {4}at /);
      expect(readTree(folder)).toEqual(before);
      expect(readTree(outside)).toEqual(new Map([['precious', 'mine']]));
    },
  );

  it.each(['.stowage', '.stowage/staging'])('%s is neither emptied nor written through', (path) => {
    const outside = temporaryFolder(
      new Map([
        ['precious/diary.txt', 'mine'],
        ['1-old/letter.txt', 'mine'],
      ]),
    );
    const folder = temporaryFolder(smallFleet());
    if (path.includes('/')) mkdirSync(join(folder, '.stowage'));
    symlinkSync(outside, join(folder, path));
    const { code, err } = stowage(['compile', '--no-verify'], { in: folder });
    expect(err).not.toMatch(/\n {4}at /);
    expect(readTree(outside)).toEqual(
      new Map([
        ['1-old/letter.txt', 'mine'],
        ['precious/diary.txt', 'mine'],
      ]),
    );
    expect(code).toBe(3);
    expect(err).toContain(path);
  });
});

it('shows no stack trace and writes nothing, whatever is wrong with the description', () => {
  const wrong: Record<string, string | Uint8Array>[] = [
    { 'stowage.yaml': '' },
    { 'systems/shop/system.yaml': new Uint8Array([0, 1, 2, 0xff]) },
    { 'systems/shop/system.yaml': `a: ${'['.repeat(5_000)}` },
    { 'systems/shop/system.yaml': 'a: &a [*a]\n' },
    { 'systems/shop/system.yaml': '__proto__: {a: 1}\n' },
    { 'clusters/east/one.yaml': 'kind: Environment\n' },
    { 'clusters/east/one.yaml': '\u001b[31mred\u001b[0m: 1\n' },
    { 'systems/shop/files/run.sh': new Uint8Array(3_000_000) },
    { 'clusters/lonely/one.yaml': mediumFleet().get('clusters/east/one.yaml') as string },
  ];
  for (const change of wrong) {
    const folder = temporaryFolder(withFiles(mediumFleet(), change));
    const before = readTree(folder, { own: true });
    for (const words of [
      ['compile', '--no-verify'],
      ['verify', '-q'],
    ]) {
      const { code, out, err } = stowage(words, { in: folder });
      expect(err, words.join(' ')).toMatch(place);
      expect(out + err).not.toMatch(/\n {4}at |internal error|\u001b/);
      expect(code).toBe(1);
    }
    expect(readTree(folder, { own: true })).toEqual(before);
  }
});
