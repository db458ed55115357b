import { cpSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { repository } from '../../support/fleet-files.ts';
import { stowage } from '../../support/run-cli.ts';
import { changeFleet, copyReferenceFleet } from './changed-fleet.ts';

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
  const folder = mkdtempSync(join(tmpdir(), 'stowage-page-'));
  const fleet = join(folder, 'fleet');
  copyReferenceFleet(fleet);
  changeFleet(fleet);
  cpSync(join(repository, 'test/page/runs'), join(fleet, 'runs'), { recursive: true });
  const report = join(folder, 'report.html');
  const { code, err } = stowage(['report', '--drift', 'runs', '-o', report], { in: fleet });
  if (code !== 0) throw new Error(`the report of the reference fleet could not be made:\n${err}`);
  project.provide('report', report);
  project.provide('fleet', fleet);
}
