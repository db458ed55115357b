import type { KubernetesSchemas } from '../kubernetes/schema-types.ts';
import { deepEqual } from '../model/deep-equal.ts';
import type { PlainObject } from '../model/desired-object.ts';
import { type BareObject, bareObjects } from '../plan/bare-objects.ts';
import { concealedKeys, concealValues, isConcealed, showable } from '../plan/conceal-values.ts';
import { diffFields, type FieldDifference } from '../plan/diff-fields.ts';
import { listKeysOf } from '../plan/list-keys.ts';
import type { FieldAddress } from '../plan/rendered-state.ts';
import type { ObjectName } from './difference.ts';
import { looksSecret } from './looks-secret.ts';

/** Where two versions of what one overlay means differ, before it is put into words. */
export interface ObjectDrift {
  readonly object: ObjectName;
  /** None where the object is only on one side. */
  readonly field?: string;
  readonly address?: readonly (string | number)[];
  readonly side: 'both' | 'declared' | 'live';
  /** As they may be shown. */
  readonly declared?: unknown;
  readonly live?: unknown;
  /** Of what is there; secret values are hashed in it already. */
  readonly hashed: unknown;
  readonly concealed: boolean;
  readonly because: readonly string[];
}

export interface ObjectsRequest {
  readonly declared: readonly PlainObject[];
  readonly live: readonly PlainObject[];
  readonly schemas: KubernetesSchemas;
  readonly becauseOf: (field: FieldAddress) => readonly string[];
}

/** By object and field, as a plan tells them. */
export function driftedObjects({ declared, live, schemas, becauseOf }: ObjectsRequest): ObjectDrift[] {
  const [ours, theirs] = [declared, live].map(
    (objects) => new Map(bareObjects(objects).map((object) => [object.id, object])),
  ) as [Map<string, BareObject>, Map<string, BareObject>];
  return [...new Set([...ours.keys(), ...theirs.keys()])].flatMap((id) => {
    const [mine, other] = [ours.get(id), theirs.get(id)];
    if (mine === undefined || other === undefined) {
      const side = mine === undefined ? 'live' : 'declared';
      const object = nameOf((mine ?? other) as BareObject);
      return [{ object, side, hashed: other && concealValues(other.plain), concealed: false, because: [] }];
    }
    if (deepEqual(mine.plain, other.plain)) return [];
    const [meant, there] = [concealValues(mine.plain), concealValues(other.plain)];
    return diffFields(there, meant, listKeysOf([there, meant], schemas)).map((difference) =>
      fieldDrift(difference, mine, becauseOf),
    );
  });
}

function fieldDrift(
  { path, address, action, before: live, after: declared }: FieldDifference,
  object: BareObject,
  becauseOf: ObjectsRequest['becauseOf'],
): ObjectDrift {
  const { apiVersion, kind } = object.plain;
  const isHidden = (value: unknown) => isConcealed(value) || concealedKeys(value) !== undefined || looksSecret(path, value);
  const concealed = [live, declared].some(isHidden);
  const origin = { apiVersion: String(apiVersion), kind: String(kind), name: object.name, path: address };
  return {
    object: nameOf(object),
    field: path,
    address,
    side: action === 'add' ? 'declared' : action === 'remove' ? 'live' : 'both',
    ...(concealed || declared === undefined ? {} : { declared: showable(declared) }),
    ...(concealed || live === undefined ? {} : { live: showable(live) }),
    hashed: live,
    concealed,
    because: action === 'remove' ? [] : becauseOf(origin),
  };
}

function nameOf({ kind, name, namespace, plain }: BareObject): ObjectName {
  return { apiVersion: String(plain.apiVersion), kind, name, namespace };
}
