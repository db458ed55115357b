import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { expectedObjects, identityOf } from '../../src/compile/expected-objects.ts';
import { type CompileResult, compile } from '../../src/index.ts';
import type { PlainObject } from '../../src/model/desired-object.ts';
import { Failure } from '../../src/store/fail.ts';
import { findKustomize } from '../../src/verify/find-kustomize.ts';
import { verifyOverlays } from '../../src/verify/verify-overlays.ts';
import { listCases, readTree, replaceTree, updating, writeTree } from './case-folders.ts';

const casesFolder = fileURLToPath(new URL('../cases', import.meta.url));
const cases = listCases(casesFolder);
const kustomize = await findKustomize(process.env).catch((error: unknown) => {
  if (error instanceof Failure) return error;
  throw error;
});

describe.each(cases)('%s', (name) => {
  const folder = join(casesFolder, name);
  const result = compile(readTree(join(folder, 'input')));

  test('compiles to the expected tree', () => {
    expect(problemsOf(result)).toEqual([]);
    if (updating) replaceTree(join(folder, 'expected'), result.files);
    const expected = texts(readTree(join(folder, 'expected')));
    expect(expected.size, 'this case has no expected/; UPDATE_CASES=1 writes it').toBeGreaterThan(0);
    expect([...result.files.keys()].sort(), 'the files of the tree').toEqual([...expected.keys()]);
    for (const [path, text] of expected) expect(result.files.get(path), `expected/${path}`).toBe(text);
  });

  if (kustomize instanceof Failure) test.skip(`kustomize agrees: ${kustomize.message}`, () => {});
  else
    test('kustomize agrees', async () => {
      const staged = mkdtempSync(join(tmpdir(), 'stowage-golden-'));
      try {
        writeTree(staged, result.files);
        const overlays = [...result.objects].map(([overlay, objects]) => ({
          name: `overlays/${overlay}`,
          environment: overlay.split('/')[0] as string,
          expected: expectedObjects(objects),
        }));
        const { mismatches, verified } = await verifyOverlays({ folder: staged, overlays, kustomize });
        for (const { overlay, built, ...problem } of mismatches) {
          const meant = result.objects.get(overlay.replace('overlays/', '')) ?? [];
          expect(byIdentity(built, problem.different), overlay).toEqual(byIdentity(meant, problem.different));
          expect(problem, overlay).toBeUndefined();
        }
        expect(verified.length, 'a case without an overlay proves nothing').toBeGreaterThan(0);
      } finally {
        rmSync(staged, { recursive: true, force: true });
      }
    });
});

test.runIf(process.env.CI === 'true')('kustomize is there where everything must be checked', () => {
  expect(kustomize).not.toBeInstanceOf(Failure);
});

test('there are cases', () => {
  expect(cases.length).toBeGreaterThan(0);
});

function byIdentity(objects: readonly PlainObject[], wanted: readonly string[]): Record<string, PlainObject> {
  return Object.fromEntries(objects.map((object) => [identityOf(object), object] as const).filter(([id]) => wanted.includes(id)));
}

function texts(files: ReadonlyMap<string, Uint8Array>): Map<string, string> {
  return new Map([...files].map(([path, content]) => [path, new TextDecoder().decode(content)]));
}

/** Warnings too: a golden case shows the language as it should be used. */
function problemsOf(result: CompileResult): string[] {
  return result.diagnostics.map(({ file, line, column, code, message }) => `${file}:${line}:${column}: ${message} [${code}]`);
}
