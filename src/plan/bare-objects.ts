import { contentHash } from '../expand/finish-objects.ts';
import { groupOf } from '../model/api-group.ts';
import { copyJson } from '../model/copy-json.ts';
import type { PlainObject } from '../model/desired-object.ts';
import { asMap } from '../model/pod-specs.ts';

/** An object by what makes it the same one in another state. */
export interface BareObject {
  /** Group, kind, namespace and bare name: a newer version of its API is no other object. */
  readonly id: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace: string | null;
  /** Names of ConfigMaps without hash, its own and those it refers to; without digests of what its pods read. */
  readonly plain: PlainObject;
  readonly raw: PlainObject;
}

export function bareObjects(objects: readonly PlainObject[]): BareObject[] {
  const bareNames = new Map(
    objects.flatMap((object) => {
      const bare = bareNameOf(object);
      return bare === undefined ? [] : [[nameOf(object), bare] as const];
    }),
  );
  return objects.map((raw) => {
    const plain = withoutDigest(bareNames.size === 0 ? raw : (renamed(raw, bareNames) as PlainObject));
    const kind = String(raw.kind);
    const name = nameOf(plain);
    const namespace = asMap(raw.metadata)?.namespace;
    return {
      id: `${groupOf(String(raw.apiVersion))} ${kind} ${String(namespace ?? '')}/${name}`,
      kind,
      name,
      namespace: namespace === undefined ? null : String(namespace),
      plain,
      raw,
    };
  });
}

const hashSuffix = /^(.+)-([bcdfghkmt2456789]{10})$/;

/** Of a ConfigMap whose name ends with the hash of what it holds. */
function bareNameOf(object: PlainObject): string | undefined {
  if (object.kind !== 'ConfigMap' || object.apiVersion !== 'v1') return undefined;
  const [, bare, hash] = hashSuffix.exec(nameOf(object)) ?? [];
  return bare !== undefined && contentHash(object) === hash ? bare : undefined;
}

function nameOf(object: PlainObject): string {
  return String(asMap(object.metadata)?.name);
}

/** Wherever a name with a hash stands alone it is a reference: nothing else is called like that. */
function renamed(value: unknown, bareNames: ReadonlyMap<string, string>): unknown {
  if (typeof value === 'string') return bareNames.get(value) ?? value;
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => renamed(item, bareNames));
  return Object.fromEntries(Object.entries(value).map(([key, child]) => [key, renamed(child, bareNames)]));
}

const digestOfSecrets = 'stowage.dev/secrets';

/** The digest of the Secrets that pods read follows them, and rolls the pods; by itself it says nothing. */
function withoutDigest(object: PlainObject): PlainObject {
  const annotations = templateAnnotations(object);
  if (annotations === undefined || !Object.hasOwn(annotations, digestOfSecrets)) return object;
  const copy = copyJson(object);
  const own = templateAnnotations(copy) as PlainObject;
  delete own[digestOfSecrets];
  if (Object.keys(own).length === 0) delete (asMap(asMap(asMap(copy.spec)?.template)?.metadata) as PlainObject).annotations;
  return copy;
}

function templateAnnotations(object: PlainObject): PlainObject | undefined {
  return asMap(asMap(asMap(asMap(object.spec)?.template)?.metadata)?.annotations);
}
