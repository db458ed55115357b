import type { YamlEdit } from '../edit/yaml-edit.ts';
import type { SystemSettings } from '../language/environment.ts';
import type { SystemDocument } from '../language/system.ts';
import { classOf, type FieldClass } from './field-class.ts';
import { differingFields, type FieldDifference } from './fields-of.ts';

export interface ClassifiedField extends FieldDifference, FieldClass {
  /** Whether it goes along: because of its class, or since somebody named it. */
  readonly taken: boolean;
}

export interface Transfer {
  /** Everything that differs, taken or not. */
  readonly fields: readonly ClassifiedField[];
  /** What makes the target have what is taken. */
  readonly edits: readonly YamlEdit[];
}

/** What goes from one entry of a system into another: all of class `carry`, and of class `hold` what is named. */
export function transfer(
  source: SystemSettings,
  target: SystemSettings,
  system: SystemDocument['spec'] | undefined,
  include: readonly string[],
  entry: readonly string[],
): Transfer {
  const fields = differingFields(source, target).map((field) => {
    const known = classOf(field.path, system);
    const taken = known.class === 'carry' || (known.class === 'hold' && include.some((name) => names(name, field)));
    return { ...field, ...known, taken };
  });
  const edits = fields
    .filter(({ taken }) => taken)
    .map(
      ({ path, source: value }): YamlEdit =>
        value === undefined ? { path: [...entry, ...path], remove: true } : { path: [...entry, ...path], value },
    );
  return { fields, edits };
}

/** A field, or all that lie below it. */
export function names(name: string, field: FieldDifference): boolean {
  // Keys may hold dots, so the name of one must not be taken for the way to another.
  return field.path.some((_, index) => field.path.slice(0, index + 1).join('.') === name);
}
