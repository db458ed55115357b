import type { DesiredObject } from '../model/desired-object.ts';
import { atPath, type Tracked } from '../model/tracked.ts';
import { mapOf } from '../resolve/layers.ts';
import type { ResolvedSecret } from '../resolve/resolved.ts';
import { desiredObject, type Expansion, waveAnnotation } from './expansion.ts';

const missingKeys = 'stowage.dev/missing-keys';

/** What is sealed is copied; what is not is named, so that nobody has to search for it. */
export function sealedSecret(secret: ResolvedSecret, expansion: Expansion): DesiredObject {
  const encrypted = mapOf(atPath(secret.sealed, ['spec', 'encryptedData']));
  const declared = secret.declaration.value.keys.value as unknown as Record<string, Tracked<{ default?: string }>>;
  const unsealed = Object.entries(declared).filter(([key]) => !Object.hasOwn(encrypted, key));
  const missing = unsealed.filter(([, key]) => key.value.default === undefined).map(([name]) => name);
  // A key with a default is no secret: the controller puts it beside the decrypted ones.
  const defaults = Object.fromEntries(
    unsealed.flatMap(([name, key]) => (key.value.default === undefined ? [] : [[name, key.value.default]])),
  );
  const sealedAnnotations = mapOf(atPath(secret.sealed, ['metadata', 'annotations']));
  const annotations = {
    ...waveAnnotation(-1),
    [missingKeys]: missing.length === 0 ? undefined : missing.join(','),
    ...Object.fromEntries(Object.entries(sealedAnnotations).filter(([key]) => key.startsWith('sealedsecrets.bitnami.com/'))),
  };
  const own = mapOf(atPath(secret.sealed, ['spec', 'template']));
  const data = { ...defaults, ...mapOf(own.data) };
  const template = {
    ...own,
    metadata: own.metadata ?? { name: secret.name },
    type: own.type ?? secret.declaration.value.type,
    data: Object.keys(data).length > 0 ? data : undefined,
  };
  return desiredObject(
    { apiVersion: 'bitnami.com/v1alpha1', kind: 'SealedSecret', name: secret.name, topic: 'secrets', annotations },
    { spec: { encryptedData: encrypted, template } },
    expansion.system,
    secret.sealed?.origin ?? secret.declaration.origin,
  );
}
