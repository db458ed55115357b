import type { PipelineField } from '../../report/report.ts';

export type FieldClassName = PipelineField['class'];

/** What a person has to decide first. */
export const classes: readonly FieldClassName[] = ['hold', 'carry', 'local'];

export const classWords: Readonly<Record<FieldClassName, string>> = { hold: 'held', carry: 'carried', local: 'local' };

export function countClasses(fields: readonly PipelineField[]): Record<FieldClassName, number> {
  const counts = { hold: 0, carry: 0, local: 0 };
  for (const field of fields) counts[field.class] += 1;
  return counts;
}

/** Those of one class, or all in the order of the classes. */
export function classedFields(fields: readonly PipelineField[], wanted: string): PipelineField[] {
  return classes
    .filter((name) => wanted === '' || name === wanted)
    .flatMap((name) => fields.filter((field) => field.class === name));
}
