import { compiler, schemas } from '../build-facts.ts';
import { compile } from '../compile/compile.ts';
import type { CompiledSystem } from '../compile/compile-system.ts';
import { type Diagnostic, hasErrors } from '../diagnostics/diagnostic.ts';
import { formatDiagnostic } from '../diagnostics/format-diagnostic.ts';
import type { InputFiles } from '../model/input-files.ts';
import { untrack } from '../model/tracked.ts';
import { isSealedPath } from '../read/sort-inputs.ts';
import type { ResolvedSecret } from '../resolve/resolved.ts';
import { composedTextDigest, splitSecretText } from '../resolve/secret-text.ts';
import type { SealingKey, SealingTarget } from '../sealing/sealing-target.ts';
import { type SecretReader, secretReaders } from '../sealing/secret-readers.ts';
import { gatherInputs } from '../store/gather-inputs.ts';
import type { CommandContext } from './command-context.ts';
import type { Selection } from './selection.ts';

export interface SealingInputs {
  readonly files: InputFiles;
  readonly targets: readonly SealingTarget[];
}

/**
 * Every Secret that the selected systems declare. Compiled without what is sealed, and as though all of it
 * were: what is sealed wrongly, or not yet, must not stand in the way of sealing it, and nor must another
 * environment. Undefined when problems of these, now told, do.
 */
export async function sealingInputs(
  fleet: string,
  selection: Selection,
  context: CommandContext,
): Promise<SealingInputs | undefined> {
  const { environment = [], system = [] } = selection;
  const wants = (environmentName: string, systemName: string) =>
    (environment.length === 0 || environment.includes(environmentName)) && (system.length === 0 || system.includes(systemName));
  const gathered: Diagnostic[] = [];
  const files = gatherInputs(fleet, (diagnostic) => gathered.push(diagnostic));
  const passesOver = environment.length === 0 ? {} : { passesOver: (name: string) => !environment.includes(name) };
  const unsealed = new Map([...files].filter(([path]) => !isSealedPath(path)));
  const targets: SealingTarget[] = [];
  const see = (environmentName: string, compiled: CompiledSystem) => {
    if (wants(environmentName, compiled.resolved.name)) targets.push(...targetsOf(environmentName, compiled));
  };
  const options = { compiler, schemas, assumeSealed: true, inspect: { wants, see }, ...passesOver } as const;
  const { diagnostics } = await context.compute(() => compile(unsealed, options));
  const problems = [...gathered, ...diagnostics];
  if (hasErrors(problems)) {
    for (const diagnostic of problems) context.err(`${formatDiagnostic(diagnostic, context.palette)}\n\n`);
    return undefined;
  }
  return { files, targets };
}

function targetsOf(environment: string, { resolved, desired }: CompiledSystem): SealingTarget[] {
  const readers = secretReaders(desired);
  const made = new Set(
    desired.filter(({ kind }) => kind === 'SealedSecret' || kind === 'ExternalSecret').map(({ name }) => name),
  );
  return [...resolved.secrets].map(([secret, declared]) => ({
    cluster: resolved.cluster.name ?? '',
    environment,
    system: resolved.name,
    secret,
    namespace: resolved.namespace.name,
    name: declared.name,
    type: declared.declaration.value.type?.value ?? 'Opaque',
    scope: declared.scope,
    used: made.has(declared.name),
    external: resolved.cluster.externalSecrets !== undefined,
    keys: keysOf(
      declared,
      readers.filter((reader) => reader.secret === declared.name),
      made.has(declared.name),
    ),
  }));
}

/** Where no object reads a Secret that is made all the same, a pod does that a component creates while it runs. */
function keysOf({ declaration, composed }: ResolvedSecret, readers: readonly SecretReader[], used: boolean): SealingKey[] {
  return Object.entries(untrack(declaration).keys).map(([key, { description, default: usual, minLength, generate }]) => {
    const text = composed.get(key)?.value;
    const own = readers.filter((reader) => reader.keys === 'all' || reader.keys.includes(key)).map(({ object }) => object);
    return {
      key,
      description,
      default: usual,
      minLength,
      generate,
      composed: text === undefined ? undefined : { parts: splitSecretText(text), digest: composedTextDigest(text) },
      readers: [...new Set(readers.length === 0 && used ? ['pods created at run time'] : own)],
    };
  });
}
