import type { DesiredObject } from '../model/desired-object.ts';
import { atPath, childOf, type Tracked } from '../model/tracked.ts';
import { mapOf } from '../resolve/layers.ts';
import type { ResolvedSecret } from '../resolve/resolved.ts';
import { missingKeys, sealedValues } from '../resolve/sealed-values.ts';
import { scopeAnnotations } from '../sealing/scope.ts';
import { recordAnnotation } from '../sealing/sealed-record.ts';
import { desiredObject, type Expansion, waveAnnotation } from './expansion.ts';

/** What is sealed is copied; what is not is named, so that nobody has to search for it. */
export function sealedSecret(secret: ResolvedSecret, expansion: Expansion): DesiredObject {
  const { sealed, declaration } = secret;
  const encrypted = mapOf(atPath(sealed, ['spec', 'encryptedData']));
  const missing = missingKeys(secret);
  // A key with a default is no secret: the controller puts it beside the decrypted ones.
  const defaults = Object.fromEntries(
    Object.entries(mapOf(declaration.value.keys as Tracked)).flatMap(([key, declared]) => {
      const fallback = Object.hasOwn(encrypted, key) ? undefined : childOf(declared, 'default');
      return fallback === undefined ? [] : [[key, fallback]];
    }),
  );
  // The controller looks for the scope here, kubeseal on the template.
  const scope = scopeAnnotations(sealed === undefined ? secret.scope : sealedValues(sealed).scope);
  const annotations = {
    ...waveAnnotation(-1),
    'stowage.dev/missing-keys': missing.length === 0 ? undefined : missing.join(','),
    ...scope,
  };
  const own = mapOf(atPath(sealed, ['spec', 'template']));
  const data = { ...defaults, ...mapOf(own.data) };
  const template = {
    ...own,
    metadata: templateMetadata(own.metadata, secret.name, scope),
    type: own.type ?? declaration.value.type,
    data: Object.keys(data).length > 0 ? data : undefined,
  };
  return desiredObject(
    { apiVersion: 'bitnami.com/v1alpha1', kind: 'SealedSecret', name: secret.name, topic: 'secrets', annotations },
    { spec: { encryptedData: encrypted, template } },
    expansion.system,
    sealed?.origin ?? declaration.origin,
  );
}

function templateMetadata(own: Tracked | undefined, name: string, scope: Record<string, string>): unknown {
  const { [recordAnnotation]: _, ...written } = mapOf(childOf(own, 'annotations'));
  const annotations = { ...written, ...scope };
  return {
    ...(own === undefined ? { name } : mapOf(own)),
    annotations: Object.keys(annotations).length > 0 ? annotations : undefined,
  };
}
