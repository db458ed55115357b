import type { Report } from '../diagnostics/diagnostic.ts';
import type { SecretDeclaration } from '../language/secret.ts';
import { atPath, childOf, entriesOf, type Tracked } from '../model/tracked.ts';
import type { Release } from '../read/read-release.ts';
import { toCel } from './cel.ts';
import type { Evaluator, Reads } from './evaluate.ts';
import { mapOf } from './layers.ts';
import { reportComposedOfComposed } from './report-compositions.ts';
import type { ResolvedSecret } from './resolved.ts';
import { secretMarker, splitSecretText } from './secret-text.ts';

interface Words {
  readonly evaluator: Evaluator;
  readonly variables: Record<string, unknown>;
}

/**
 * What expressions see of secrets: markers that stand for their values. Who reads a composed key depends on
 * all that its text was computed from, as if the text stood in his own environment.
 */
export function secretView(release: Release, { evaluator, variables }: Words): object {
  return Object.fromEntries(
    [...declaredSecrets(release)].map(([secret, declaration]) => {
      const view = {};
      for (const key of Object.keys(declaration.value.keys.value)) {
        const compose = compositionOf(declaration, key);
        const get = () => {
          if (compose !== undefined) {
            evaluator.evaluate(compose as Tracked, { variables });
            evaluator.cite(compose.origin);
          }
          return toCel(secretMarker(secret, key));
        };
        Object.defineProperty(view, key, { enumerable: true, get });
      }
      return [secret, view];
    }),
  );
}

export interface ObservedSecret {
  readonly result: ResolvedSecret;
  /** For each composed key: the components that its text was computed from. */
  readonly reads: ReadonlyMap<string, Reads>;
}

export function resolveSecrets(
  release: Release,
  prefix: string,
  sealed: ReadonlyMap<string, Tracked> | undefined,
  { evaluator, variables }: Words,
  report: Report,
): Map<string, ObservedSecret> {
  const declared = declaredSecrets(release);
  return new Map(
    [...declared].map(([name, declaration]) => {
      const composed = new Map<string, Tracked<string>>();
      const reads = new Map<string, Reads>();
      for (const key of Object.keys(declaration.value.keys.value)) {
        const compose = compositionOf(declaration, key);
        if (compose === undefined) continue;
        const observed = evaluator.observe(() => evaluator.evaluate(compose as Tracked, { variables }));
        reads.set(key, observed.reads);
        if (typeof observed.result?.value !== 'string') continue;
        const text = observed.result as Tracked<string>;
        composed.set(key, text);
        for (const part of splitSecretText(text.value))
          if (typeof part === 'object' && compositionOf(declared.get(part.secret), part.key) !== undefined)
            reportComposedOfComposed({ secret: name, key }, part, compose, report);
      }
      const result: ResolvedSecret = {
        name: declaration.value.name?.value ?? `${prefix}${name}`,
        declaration,
        sealed: sealed?.get(`${release.system}/${name}`),
        scope: declaration.value.scope?.value ?? 'strict',
        composed,
      };
      return [name, { result, reads }];
    }),
  );
}

/** In validations a secret says which of its keys are sealed; a store outside, or an assumption, has all of them. */
export function sealedView(secret: ResolvedSecret, all: boolean): object {
  const sealed = mapOf(atPath(secret.sealed, ['spec', 'encryptedData']));
  return Object.fromEntries(
    Object.keys(secret.declaration.value.keys.value).map((key) => [key, { sealed: all || Object.hasOwn(sealed, key) }]),
  );
}

export function declaredSecrets(release: Release): Map<string, Tracked<SecretDeclaration>> {
  return new Map(entriesOf(release.document.value.spec.value.secrets as Tracked<Record<string, SecretDeclaration>> | undefined));
}

function compositionOf(declaration: Tracked<SecretDeclaration> | undefined, key: string): Tracked<string> | undefined {
  return childOf(childOf(declaration?.value.keys as Tracked | undefined, key), 'compose') as Tracked<string> | undefined;
}
