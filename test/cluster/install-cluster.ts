import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { repository } from '../support/fleet-files.ts';
import type { Installed } from './servers/installed.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where the servers are. */
    servers: Installed;
  }
}

/** Without the real things there is nothing to test: what is missing is built, and what cannot be built fails the run. */
export default function setup(project: TestProject): void {
  project.provide('servers', installCluster());
}

export function installCluster(): Installed {
  const missing = run('--missing').split('\n').filter(Boolean);
  const packages = missing.filter((part) => part.includes(' '));
  if (packages.length > 0) throw new Error(`install ${packages.join(', ')} first: npm run test:cluster runs it`);
  if (missing.length > 0)
    process.stderr.write(
      `the cluster of the tests lacks ${missing.join(', ')}: scripts/install-cluster.sh builds what is missing, all of it in half an hour on two cores\n`,
    );
  const lines = run().trim().split('\n');
  return Object.fromEntries(lines.map((line) => line.split(' '))) as Installed;
}

function run(...words: string[]): string {
  const { status, stdout } = spawnSync('bash', [join(repository, 'scripts/install-cluster.sh'), ...words], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (status !== 0) throw new Error('no cluster to test against: scripts/install-cluster.sh failed, and says why above');
  return stdout;
}
