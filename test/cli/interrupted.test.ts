import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readTree, repository, temporaryFolder } from '../support/fleet-files.ts';
import { smallFleet } from '../support/small-fleet.ts';

/** Interrupts the process as soon as it does not listen any more: when it begins to compute, or ends. */
const preload = join(temporaryFolder(), 'interrupt.cjs');
writeFileSync(
  preload,
  `process.on('removeListener', (name) => { if (name === 'SIGINT' && process.listenerCount(name) === 0) process.kill(process.pid, name); });`,
);

describe.skipIf(process.platform === 'win32')('an interrupt while nothing but the processor works', () => {
  test.each([
    ['compile'],
    ['compile --check'],
    ['compile --what-if kubernetes=1.34'],
    ['verify'],
    ['why prod/shop/Deployment/shop-web#spec.replicas'],
    ['footprint'],
    ['graph prod/shop'],
    ['seal --status'],
    ['plan --environments dev..prod'],
    ['report --offline'],
  ])('`%s` ends at once, having said and written nothing', (words) => {
    const fleet = temporaryFolder(smallFleet);
    const { signal, stdout, stderr } = spawnSync(
      process.execPath,
      ['--require', preload, join(repository, 'bin/stowage.cjs'), ...words.split(' ')],
      { cwd: fleet, encoding: 'utf8' },
    );
    expect({ signal, stdout, stderr }).toEqual({ signal: 'SIGINT', stdout: '', stderr: '' });
    expect(readTree(fleet)).toEqual(smallFleet);
  });
});
