import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { settings } from '../fast-check-settings.ts';
import { type Files, writeFiles } from '../fleet-files.ts';
import { arbitraryFleet, type FleetPlan, printFleet } from './arbitrary-fleet.ts';

/** Holds a property against so many random fleets; the one that breaks it is left in a folder to look at. */
export async function everyFleet(
  runs: number,
  check: (files: Files, plan: FleetPlan) => void | Promise<void>,
  options: { readonly environments?: number } = {},
): Promise<void> {
  const property = fc.asyncProperty(arbitraryFleet(options), async (plan) => {
    const files = printFleet(plan);
    try {
      await check(files, plan);
    } catch (error) {
      const folder = mkdtempSync(join(tmpdir(), 'stowage-counterexample-'));
      writeFiles(folder, files);
      throw new Error(`${(error as Error).message}\nThe fleet lies in ${folder}`, { cause: error });
    }
  });
  await fc.assert(property, settings(runs));
}
