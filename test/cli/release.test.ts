import { appendFileSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
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

const edits: [problem: string, code: string, edit: (text: string) => string][] = [
  ['a misspelt parameter', 'expression-type', (text) => text.replace('parameters.domain', 'parameters.domian')],
  ['an expression that is none', 'expression-syntax', (text) => text.replace('parameters.domain}', 'parameters.domain')],
  ['a misspelt component', 'unknown-component', (text) => text.replace('replicas: 1', 'replicas: 1\n      needs: [webb]')],
  ['a misspelt group', 'unknown-reference', (text) => text.replace('replicas: 1', 'replicas: 1\n      env: {$from: comon}')],
  [
    'a file that is not there',
    'unknown-reference',
    (text) =>
      text
        .replace('  components:', '  config: {nginx: {nginx.conf: {file: nginx.conf}}}\n  components:')
        .replace('replicas: 1', 'replicas: 1\n      volumes: {nginx: {config: nginx, mountPath: /etc/nginx}}'),
  ],
  [
    'a field that Kubernetes does not know',
    'unknown-kubernetes-field',
    (text) => `${text}  objects: {extra: {apiVersion: v1, kind: ConfigMap, metadata: {name: extra}, dta: {a: b}}}\n`,
  ],
  ['a link among its files', 'misplaced-file', (text) => text],
  [
    'a circle',
    'dependency-cycle',
    (text) =>
      `${text.replace('replicas: 1', 'replicas: 1\n      needs: [worker]')}    worker: {image: "example/worker:1.0.0", needs: [web]}\n`,
  ],
  [
    'a password in plain text',
    'plaintext-secret',
    (text) => text.replace('replicas: 1', 'replicas: 1\n      env: {DB_PASSWORD: hunter2-Tr0ub4dor}'),
  ],
];

test.each(edits)('a head with %s is not frozen', (problem, code, edit) => {
  const fleet = temporaryFolder(smallFleet);
  const head = join(fleet, 'systems/shop/system.yaml');
  writeFileSync(head, edit(readFileSync(head, 'utf8')));
  if (problem.startsWith('a link')) {
    mkdirSync(join(fleet, 'systems/shop/files'));
    symlinkSync(head, join(fleet, 'systems/shop/files/link'));
  }
  const before = readTree(fleet, { own: true });
  const refused = stowage(['release', 'shop', '1.0.0'], { in: fleet });
  expect(refused).toMatchObject({ code: 1, out: '' });
  expect(refused.err).toContain(`[${code}]`);
  expect(refused.err).toContain('systems/shop/');
  expect(refused.err).toMatch(/^a System with problems is not frozen\n$/m);
  expect(readTree(fleet, { own: true })).toEqual(before);
});

test('problems of another System, or of a frozen release, keep no head from being frozen', () => {
  const fleet = frozenFleet();
  for (const path of [`${folder}/system.yaml`, 'systems/stock/system.yaml']) appendFileSync(join(fleet, path), '    broken: 1\n');
  expect(stowage(['release', 'shop', '2.0.0'], { in: fleet })).toMatchObject({ code: 0, err: '' });
});

test('an edited release that nobody committed may be made anew', () => {
  const fleet = frozenFleet();
  appendFileSync(join(fleet, folder, 'system.yaml'), '# an edit\n');
  const { err } = stowage(['compile', '--no-verify'], { in: fleet });
  expect(err).toContain('where it is not in git yet, remove the folder and run `stowage release shop 1.0.0` again');
  rmSync(join(fleet, folder), { recursive: true });
  expect(stowage(['release', 'shop', '1.0.0'], { in: fleet }).code).toBe(0);
  expect(stowage(['compile', '--no-verify'], { in: fleet }).code).toBe(0);
});
