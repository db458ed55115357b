import type { CompileOptions } from '../compile/compile-options.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { sortDiagnostics } from '../diagnostics/sort-diagnostics.ts';
import { supportedMinors } from '../kubernetes/load-schemas.ts';
import type { KubernetesSchemas } from '../kubernetes/schema-types.ts';
import { deepEqual } from '../model/deep-equal.ts';
import type { InputFiles } from '../model/input-files.ts';
import type { PlannedOverlays } from '../plan/plan-changes.ts';
import { type RenderedFleet, type RenderRequest, renderFleet } from '../plan/render-fleet.ts';
import type { RenderedState } from '../plan/rendered-state.ts';
import { type Description, readDescription, settingsOf } from '../promote/description.ts';
import { sortInputs } from '../read/sort-inputs.ts';
import { systemsOf } from '../report/build-index.ts';
import { buildReport } from '../report/build-report.ts';
import { type DescribedChange, describeChange } from '../report/change-part.ts';
import { describeFleet } from '../report/describe-fleet.ts';
import type { DescribedOverlay } from '../report/describe-overlay.ts';
import { describeProblems } from '../report/describe-problem.ts';
import { type PromotionStatus, promotionPart } from '../report/promotion-part.ts';
import type { DriftPart, PromotionPart, Report } from '../report/report.ts';
import { createBaseChecks } from './base-checks.ts';
import { keepRendered } from './keep-rendered.ts';
import { keptOverlays } from './kept-overlays.ts';
import { noDescription } from './no-description.ts';

export interface SessionFacts extends Pick<CompileOptions, 'schemas' | 'compiler'> {
  readonly parse: RenderRequest['parse'];
  readonly version: string;
  /** What it is called until its description says a name. */
  readonly folder: string;
  readonly drift: DriftPart | undefined;
  readonly now: () => Date;
}

/** The inputs as they lie there, and what is wrong with their lying there. */
export interface Gathered {
  readonly name: string;
  readonly files: InputFiles;
  readonly diagnostics: readonly Diagnostic[];
}

export type Before = RenderedState | { readonly why: string };

/** A fleet that is looked at while somebody works on it. Nothing here reads or writes a file. */
export interface Session {
  /** Compiles what is another than before; says which overlays became so. */
  readonly compile: (gathered: Gathered) => readonly string[];
  /** What changes are counted from. */
  readonly countFrom: (before: Before) => void;
  readonly promote: (status: PromotionStatus) => void;
  /** Looks through one more base for problems, when there is time; false when all of them are known. */
  readonly checkNext: () => boolean;
  /** Everything that is wrong now, as far as it is known. */
  readonly problems: () => readonly Diagnostic[];
  /** `environment/system` of what could not be compiled now. */
  readonly kept: () => ReadonlySet<string>;
  /** All of it, what could not be compiled now as it was before. */
  readonly rendered: () => RenderedFleet;
  /** Undefined as long as it could never be read. */
  readonly description: () => Description | undefined;
  readonly report: () => Report;
}

export function openSession({ schemas, compiler, parse, version, folder, drift, now }: SessionFacts): Session {
  const bases = createBaseChecks({ schemas, compiler });
  let at = now();
  let gathered: Gathered | undefined;
  let rendered: RenderedFleet | undefined;
  let kept: ReadonlySet<string> = new Set();
  let described: ReadonlyMap<string, DescribedOverlay> = new Map();
  let description: Description | undefined;
  let before: Before = { why: 'nothing was compared yet' };
  let status: PromotionStatus = { unasked: 'nobody was asked yet' };
  let change: DescribedChange | undefined;
  let planned: PlannedOverlays = new Map();
  let promotion: PromotionPart | undefined;

  const compile = (next: Gathered) => {
    const inputs = sortInputs(next.files, () => {});
    bases.follow(inputs);
    const known = new Map([...(rendered?.units ?? []), ...bases.units().map((unit) => [unit.name, unit] as const)]);
    const request = { name: next.name, files: next.files, options: { schemas, compiler, meaningOnly: true as const } };
    const anew = renderFleet({ ...request, selected: () => true, parse }, rendered && { ...rendered, units: known });
    const held = keptOverlays(inputs, anew, rendered);
    const whole = keepRendered(anew, rendered, held, parse);
    kept = new Set([...held].filter((overlay) => whole.state.overlays.has(overlay)));
    const changed = changedOverlays(rendered, whole);
    described = describeFleet({ ...whole, systems: without(anew.systems, held) }, described);
    const read = readDescription(next.files);
    if (!('problems' in read)) description = read;
    [at, gathered, rendered, change, promotion] = [now(), next, whole, undefined, undefined];
    return changed;
  };

  const newest = schemas(supportedMinors.at(-1) as string) as KubernetesSchemas;
  const whole = () => rendered as RenderedFleet;
  const problems = () =>
    sortDiagnostics([...(gathered?.diagnostics ?? []), ...whole().diagnostics, ...whole().exceeded, ...bases.diagnostics()]);

  const report = () => {
    const shownDescription = description ?? noDescription(folder);
    const overlays = new Map([...described].filter(([overlay]) => isDescribed(overlay, shownDescription)));
    if (!('why' in before)) change ??= describeChange(before, whole().state, newest, planned);
    promotion ??= promotionPart(shownDescription, systemsOf(overlays), status);
    return buildReport({
      at: at.toISOString(),
      version,
      notes: 'why' in before ? [`changes are not shown: ${before.why}`] : [],
      description: shownDescription,
      overlays,
      footprints: [...described.values()].map(({ footprint }) => footprint),
      stale: staleOverlays(whole(), kept, bases.broken()),
      problems: describeProblems(problems()),
      change,
      promotion,
      drift,
    });
  };

  return {
    compile,
    countFrom: (next) => {
      [before, change, planned] = [next, undefined, new Map()];
    },
    promote: (next) => {
      [status, promotion] = [next, undefined];
    },
    checkNext: bases.checkNext,
    problems,
    kept: () => kept,
    rendered: whole,
    description: () => description,
    report,
  };
}

/** Those that mean something else, are new, or are gone. */
function changedOverlays(last: RenderedFleet | undefined, now: RenderedFleet): string[] {
  const [was, is] = [last?.state.overlays, now.state.overlays];
  const all = new Set([...(was?.keys() ?? []), ...is.keys()]);
  return [...all].filter((overlay) => {
    const [old, fresh] = [was?.get(overlay), is.get(overlay)];
    return old !== fresh && !deepEqual(old, fresh);
  });
}

function staleOverlays({ state }: RenderedFleet, kept: ReadonlySet<string>, broken: ReadonlySet<string>): Set<string> {
  const unmade = [...(state.runs ?? [])].flatMap(([overlay, release]) => (broken.has(release) ? [overlay] : []));
  return new Set([...kept, ...unmade]);
}

/** While a description cannot be read, what was compiled may be ahead of the last one that could. */
function isDescribed(overlay: string, { environments }: Description): boolean {
  const [environment = '', system = ''] = overlay.split('/');
  const described = environments.get(environment);
  return described !== undefined && settingsOf(described, system) !== undefined;
}

function without<Value>(map: ReadonlyMap<string, Value>, names: ReadonlySet<string>): Map<string, Value> {
  return new Map([...map].filter(([name]) => !names.has(name)));
}
