import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { compileClean } from '../support/compile-fleet.ts';
import { seed, settings } from '../support/fast-check-settings.ts';
import { generatedOf, readTree, repository, temporaryFolder, writeFiles } from '../support/fleet-files.ts';
import { arbitraryFleet, printFleet } from '../support/fleets/arbitrary-fleet.ts';

it('gives the same bytes when compiled again, and when its inputs come in another order', () => {
  fc.assert(
    fc.property(arbitraryFleet(), fc.infiniteStream(fc.nat()), (plan, numbers) => {
      const files = printFleet(plan);
      const { outputs } = compileClean(files);
      const shuffled = [...files].map((entry) => [numbers.next().value as number, entry] as const).sort(([a], [b]) => a - b);
      expect(compileClean(files).outputs).toEqual(outputs);
      const others = compileClean(new Map(shuffled.map(([, entry]) => entry))).outputs;
      expect([...others].sort()).toEqual([...outputs].sort());
    }),
    settings(30),
  );
});

const settingsOfMachines = [
  { TZ: 'Pacific/Kiritimati', LANG: 'tr_TR.UTF-8', LC_ALL: 'tr_TR.UTF-8' },
  { TZ: 'America/St_Johns', LANG: 'C', LC_ALL: 'C' },
];

it('gives the same bytes in another folder, time zone and locale', () => {
  const plans = fc.sample(arbitraryFleet(), { seed, numRuns: 6 });
  for (const [index, plan] of plans.entries()) {
    const files = printFleet(plan);
    const environment = settingsOfMachines[index % settingsOfMachines.length];
    const folder = join(temporaryFolder(), 'a folder', 'ünïcode');
    writeFiles(folder, files);
    execFileSync(process.execPath, [join(repository, 'bin/stowage.cjs'), 'compile', '--no-verify', '--quiet'], {
      cwd: folder,
      env: { ...process.env, ...environment },
    });
    const inMemory = new Map([...compileClean(files).outputs].sort());
    expect(new Map([...generatedOf(readTree(folder))].sort())).toEqual(inMemory);
  }
});
