import type { Host } from './host.ts';
import type { Schedule } from './step.ts';
import { takeStep } from './take-step.ts';
import { watch } from './watch.ts';
import { openWorld, type World } from './world.ts';

/** One step after the other, with a look at everything after each; what goes wrong says what went before. */
export async function playSchedule(
  { staging, steps }: Schedule,
  openHost: (now: () => number) => Promise<Host> | Host,
  finish: (world: World) => Promise<void>,
): Promise<void> {
  const world = await openWorld(openHost, staging);
  const { look } = watch(world);
  try {
    for (const step of steps) {
      const told = await takeStep(step, world);
      world.log.push(`${JSON.stringify(step)} → ${told}`);
      await look();
    }
    await finish(world);
  } catch (error) {
    const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
    throw new Error(`${text}\nafter\n${world.log.join('\n')}`);
  } finally {
    world.host.close();
  }
}
