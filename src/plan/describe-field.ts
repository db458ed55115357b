import type { FieldChange } from './plan.ts';

const longest = 160;

/** A change in one line: what it was and what it is. */
export interface FieldWords {
  readonly sign: '+' | '-' | '~';
  readonly path: string;
  readonly before?: string;
  readonly after?: string;
  /** In place of both. */
  readonly note?: string;
}

const notes = {
  sealed: 'a value is sealed',
  removed: 'its value is gone',
  're-encrypted': 're-encrypted; the value is the same',
  'new value': 'a new value',
  'new ciphertext': 'a new ciphertext; whether the value is new is not known',
} as const;

export function describeField(change: FieldChange): FieldWords {
  const { path, action, before, after, diff, what } = change;
  const sign = action === 'add' || what === 'sealed' ? '+' : action === 'remove' || what === 'removed' ? '-' : '~';
  if (what !== undefined) return { sign, path, note: notes[what] };
  if (diff !== undefined) return { sign, path };
  if (action === 'order') return { sign, path, note: `in another order: ${(after as string[]).join(', ')}` };
  return {
    sign,
    path,
    ...(action === 'add' ? {} : { before: printValue(before) }),
    ...(action === 'remove' ? {} : { after: printValue(after) }),
  };
}

export function printValue(value: unknown): string {
  const text = typeof value === 'string' ? (value === '' ? '""' : value) : JSON.stringify(value);
  return text.length > longest ? `${text.slice(0, longest)}… (${text.length} characters)` : text;
}
