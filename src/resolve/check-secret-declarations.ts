import type { DiagnosticCode } from '../diagnostics/codes.ts';
import type { Report } from '../diagnostics/diagnostic.ts';
import { didYouMean } from '../diagnostics/suggest.ts';
import type { SecretDeclaration } from '../language/secret.ts';
import { placeOf } from '../model/origin.ts';
import { atPath, childOf, type Tracked } from '../model/tracked.ts';
import type { Release } from '../read/read-release.ts';
import { mapOf } from './layers.ts';
import { declaredSecrets } from './resolve-secrets.ts';

const madeOf = [['publicKeyOf'], ['bcryptOf'], ['htpasswd', 'passwordOf']];

/** Values that are made of another value of their secret: it is there, and not made of them in turn. */
export function checkSecretDeclarations(release: Release, report: Report): void {
  for (const [secret, declaration] of declaredSecrets(release)) {
    const keys = mapOf(declaration.value.keys as Tracked);
    for (const key of Object.keys(keys)) {
      const source = sourceOf(declaration, key);
      if (source === undefined) continue;
      const circle = circleFrom(key, declaration);
      const complain = (code: DiagnosticCode, message: string, hint: string | undefined) => {
        const place = placeOf(source.origin);
        if (place !== undefined) report({ code, severity: 'error', message, place, ...(hint === undefined ? {} : { hint }) });
      };
      if (!Object.hasOwn(keys, source.value))
        complain(
          'unknown-reference',
          `secret \`${secret}\` has no key \`${source.value}\``,
          didYouMean(source.value, Object.keys(keys)),
        );
      else if (childOf(keys[source.value], 'compose') !== undefined)
        complain(
          'secret-declaration',
          `\`${secret}.${key}\` is made of \`${secret}.${source.value}\`, which is composed`,
          'texts are composed after all values are made: make it of a value that is given or generated',
        );
      else if (circle !== undefined)
        complain(
          'secret-declaration',
          `values of secret \`${secret}\` are made of each other: ${circle.join(' of ')}`,
          'generate one of them outright',
        );
    }
  }
}

/** The key of the same secret that a value is made of. */
function sourceOf(declaration: Tracked<SecretDeclaration>, key: string): Tracked<string> | undefined {
  const generate = atPath(declaration as Tracked, ['keys', key, 'generate']);
  return madeOf.map((path) => atPath(generate, path)).find((source) => source !== undefined) as Tracked<string> | undefined;
}

/** The way back to the key; told by the key of it that comes first by name. */
function circleFrom(key: string, declaration: Tracked<SecretDeclaration>): string[] | undefined {
  const way = [key];
  for (let next = sourceOf(declaration, key); next !== undefined; next = sourceOf(declaration, next.value)) {
    way.push(next.value);
    if (next.value === key) return way.every((other) => key <= other) ? way : undefined;
    if (way.indexOf(next.value) < way.length - 1) return undefined;
  }
  return undefined;
}
