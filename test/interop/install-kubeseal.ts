import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { repository } from '../support/fleet-files.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Path of the program. */
    kubeseal: string;
  }
}

/** Without the real thing there is nothing to test: what is missing fails the run. */
export default function setup(project: TestProject): void {
  const { status, stdout, stderr } = spawnSync('bash', [join(repository, 'scripts/install-interop.sh')], { encoding: 'utf8' });
  if (status !== 0) throw new Error(`no kubeseal to test against: ${stderr?.trim()}`);
  project.provide('kubeseal', stdout.trim());
}
