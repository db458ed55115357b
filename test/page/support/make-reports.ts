import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { makeReferenceReport } from './reference-report.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** A report of the reference fleet with changes that nobody has committed. */
    report: string;
    /** The fleet that it is of. */
    fleet: string;
  }
}

/** What most tests of the page look at is made once. */
export default function setup(project: TestProject): void {
  const { fleet, report } = makeReferenceReport(mkdtempSync(join(tmpdir(), 'stowage-page-')));
  project.provide('report', report);
  project.provide('fleet', fleet);
}
