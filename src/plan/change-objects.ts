import { compareText } from '../diagnostics/sort-diagnostics.ts';
import type { KubernetesSchemas } from '../kubernetes/schema-types.ts';
import { deepEqual } from '../model/deep-equal.ts';
import type { BareObject } from './bare-objects.ts';
import { concealedKeys, concealValues, isConcealed, showable } from './conceal-values.ts';
import { diffFields, type FieldDifference } from './diff-fields.ts';
import { diffText } from './diff-text.ts';
import { listKeysOf } from './list-keys.ts';
import type { FieldChange, ObjectChange } from './plan.ts';
import type { FieldAddress } from './rendered-state.ts';

/** An object before and after; one of the two may be absent. */
export interface BarePair {
  readonly before: BareObject | undefined;
  readonly after: BareObject | undefined;
}

export interface ChangeContext {
  readonly schemas: KubernetesSchemas;
  /** What changes with a sealed value and not with its ciphertext. */
  readonly versionsOf: (secret: string, key: string) => readonly [before: string | undefined, after: string | undefined];
  readonly becauseOf: (field: FieldAddress) => readonly string[];
}

/** Undefined where nothing but the hash of a ConfigMap that it refers to is another. */
export function changeObject({ before, after }: BarePair, context: ChangeContext): ObjectChange | undefined {
  const shown = (after ?? before) as BareObject;
  const head = {
    object: `${shown.kind}/${shown.name}`,
    apiVersion: String(shown.plain.apiVersion),
    namespace: shown.namespace,
  };
  if (before === undefined) return { action: 'create', ...head, fields: [] };
  if (after === undefined) return { action: 'delete', ...head, fields: [] };
  if (deepEqual(before.plain, after.plain)) return undefined;
  const [was, is] = [concealValues(before.plain), concealValues(after.plain)];
  const differences = diffFields(was, is, listKeysOf([was, is], context.schemas));
  return { action: 'change', ...head, fields: differences.flatMap((difference) => changesOf(difference, after, context)) };
}

function changesOf(difference: FieldDifference, object: BareObject, context: ChangeContext): FieldChange[] {
  const { path, address, action, before, after } = difference;
  if (isConcealed(before) || isConcealed(after)) return [secretChange(path, String(address.at(-1)), difference, object, context)];
  const keys = concealedKeys(before ?? after);
  if (keys !== undefined && (before === undefined || after === undefined))
    return keys
      .sort(compareText)
      .map((key) => ({ path: `${path}.${key}`, action: 'secret', what: after === undefined ? 'removed' : 'sealed' }));
  const { apiVersion, kind } = object.plain;
  const origin = { apiVersion: String(apiVersion), kind: String(kind), name: object.name, path: address };
  const because = action === 'remove' ? [] : context.becauseOf(origin);
  const values =
    isLongText(before) || isLongText(after)
      ? { diff: diffText(textOf(before), textOf(after)) }
      : { before: showable(before), after: showable(after) };
  return [{ path, action, ...withoutAbsent(values), ...(because.length > 0 ? { because } : {}) }];
}

function secretChange(
  path: string,
  key: string,
  { action }: FieldDifference,
  { kind, name }: BareObject,
  { versionsOf }: ChangeContext,
): FieldChange {
  if (action === 'add' || action === 'remove') return { path, action: 'secret', what: action === 'add' ? 'sealed' : 'removed' };
  if (kind !== 'SealedSecret') return { path, action: 'secret', what: 'new value' };
  const [before, after] = versionsOf(name, key);
  const known = before !== undefined && after !== undefined;
  return { path, action: 'secret', what: !known ? 'new ciphertext' : before === after ? 're-encrypted' : 'new value' };
}

function isLongText(value: unknown): value is string {
  return typeof value === 'string' && value.replace(/\n$/, '').includes('\n');
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : value === undefined ? '' : JSON.stringify(value);
}

function withoutAbsent<Fields extends object>(fields: Fields): Partial<Fields> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<Fields>;
}
