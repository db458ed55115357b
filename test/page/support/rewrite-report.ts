import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { inject } from 'vitest';
import type { DriftPart, ReportIndex } from '../../../src/report/report.ts';

interface Rewrites {
  readonly index?: (index: ReportIndex) => ReportIndex;
  readonly drift?: DriftPart;
}

/** The report of the reference fleet, with what that fleet does not have. */
export function rewriteReport({ index: change = (index) => index, drift }: Rewrites): string {
  const report = join(mkdtempSync(join(tmpdir(), 'stowage-rewritten-')), 'report.html');
  const index = JSON.stringify(change(JSON.parse(contentOf('index')))).replaceAll('<', '\\u003c');
  const changed = read().replace(contentOf('index'), () => index);
  writeFileSync(
    report,
    drift === undefined
      ? changed
      : changed.replace(contentOf('part:drift'), deflateRawSync(JSON.stringify(drift)).toString('base64')),
  );
  return report;
}

function read(): string {
  return readFileSync(inject('report'), 'utf8');
}

function contentOf(id: string): string {
  return new RegExp(`id="${id}">(.*?)</script>`, 's').exec(read())?.[1] ?? '';
}
