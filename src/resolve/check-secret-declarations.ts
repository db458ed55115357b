import type { Report } from '../diagnostics/diagnostic.ts';
import { didYouMean } from '../diagnostics/suggest.ts';
import type { SecretDeclaration } from '../language/secret.ts';
import { placeOf } from '../model/origin.ts';
import { atPath, childOf, type Tracked, untrack } from '../model/tracked.ts';
import type { Release } from '../read/read-release.ts';
import type { Generate } from '../sealing/generate.ts';
import { generationOrder } from '../sealing/generation-order.ts';
import { mapOf } from './layers.ts';
import { declaredSecrets } from './resolve-secrets.ts';

const madeOf = [['publicKeyOf'], ['bcryptOf'], ['htpasswd', 'passwordOf']];

/** Values that are made of another value of their secret: it is there, and not made of them in turn. */
export function checkSecretDeclarations(release: Release, report: Report): void {
  for (const [secret, declaration] of declaredSecrets(release)) {
    const keys = mapOf(declaration.value.keys as Tracked);
    for (const key of Object.keys(keys)) {
      const source = sourceOf(declaration, key);
      const place = source === undefined ? undefined : placeOf(source.origin);
      if (source === undefined || place === undefined) continue;
      if (!Object.hasOwn(keys, source.value)) {
        const hint = didYouMean(source.value, Object.keys(keys));
        report({
          code: 'unknown-reference',
          severity: 'error',
          message: `secret \`${secret}\` has no key \`${source.value}\``,
          place,
          ...(hint === undefined ? {} : { hint }),
        });
      } else if (childOf(keys[source.value], 'compose') !== undefined)
        report({
          code: 'secret-declaration',
          severity: 'error',
          message: `\`${secret}.${key}\` is made of \`${secret}.${source.value}\`, which is composed`,
          place,
          hint: 'texts are composed after all values are made: make it of a value that is given or generated',
        });
    }
    reportCircle(secret, declaration, report);
  }
}

function reportCircle(secret: string, declaration: Tracked<SecretDeclaration>, report: Report): void {
  const generated = Object.entries(mapOf(declaration.value.keys as Tracked)).flatMap(([key, declared]) => {
    const how = childOf(declared, 'generate');
    return how === undefined ? [] : [[key, untrack(how) as Generate] as const];
  });
  const ordered = generationOrder(new Map(generated));
  if (!('circle' in ordered)) return;
  const source = sourceOf(declaration, ordered.circle[0] as string);
  const place = source === undefined ? undefined : placeOf(source.origin);
  if (place === undefined) return;
  report({
    code: 'secret-declaration',
    severity: 'error',
    message: `values of secret \`${secret}\` are made of each other: ${ordered.circle.join(' of ')}`,
    place,
    hint: 'generate one of them outright',
  });
}

/** The key of the same secret that a value is made of, where it is named. */
function sourceOf(declaration: Tracked<SecretDeclaration>, key: string): Tracked<string> | undefined {
  const generate = atPath(declaration as Tracked, ['keys', key, 'generate']);
  return madeOf.map((path) => atPath(generate, path)).find((source) => source !== undefined) as Tracked<string> | undefined;
}
