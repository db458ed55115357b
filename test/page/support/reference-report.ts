import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { repository } from '../../support/fleet-files.ts';
import { stowage } from '../../support/run-cli.ts';
import { changeFleet, copyReferenceFleet } from './changed-fleet.ts';

/** The reference fleet in a new folder, with changes that nobody has committed and the drift of some weeks. */
export function makeReferenceReport(folder: string, env: NodeJS.ProcessEnv = {}): { fleet: string; report: string } {
  const fleet = join(folder, 'fleet');
  copyReferenceFleet(fleet);
  changeFleet(fleet);
  cpSync(join(repository, 'test/page/runs'), join(fleet, 'runs'), { recursive: true });
  const report = join(folder, 'report.html');
  const { code, err } = stowage(['report', '--drift', 'runs', '-o', report], { in: fleet, env });
  if (code !== 0) throw new Error(`the report of the reference fleet could not be made:\n${err}`);
  return { fleet, report };
}
