import fc from 'fast-check';
import { test } from 'vitest';
import { settings } from '../support/fast-check-settings.ts';
import { gitHost } from './support/git-host.ts';
import type { Host } from './support/host.ts';
import { memoryMergingHost } from './support/memory-merging-host.ts';
import { playSchedule } from './support/play-schedule.ts';
import { proveFinally } from './support/prove-finally.ts';
import { schedule } from './support/step.ts';

async function holds(runs: number, openHost: (now: () => number) => Promise<Host> | Host): Promise<void> {
  const counts = new Map<string, number>();
  const t0 = Date.now();
  const property = fc.asyncProperty(schedule(18), (drawn) =>
    playSchedule(drawn, openHost, async (w) => {
      await proveFinally(w);
      for (const l of w.log) {
        const [s, r] = l.split(' → ');
        const k = JSON.parse(s!).do + ' ' + r!.split(' ')[0]!.replace(/#\d+/, '#');
        counts.set(k, (counts.get(k) ?? 0) + 1);
      }
    }),
  );
  await fc.assert(property, settings(runs)).finally(() =>
    console.log(
      Date.now() - t0,
      [...counts]
        .sort()
        .map((x) => x.join(' '))
        .join('\n'),
    ),
  );
}

test('whatever happens in between, what is promoted was seen, was meant and is proven', { timeout: 600_000 }, () =>
  holds(Number(process.env.N ?? 100), memoryMergingHost),
);

test('and so it is with a real repository', { timeout: 600_000 }, () => holds(Number(process.env.M ?? 6), gitHost));
