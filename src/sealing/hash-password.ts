import type { Generated, Siblings } from './generate.ts';

const usualCost = 10;
/** Below 4 there is no bcrypt; each step doubles the time, and 16 is some ten seconds. */
const costs = [4, 16] as const;
const mostBytes = 72;

/** bcrypt of a sibling's value. What bcrypt would quietly cut is refused: two passwords would open one door. */
export async function hashPassword(source: string, cost = usualCost, siblings: Siblings): Promise<Generated> {
  const value = siblings(source);
  if (value === undefined) return { missing: source };
  const [least, most] = costs;
  if (!Number.isInteger(cost) || cost < least || cost > most) {
    return { refused: `the cost of bcrypt is a whole number from ${least} to ${most}, not ${cost}` };
  }
  if (value.length > mostBytes) {
    return { refused: `\`${source}\` is longer than ${mostBytes} bytes, and bcrypt would not see the rest of it` };
  }
  if (value.includes(0)) return { refused: `\`${source}\` holds a NUL byte, and many a bcrypt stops there` };
  const password = textOf(value);
  if (password === undefined) return { refused: `\`${source}\` is no text in UTF-8, and a password that bcrypt hashes is one` };
  // Few systems need it: loaded when one does.
  const { hash } = await import('bcryptjs');
  return { value: Buffer.from(await hash(password, cost)) };
}

function textOf(value: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(value);
  } catch {
    return undefined;
  }
}
