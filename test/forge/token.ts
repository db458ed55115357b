import { inspect } from 'node:util';
import { afterEach, beforeEach, expect, vi } from 'vitest';

/** Found nowhere but where it was searched for. */
export const token = 'ghp_throwaway0123456789throwaway';

/** All that a thing holds, however deep: what a debugger or a log of a crash would show. */
export function allOf(thing: unknown): string {
  return inspect(thing, { depth: null, showHidden: true, maxStringLength: null, maxArrayLength: null, getters: true });
}

export function expectNoToken(thing: unknown, secret = token): void {
  const text = allOf(thing);
  for (const form of [secret, Buffer.from(secret).toString('base64'), encodeURIComponent(secret)])
    expect(text).not.toContain(form);
}

/** What the code under test throws, after it was searched for the token. */
export async function thrownBy(work: Promise<unknown>): Promise<Error & { hint?: string }> {
  const error = await work.then(
    () => expect.fail('nothing was thrown'),
    (thrown: unknown) => thrown,
  );
  expect(error).toBeInstanceOf(Error);
  expectNoToken(error);
  return error as Error;
}

/** Every test of the file fails that prints anything. */
export function printNothing(): void {
  const printed: unknown[] = [];
  beforeEach(() => {
    printed.length = 0;
    for (const method of ['log', 'info', 'warn', 'error', 'debug', 'trace'] as const)
      vi.spyOn(console, method).mockImplementation((...words) => void printed.push(words));
  });
  afterEach(() => {
    vi.restoreAllMocks();
    expect(printed).toEqual([]);
  });
}
