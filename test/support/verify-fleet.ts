import { join } from 'node:path';
import { identityOf } from '../../src/compile/expected-objects.ts';
import type { PlainObject } from '../../src/model/desired-object.ts';
import { findKustomize } from '../../src/verify/find-kustomize.ts';
import type { Kustomize } from '../../src/verify/kustomize.ts';
import { type Mismatch, verifyOverlays } from '../../src/verify/verify-overlays.ts';
import type { CompiledFleet } from './compile-fleet.ts';
import { temporaryFolder, writeFiles } from './fleet-files.ts';

let found: Promise<Kustomize> | undefined;
let folders = 0;
let root: string | undefined;

/** Where the real kustomize builds something else than was meant; one process for a fleet where all is well. */
export async function mismatchesOf(fleet: CompiledFleet): Promise<string[]> {
  found ??= findKustomize(process.env);
  root ??= temporaryFolder();
  folders += 1;
  const folder = join(root, String(folders));
  writeFiles(folder, fleet.outputs);
  const overlays = fleet.units.flatMap((unit) =>
    unit.expected === undefined ? [] : [{ name: unit.name, environment: 'all', expected: unit.expected }],
  );
  const { mismatches, verified } = await verifyOverlays({ folder, overlays, kustomize: await found });
  if (mismatches.length === 0 && verified.length !== fleet.systems.length)
    return [`only ${verified.length} of ${fleet.systems.length} were verified`];
  return mismatches.map((mismatch) => explain(mismatch, fleet));
}

function explain(mismatch: Mismatch, fleet: CompiledFleet): string {
  const [, environment, system] = mismatch.overlay.split('/');
  const compiled = fleet.systems.find(
    (one) => one.environment === environment && one.compiled.resolved.name === system,
  )?.compiled;
  const different = mismatch.different.flatMap((id) => {
    const is = (object: PlainObject) => identityOf(object) === id;
    return [`different ${id}`, ...differencesOf(compiled?.finished().find(is), mismatch.built.find(is), '')];
  });
  // The name of a ConfigMap changes with its content: the content is what to look at.
  const renamed = mismatch.missing.flatMap((id) => {
    const bare = (text: string) => text.replace(/-[a-z0-9]{10}$/, '');
    const other = mismatch.unexpected.find((candidate) => bare(candidate) === bare(id));
    const meant = compiled?.finished().find((object) => identityOf(object) === id);
    return differencesOf(
      meant,
      mismatch.built.find((object) => identityOf(object) === other),
      '',
    );
  });
  return [
    `${mismatch.overlay}: ${mismatch.problem.slice(0, 1_000)}`,
    ...mismatch.missing.map((id) => `missing ${id}`),
    ...mismatch.unexpected.map((id) => `unexpected ${id}`),
    ...different,
    ...renamed,
  ].join('\n');
}

function differencesOf(meant: unknown, built: unknown, path: string): string[] {
  if (typeof meant === 'object' && typeof built === 'object' && meant !== null && built !== null) {
    const keys = new Set([...Object.keys(meant), ...Object.keys(built)]);
    return [...keys].flatMap((key) => differencesOf((meant as PlainObject)[key], (built as PlainObject)[key], `${path}/${key}`));
  }
  return meant === built ? [] : [`  ${path}: meant ${JSON.stringify(meant)}, built ${JSON.stringify(built)}`];
}
