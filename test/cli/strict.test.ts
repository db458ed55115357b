import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readTree, repository, temporaryFolder } from '../support/fleet-files.ts';
import { stowage } from '../support/run-cli.ts';

/** A protected environment whose secret nobody has sealed: one warning. */
const input = readTree(join(repository, 'test/diagnostics/codes/unsealed-secret/input'));

describe('compile --strict', () => {
  test('takes a warning for an error and writes nothing', () => {
    const fleet = temporaryFolder(input);
    const { code, err } = stowage(['compile', '--strict', '--no-verify'], { in: fleet });
    expect(code).toBe(1);
    expect(err).toContain(': error: shop has no value for `password` of secret `db` [unsealed-secret]');
    expect(err).toContain('1 error; nothing was written');
    expect(readTree(fleet)).toEqual(input);
  });

  test('also of what was compiled and is up to date, and with --check', () => {
    const fleet = temporaryFolder(input);
    const relaxed = stowage(['compile', '--no-verify'], { in: fleet });
    expect([relaxed.code, relaxed.err]).toEqual([0, expect.stringContaining(': warning: shop has no value for ')]);
    expect(stowage(['compile', '--check', '--no-verify'], { in: fleet }).code).toBe(0);
    const strict = stowage(['compile', '--check', '--strict', '--no-verify', '--json'], { in: fleet });
    expect(strict.code).toBe(1);
    expect(JSON.parse(strict.out)).toMatchObject({ ok: false, diagnostics: [{ code: 'unsealed-secret', severity: 'error' }] });
  });

  test('says nothing of environments that were not selected', () => {
    const fleet = temporaryFolder(
      new Map([
        ...input,
        [
          'clusters/dev/other.yaml',
          'apiVersion: stowage.dev/v1\nkind: Environment\nmetadata: { name: other }\nspec: { systems: { shop: { namespace: other } } }\n',
        ],
      ]),
    );
    expect(stowage(['compile', '--strict', '--no-verify', '-e', 'other'], { in: fleet })).toMatchObject({ code: 0, err: '' });
    expect(stowage(['compile', '--strict', '--no-verify', '-e', 'dev', '-e', 'other'], { in: fleet }).code).toBe(1);
  });

  test('has nothing to say where there is no warning', () => {
    const fleet = temporaryFolder();
    expect(stowage(['init', '.'], { in: fleet }).code).toBe(0);
    expect(stowage(['compile', '--strict', '--no-verify'], { in: fleet })).toMatchObject({ code: 0, err: '' });
  });
});
