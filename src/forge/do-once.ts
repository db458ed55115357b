import { type HostOptions, pause } from './host-options.ts';
import { HostTrouble } from './host-trouble.ts';

const attempts = 3;

/** Does what must not happen twice: where the answer is lost, it is looked up whether it has happened before it is asked again. */
export async function doOnce<Result>(
  ask: () => Promise<Result>,
  find: () => Promise<Result | undefined>,
  options: HostOptions,
): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await ask();
    } catch (error) {
      if (!(error instanceof HostTrouble && error.lost)) throw error;
      await pause(attempt, options);
      const found = await find();
      if (found !== undefined) return found;
      if (attempt === attempts) throw error;
    }
  }
}
