import { setImmediate as nextTurn } from 'node:timers/promises';

/** Numbers that look random and are the same for the same start. */
export function randomFrom(start: number): () => number {
  let state = start >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

export interface Actor {
  /** Waits until it is this one's turn. */
  turn(): Promise<void>;
}

/** Lets actors take steps one at a time, in an order that chance chooses. */
export async function interleave(random: () => number, actors: readonly ((actor: Actor) => Promise<void>)[]): Promise<void> {
  const waiting: (() => void)[] = [];
  let running = actors.length;
  const ends = actors.map((act) =>
    act({ turn: () => new Promise((resolve) => waiting.push(resolve)) }).finally(() => {
      running -= 1;
    }),
  );
  const all = Promise.allSettled(ends);
  while (running > 0) {
    // Everybody else stands still: whoever can go on without a turn has done so by then.
    await nextTurn();
    if (waiting.length < running) continue;
    const [go] = waiting.splice(Math.floor(random() * waiting.length), 1);
    go?.();
  }
  for (const end of await all) if (end.status === 'rejected') throw end.reason;
}

type Methods = Record<string, unknown>;

/** The same object, with something before and after each of its methods that changes what others see. */
export function around<T extends object>(object: T, before: (name: string) => Promise<void>, after: (name: string) => void): T {
  return Object.fromEntries(
    Object.entries(object as Methods).map(([name, value]) => [
      name,
      typeof value !== 'function' || name === 'blobId'
        ? value
        : async (...words: unknown[]) => {
            await before(name);
            const result = await (value as (...words: unknown[]) => unknown)(...words);
            after(name);
            return result;
          },
    ]),
  ) as T;
}
