import type { DesiredObject } from '../model/desired-object.ts';
import { convention } from '../model/origin.ts';
import { type Tracked, track, trackAll } from '../model/tracked.ts';
import type { ExternalSecretsFacts } from '../resolve/cluster-facts.ts';
import type { ResolvedSecret } from '../resolve/resolved.ts';
import { type SecretReference, splitSecretText } from '../resolve/secret-text.ts';
import { desiredObject, type Expansion, waveAnnotation } from './expansion.ts';
import { goTemplate } from './go-template.ts';

/** The Secret that the External Secrets Operator makes of what lies in a store outside. */
export function externalSecret(
  key: string,
  secret: ResolvedSecret,
  facts: ExternalSecretsFacts,
  expansion: Expansion,
): DesiredObject {
  const keysOf = (name: string) => declaredKeys(expansion.system.secrets.get(name));
  const own = keysOf(key);
  const fallbackOf = ({ secret: name, key: wanted }: SecretReference) => keysOf(name)[wanted]?.value.default;
  const isFetched = (name: string) =>
    fallbackOf({ secret: key, key: name }) === undefined && own[name]?.value.compose === undefined;
  const fetched = new Map<string, SecretReference>(
    Object.keys(own).flatMap((name) => (isFetched(name) ? [[name, { secret: key, key: name }] as const] : [])),
  );
  const ownCount = fetched.size;
  const nameOf = (reference: SecretReference) => {
    if (reference.secret === key) return reference.key;
    let name = `${reference.secret}.${reference.key}`;
    while (Object.hasOwn(own, name)) name = `_${name}`;
    fetched.set(name, reference);
    return name;
  };
  const made = Object.keys(own).flatMap((name): [string, Tracked<string>][] => {
    const fallback = fallbackOf({ secret: key, key: name });
    const text = fallback ?? secret.composed.get(name);
    if (text === undefined) return [];
    const parts = splitSecretText(text.value).map((part) =>
      typeof part === 'object' ? (fallbackOf(part)?.value ?? part) : part,
    );
    return [[name, { value: goTemplate(parts, nameOf), origin: text.origin }]];
  });
  // What belongs to other secrets is fetched to compose with; only a template that is all of the Secret leaves it out.
  const borrows = fetched.size > ownCount;
  const copied = [...fetched.keys()]
    .slice(0, ownCount)
    .map((name): [string, string] => [name, goTemplate([{ secret: key, key: name }], nameOf)]);
  const templated = Object.fromEntries<unknown>(borrows ? [...copied, ...made] : made);
  const { type } = secret.declaration.value;
  const template =
    made.length === 0 && type === undefined
      ? undefined
      : {
          type,
          engineVersion: 'v2',
          ...(made.length === 0 ? {} : { mergePolicy: borrows ? 'Replace' : 'Merge', data: templated }),
        };
  return desiredObject(
    {
      apiVersion: facts.apiVersion,
      kind: 'ExternalSecret',
      name: secret.name,
      topic: 'secrets',
      annotations: waveAnnotation(-1),
    },
    {
      spec: {
        refreshInterval: track<string>(facts.refresh, facts.origin),
        secretStoreRef: trackAll({ name: facts.store, kind: facts.storeKind }, facts.origin),
        target: { name: secret.name, creationPolicy: 'Owner', template },
        data: [...fetched].map(([secretKey, reference]) => ({ secretKey, remoteRef: remoteRef(reference, facts, expansion) })),
      },
    },
    expansion.system,
    secret.declaration.origin,
  );
}

const said = convention('the operator writes its defaults into the object, and Argo CD would call it out of sync');

function remoteRef({ secret, key }: SecretReference, { path, origin }: ExternalSecretsFacts, { system }: Expansion): unknown {
  const names: Record<string, string> = { environment: system.environment ?? '', system: system.name, secret, key };
  return {
    key: track<string>(
      path.replace(/\$\{(\w+)\}/g, (_, name: string) => names[name] as string),
      origin,
    ),
    property: path.includes('${key}') ? undefined : key,
    conversionStrategy: { value: 'Default', origin: said },
    decodingStrategy: { value: 'None', origin: said },
    metadataPolicy: { value: 'None', origin: said },
  };
}

function declaredKeys(secret: ResolvedSecret | undefined): Record<string, Tracked<{ default?: string; compose?: string }>> {
  return (secret?.declaration.value.keys.value ?? {}) as unknown as Record<
    string,
    Tracked<{ default?: string; compose?: string }>
  >;
}
