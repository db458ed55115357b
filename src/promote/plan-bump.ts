import { didYouMean } from '../diagnostics/suggest.ts';
import type { EnvironmentDocument } from '../language/environment.ts';
import type { SystemDocument } from '../language/system.ts';
import { printImageReference } from '../model/image-reference.ts';
import { headRelease } from '../read/sort-inputs.ts';
import { environmentBumpEdits, headBumpEdits } from './bump-edits.ts';
import { type Description, settingsOf } from './description.ts';
import type { Intent } from './intent.ts';
import type { Bump } from './parse-bump.ts';
import { targetOf } from './parse-bump.ts';
import { waveOf, wavesOf } from './pipeline.ts';
import { environmentWith } from './plan-promotion.ts';
import { type Nothing, type Refusal, refuse } from './refusal.ts';

export interface BumpOrder {
  readonly system: string;
  /** Undefined: the System's head. */
  readonly environment: string | undefined;
  readonly bumps: readonly Bump[];
}

/** New images, in a System's head or in one environment. */
export function planBump(description: Description, order: BumpOrder): Intent | Refusal | Nothing {
  const { system, bumps } = order;
  const systems = [...new Set(description.inputs.releases.map((input) => input.system))];
  const head = description.inputs.releases.find((input) => input.system === system && input.release === headRelease);
  if (!systems.includes(system)) return refuse(`there is no System \`${system}\``, didYouMean(system, systems));
  const images = bumps.map((bump) => targetOf(bump)).join(', ');
  const common = {
    purpose: 'bump' as const,
    system,
    additions: new Map(),
    fields: [],
    from: bumps.map(({ reference }) => printImageReference(reference)).join(', '),
    verifiedIn: [],
  };
  if (order.environment === undefined) {
    if (head === undefined) return refuse(`System ${system} has no head`, 'bump it in one environment with -e <environment>');
    const done = headBumpEdits(documentOf(description, system, headRelease), bumps);
    if ('problem' in done) return refuse(done.problem, done.hint);
    if (done.edits.length === 0) return { nothing: `the head of ${system} has these images already` };
    const title = `Bump ${images} of ${system}`;
    const key = { scope: 'base' as const, system };
    return {
      ...common,
      key,
      title,
      environment: undefined,
      edits: new Map([[head.documentPath, done.edits]]),
      notes: done.notes,
      leftBehind: [],
    };
  }
  const environment = environmentWith(description, order.environment, system);
  if ('refused' in environment) return environment;
  const runs = settingsOf(environment, system)?.release ?? headRelease;
  const document = { metadata: { name: environment.name }, spec: environment.spec } as EnvironmentDocument;
  const done = environmentBumpEdits(document, documentOf(description, system, runs), bumps);
  if ('problem' in done) return refuse(done.problem, done.hint);
  if (done.edits.length === 0) return { nothing: `${environment.name} has these images of ${system} already` };
  return {
    ...common,
    key: { scope: 'system', environment: environment.name, system },
    title: `Bump ${images} of ${system} in ${environment.name}`,
    environment: environment.name,
    edits: new Map([[environment.path, done.edits]]),
    notes: done.notes,
    leftBehind: skipped(description, system, environment.name),
  };
}

function documentOf(description: Description, system: string, release: string): SystemDocument {
  const spec = description.release(system, release) as SystemDocument['spec'];
  return { apiVersion: 'stowage.dev/v1', kind: 'System', metadata: { name: system }, spec };
}

/** An image that begins late in the pipeline was verified by nobody before. */
function skipped(description: Description, system: string, environment: string): string[] {
  const waves = wavesOf(description, system);
  const at = waveOf(waves, environment);
  return at <= 0
    ? []
    : waves
        .slice(0, at)
        .flat()
        .map((name) => `${name} comes first and has not got it`);
}
