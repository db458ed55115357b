import { appendFileSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readTree, temporaryFolder } from '../support/fleet-files.ts';
import { stowage } from '../support/run-cli.ts';
import { smallFleet } from '../support/small-fleet.ts';

const folder = 'systems/shop/releases/1.0.0';

function frozenFleet(): string {
  const fleet = temporaryFolder(smallFleet);
  const prod = join(fleet, 'clusters/prod/prod.yaml');
  expect(stowage(['release', 'shop', '1.0.0'], { in: fleet })).toEqual({
    code: 0,
    out: `froze shop as ${folder}; \`stowage compile\` writes base/shop/1.0.0\n`,
    err: '',
  });
  writeFileSync(prod, readFileSync(prod, 'utf8').replace('    shop:\n', '    shop:\n      release: 1.0.0\n'));
  return fleet;
}

test('a release is the head, byte for byte, and compiles', () => {
  const fleet = frozenFleet();
  expect(readFileSync(join(fleet, folder, 'system.yaml'), 'utf8')).toBe(smallFleet.get('systems/shop/system.yaml'));
  expect(stowage(['compile', '--no-verify'], { in: fleet })).toMatchObject({
    code: 0,
    out: expect.stringContaining('create base/shop/1.0.0/web.yaml'),
    err: '',
  });
});

test('a release is frozen once', () => {
  const fleet = frozenFleet();
  appendFileSync(join(fleet, 'systems/shop/system.yaml'), '# an edit of the head\n');
  const before = readTree(fleet);
  const { code, out, err } = stowage(['release', 'shop', '1.0.0'], { in: fleet });
  expect({ code, out }).toEqual({ code: 2, out: '' });
  expect(err).toContain(`${folder} exists already, and a release never changes`);
  expect(readTree(fleet)).toEqual(before);
});

test('an edit of the head leaves what runs the release alone', () => {
  const fleet = frozenFleet();
  stowage(['compile', '-q', '--no-verify'], { in: fleet });
  const before = [...readTree(fleet)].filter(([path]) => /^(base\/shop\/1|overlays\/prod)/.test(path));
  const head = join(fleet, 'systems/shop/system.yaml');
  writeFileSync(head, readFileSync(head, 'utf8').replace('8080', '9090'));
  const { code, out } = stowage(['compile', '--no-verify'], { in: fleet });
  expect(code).toBe(0);
  expect(out).toContain('update base/shop/head/web.yaml');
  expect([...readTree(fleet)].filter(([path]) => /^(base\/shop\/1|overlays\/prod)/.test(path))).toEqual(before);
});

test.each([
  ['edited', (path: string) => writeFileSync(path, readFileSync(path, 'utf8').replace('replicas: 1', 'replicas: 2'))],
  ['removed', (path: string) => rmSync(path)],
])('a release whose description was %s is refused', (_, change) => {
  const fleet = frozenFleet();
  change(join(fleet, folder, 'system.yaml'));
  const before = readTree(fleet);
  const { code, out, err } = stowage(['compile', '--no-verify'], { in: fleet });
  expect({ code, out }).toEqual({ code: 1, out: '' });
  expect(err).toContain(folder);
  expect(readTree(fleet)).toEqual(before);
});

test.each([
  ['edited', (path: string) => writeFileSync(path, readFileSync(path, 'utf8').replace(/sha256:.{8}/, 'sha256:00000000'))],
  ['removed', (path: string) => rmSync(path)],
])('a seal that was %s is told where all else was compiled before', (_, change) => {
  const fleet = frozenFleet();
  stowage(['compile', '-q', '--no-verify'], { in: fleet });
  change(join(fleet, folder, 'release.yaml'));
  const { code, err } = stowage(['compile', '--no-verify'], { in: fleet });
  expect(code).toBe(1);
  expect(err).toContain('[release-edited]');
});

test('a System that is not there, or a name that is none, freezes nothing', () => {
  const fleet = temporaryFolder(smallFleet);
  const unknown = stowage(['release', 'shp', '1.0.0'], { in: fleet });
  expect(unknown.code).toBe(2);
  expect(unknown.err).toContain('did you mean `shop`?');
  for (const name of ['head', '../2', 'a b', '']) expect(stowage(['release', 'shop', name], { in: fleet }).code, name).toBe(2);
  expect(readTree(fleet)).toEqual(smallFleet);
});
