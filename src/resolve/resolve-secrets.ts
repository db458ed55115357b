import type { SecretDeclaration } from '../language/system.ts';
import { atPath, type Tracked } from '../model/tracked.ts';
import type { Release } from '../read/read-release.ts';
import { mapOf } from './layers.ts';
import type { ResolvedSecret } from './resolved.ts';
import { secretMarker } from './secret-text.ts';

/** What expressions see of secrets: markers that stand for their values. */
export function secretView(release: Release): object {
  const declared = (release.document.value.spec.value.secrets?.value ?? {}) as unknown as Record<
    string,
    Tracked<SecretDeclaration>
  >;
  return Object.fromEntries(
    Object.entries(declared).map(([secret, declaration]) => [
      secret,
      Object.fromEntries(Object.keys(declaration.value.keys.value).map((key) => [key, secretMarker(secret, key)])),
    ]),
  );
}

export function resolveSecrets(
  release: Release,
  prefix: string,
  sealed: ReadonlyMap<string, Tracked> | undefined,
): Map<string, ResolvedSecret> {
  const declared = (release.document.value.spec.value.secrets?.value ?? {}) as unknown as Record<
    string,
    Tracked<SecretDeclaration>
  >;
  return new Map(
    Object.entries(declared).map(([key, declaration]) => [
      key,
      { name: declaration.value.name?.value ?? `${prefix}${key}`, declaration, sealed: sealed?.get(`${release.system}/${key}`) },
    ]),
  );
}

/** In validations a secret says which of its keys are sealed. */
export function sealedView(secret: ResolvedSecret): object {
  const sealed = mapOf(atPath(secret.sealed, ['spec', 'encryptedData']));
  return Object.fromEntries(
    Object.keys(secret.declaration.value.keys.value).map((key) => [key, { sealed: Object.hasOwn(sealed, key) }]),
  );
}
