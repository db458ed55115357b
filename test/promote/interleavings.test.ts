import fc from 'fast-check';
import { test } from 'vitest';
import { settings } from '../support/fast-check-settings.ts';
import { gitHost } from './support/git-host.ts';
import type { Host } from './support/host.ts';
import { memoryMergingHost } from './support/memory-merging-host.ts';
import { playSchedule } from './support/play-schedule.ts';
import { proveFinally } from './support/prove-finally.ts';
import { schedule } from './support/step.ts';

/**
 * `FC_SHRINK=1` looks for the shortest schedule that fails; what happened in it stands in the error. Many more are
 * played with `FC_RUNS=10 FC_SEED=$RANDOM`.
 */
function holds(runs: number, steps: number, openHost: (now: () => number) => Promise<Host> | Host): Promise<void> {
  const property = fc.asyncProperty(schedule(steps), (drawn) => playSchedule(drawn, openHost, proveFinally));
  return Promise.resolve(fc.assert(property, settings(runs)));
}

const timeout = 1_200_000;

test('whatever happens in between, production runs what staging had, as it was shown, meant and proven', { timeout }, () =>
  holds(100, 16, memoryMergingHost),
);

test('and so it is with a real repository', { timeout }, () => holds(3, 12, gitHost));
