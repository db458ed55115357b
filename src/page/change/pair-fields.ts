import type { FieldChange } from './change-types.ts';

/** What is removed and what comes in its place are one change to who reads them. */
export function pairFields(fields: readonly FieldChange[]): FieldChange[] {
  const paired: FieldChange[] = [];
  for (const field of fields) {
    const last = paired.at(-1);
    const replaces =
      last?.action === 'remove' && field.action === 'add' && last.path === field.path && isShown(last) && isShown(field);
    if (!replaces) {
      paired.push(field);
      continue;
    }
    const because = [...(last.because ?? []), ...(field.because ?? [])];
    const both: FieldChange = { path: field.path, action: 'set', before: last.before, after: field.after };
    paired[paired.length - 1] = because.length === 0 ? both : { ...both, because };
  }
  return paired;
}

function isShown({ diff, what }: FieldChange): boolean {
  return diff === undefined && what === undefined;
}
