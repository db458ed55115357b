import type { Json } from '../../report/report.ts';
import { yamlText } from '../base/yaml-text.ts';
import type { FieldChange } from './change-types.ts';
import { type DiffRow, rowsOfDiff, rowsOfTexts } from './diff-rows.ts';

/** How a change of a field is shown: in words, as two short values, or line by line. */
export type SaidField =
  | { readonly as: 'words'; readonly words: string }
  | { readonly as: 'values'; readonly before?: string; readonly after?: string }
  | { readonly as: 'rows'; readonly rows: readonly DiffRow[] };

const secrets = {
  sealed: 'a value is sealed',
  removed: 'its value is gone',
  're-encrypted': 're-encrypted; the value is the same',
  'new value': 'a new value',
  'new ciphertext': 'a new ciphertext; whether the value is new is not known',
} as const;

const shortest = 100;

export function sayField({ action, before, after, diff, what }: FieldChange): SaidField {
  if (what !== undefined) return { as: 'words', words: secrets[what] };
  if (diff !== undefined) return { as: 'rows', rows: rowsOfDiff(diff) };
  if (action === 'order') return { as: 'words', words: `in another order: ${(after as string[]).join(', ')}` };
  const [was, is] = [action === 'add' ? undefined : sayValue(before), action === 'remove' ? undefined : sayValue(after)];
  if (isShort(was) && isShort(is))
    return { as: 'values', ...(was === undefined ? {} : { before: was }), ...(is === undefined ? {} : { after: is }) };
  return { as: 'rows', rows: rowsOfTexts(was, is) };
}

function sayValue(value: unknown): string {
  return value === '' ? '""' : yamlText(value as Json);
}

function isShort(text: string | undefined): boolean {
  return text === undefined || (text.length <= shortest && !text.includes('\n'));
}
