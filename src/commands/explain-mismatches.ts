import { compiler, schemas } from '../build-facts.ts';
import { compile } from '../compile/compile.ts';
import { identityOf } from '../compile/expected-objects.ts';
import type { PlainObject } from '../model/desired-object.ts';
import type { RunResult } from '../run.ts';
import { gatherInputs } from '../store/gather-inputs.ts';
import type { Mismatch } from '../verify/verify-overlays.ts';

/** What was meant beside what kustomize made of it: a difference is a fault of the compiler, or of that kustomize. */
export async function explainMismatches(fleet: string, result: RunResult): Promise<string> {
  const { kustomizeVersion } = await import('../verify/kustomize-build.ts');
  const version = result.kustomize === undefined ? '' : await kustomizeVersion(result.kustomize);
  const lines = [`verification failed with ${version}; nothing was written`];
  for (const mismatch of result.mismatches.slice(0, 10)) {
    lines.push(`\n${mismatch.overlay}: ${mismatch.problem}`);
    for (const id of mismatch.missing) lines.push(`  missing     ${id}`);
    for (const id of mismatch.unexpected) lines.push(`  unexpected  ${id}`);
    const meant = mismatch.different.length === 0 ? new Map<string, PlainObject>() : meantObjects(fleet, mismatch);
    for (const id of mismatch.different) {
      const built = mismatch.built.find((object) => identityOf(object) === id);
      lines.push(
        `  different   ${id}`,
        ...differences(meant.get(id), built, '')
          .slice(0, 8)
          .map((line) => `    ${line}`),
      );
    }
  }
  lines.push(
    '\nThis is a bug in Stowage, or a difference in the behaviour of that kustomize. Please report it with the lines above.',
    'Until then `--no-verify` writes the files without proof.\n',
  );
  return lines.join('\n');
}

export function mismatchToJson({ overlay, problem, missing, unexpected, different }: Mismatch): unknown {
  return { overlay, problem, missing, unexpected, different };
}

function meantObjects(fleet: string, mismatch: Mismatch): Map<string, PlainObject> {
  const [, environment, system] = mismatch.overlay.split('/');
  const meant = new Map<string, PlainObject>();
  compile(
    gatherInputs(fleet, () => {}),
    {
      compiler,
      schemas,
      inspect: {
        wants: () => false,
        see: (name, compiled) => {
          if (name !== environment || compiled.resolved.name !== system) return;
          for (const object of compiled.finished()) meant.set(identityOf(object), object);
        },
      },
    },
  );
  return meant;
}

function differences(meant: unknown, built: unknown, path: string): string[] {
  if (JSON.stringify(meant) === JSON.stringify(built)) return [];
  const bothObjects =
    typeof meant === 'object' &&
    typeof built === 'object' &&
    meant !== null &&
    built !== null &&
    Array.isArray(meant) === Array.isArray(built);
  if (!bothObjects) return [`${path || '.'}: meant ${shown(meant)}, built ${shown(built)}`];
  const keys = new Set([...Object.keys(meant), ...Object.keys(built)]);
  return [...keys].flatMap((key) => differences((meant as PlainObject)[key], (built as PlainObject)[key], `${path}/${key}`));
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 120 ? `${text.slice(0, 117)}…` : text;
}
