import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';
import { compiler, schemas } from '../../src/build-facts.ts';
import { diagnosticCodes } from '../../src/diagnostics/codes.ts';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import { formatDiagnostic } from '../../src/diagnostics/format-diagnostic.ts';
import { run } from '../../src/run.ts';
import { listCases, readTree, updating, writeTree } from '../golden/case-folders.ts';

const folder = fileURLToPath(new URL('.', import.meta.url));
const root = fileURLToPath(new URL('../..', import.meta.url));
const codes = Object.keys(diagnosticCodes).sort();
const casesOfCodes = listCases(join(folder, 'codes'));

describe('each code by itself', () => {
  test.each(casesOfCodes)('%s', async (code) => {
    const diagnostics = await diagnosticsOf(join('codes', code));
    expect([...new Set(diagnostics.map((diagnostic) => diagnostic.code))]).toEqual([code]);
  });
});

describe('many problems in one run', () => {
  test.each(listCases(join(folder, 'together')))('%s', async (name) => {
    const diagnostics = await diagnosticsOf(join('together', name));
    const places = diagnostics.map(({ place, code, message }) => [place.file.path, place.start, code, message].join('\n'));
    expect(new Set(places).size, 'each is reported once').toBe(places.length);
    const paths = diagnostics.map(({ place }) => place.file.path);
    expect(paths, 'by file').toEqual([...paths].sort());
    for (const [index, { place }] of diagnostics.entries()) {
      const next = diagnostics[index + 1]?.place;
      if (next?.file.path === place.file.path) expect(next.start, 'by place').toBeGreaterThanOrEqual(place.start);
    }
  });
});

test('every code has a case, and every case a code', () => {
  expect(casesOfCodes).toEqual(codes);
});

test('docs/diagnostics.md has every code and no other', () => {
  const documented = [...readFileSync(join(root, 'docs/diagnostics.md'), 'utf8').matchAll(/^## `(.+)`$/gm)];
  expect(documented.map((match) => match[1])).toEqual(codes);
});

test('docs/diagnostics.md shows what the cases show', () => {
  execFileSync(process.execPath, [join(root, 'scripts/docs/write-diagnostics.mjs'), ...(updating ? [] : ['--check'])], {
    stdio: 'pipe',
  });
});

/** Runs a case as a fleet on disk, since some problems lie in what is there already; nothing may be written. */
async function diagnosticsOf(name: string): Promise<readonly Diagnostic[]> {
  const input = readTree(join(folder, name, 'input'));
  const fleet = mkdtempSync(join(tmpdir(), 'stowage-diagnostics-'));
  try {
    writeTree(fleet, input);
    const { diagnostics } = await run({
      fleet,
      mode: 'check',
      verify: false,
      overwrite: [],
      selected: () => true,
      options: { compiler, schemas },
      environment: {},
    });
    expect([...readTree(fleet).keys()], 'nothing is written').toEqual([...input.keys()]);
    const text = `${diagnostics.map((diagnostic) => formatDiagnostic(diagnostic)).join('\n\n')}\n`;
    const expected = join(folder, name, 'expected.txt');
    if (updating) writeFileSync(expected, text);
    expect(existsSync(expected), 'this case has no expected.txt; UPDATE_CASES=1 writes it').toBe(true);
    expect(text).toBe(readFileSync(expected, 'utf8'));
    return diagnostics;
  } finally {
    rmSync(fleet, { recursive: true, force: true });
  }
}
