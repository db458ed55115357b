import { compiler, schemas } from '../build-facts.ts';
import type { CompileOptions } from '../compile/compile-options.ts';
import { type Diagnostic, hasErrors } from '../diagnostics/diagnostic.ts';
import { sortDiagnostics } from '../diagnostics/sort-diagnostics.ts';
import { didYouMean } from '../diagnostics/suggest.ts';
import { alignEnvironments } from '../plan/align-environments.ts';
import { type RenderedFleet, renderFleet } from '../plan/render-fleet.ts';
import type { RenderedState } from '../plan/rendered-state.ts';
import { sortInputs } from '../read/sort-inputs.ts';
import { parseBuild } from '../verify/parse-build.ts';
import { type CommandContext, UsageError } from './command-context.ts';
import { checkNames, namesIn } from './fleet-names.ts';
import type { Comparison, State } from './plan-comparison.ts';
import { renderPublishedOf } from './plan-published.ts';
import { gatherState, noteUncommitted, type Source, workingTree, worktree } from './plan-sources.ts';
import { type Selection, selector } from './selection.ts';

/** A state whose description has errors. */
export interface Obstacle {
  readonly state: string;
  readonly diagnostics: readonly Diagnostic[];
}

export interface RenderedStates {
  readonly before: RenderedState;
  readonly after: RenderedState;
  readonly sideBySide: boolean;
  /** What whoever reads the plan should know beside it. */
  readonly notes: readonly string[];
}

export type Outcome = RenderedStates | { readonly obstacles: readonly Obstacle[] };

type Assumptions = Pick<CompileOptions, 'assume' | 'assumeRelease' | 'meaningOnly'>;

interface Side extends Assumptions {
  readonly name: string;
}

/** Both sides of a comparison; the one that is there now first, so that the other can take from it what is the same. */
export async function renderComparison(
  comparison: Comparison,
  fleet: string,
  selection: Selection,
  context: CommandContext,
): Promise<Outcome> {
  switch (comparison.kind) {
    case 'states':
      return renderStates(comparison.from, comparison.to, fleet, selection, context);
    case 'facts': {
      const source = worktree(fleet);
      const name = `clusters with Kubernetes ${comparison.assume.kubernetes}`;
      return renderTwice(source, [{ name: workingTree }, { name, assume: comparison.assume }], selection, context);
    }
    case 'releases': {
      const source = worktree(fleet);
      const { from, to } = comparison;
      checkRelease(source, from);
      checkRelease(source, to);
      const called = ({ system, release }: typeof from) => `${system} ${release}`;
      const only = { ...selection, system: [from.system] };
      checkCovers(selection.system, from.system);
      const side = (release: typeof from): Side => ({ name: called(release), assumeRelease: release });
      return renderTwice(source, [side(from), side(to)], only, context);
    }
    case 'environments': {
      const { from, to } = comparison;
      const source = worktree(fleet);
      const both = { ...selection, environment: [from, to] };
      checkNames(both, namesIn(source.files));
      const rendered = await renderSource(source, {}, both, context);
      if (hasErrors(rendered.diagnostics)) return obstacle([rendered]);
      const [before, after] = alignEnvironments(rendered.state, from, to);
      return { before, after, sideBySide: true, notes: [] };
    }
  }
}

async function renderStates(
  from: State,
  to: State,
  fleet: string,
  selection: Selection,
  context: CommandContext,
): Promise<Outcome> {
  const [before, after] = [await gatherState(from, fleet, context), await gatherState(to, fleet, context)];
  const known = [before, after].flatMap((source) => (source === undefined ? [] : [namesIn(source.files)]));
  checkNames(selection, {
    environments: [...new Set(known.flatMap(({ environments }) => environments))],
    systems: [...new Set(known.flatMap(({ systems }) => systems))],
    runs: (environment) => known.flatMap(({ runs }) => runs(environment)),
    problems: known.at(-1)?.problems ?? [],
  });
  const source = (after ?? before) as Source;
  const first = await renderSource(source, {}, selection, context);
  if (before !== undefined && after !== undefined) {
    const second = await renderSource(before, {}, selection, context, first);
    const broken = [second, first].filter(({ diagnostics }) => hasErrors(diagnostics));
    if (broken.length > 0) return obstacle(broken);
    const notes = from.kind === 'commit' && to.kind === 'commit' ? await noteUncommitted(fleet, context) : [];
    return { before: second.state, after: first.state, sideBySide: false, notes };
  }
  if (hasErrors(first.diagnostics)) return obstacle([first]);
  const published = await renderPublishedOf(source, fleet, first, selection, context);
  return before === undefined
    ? { before: published, after: first.state, sideBySide: false, notes: [] }
    : { before: first.state, after: published, sideBySide: false, notes: [] };
}

async function renderTwice(
  source: Source,
  [before, after]: readonly [Side, Side],
  selection: Selection,
  context: CommandContext,
): Promise<Outcome> {
  checkNames(selection, namesIn(source.files));
  const second = await renderSource({ ...source, name: after.name }, after, selection, context);
  const first = await renderSource({ ...source, name: before.name }, before, selection, context, second);
  const broken = [first, second].filter(({ diagnostics }) => hasErrors(diagnostics));
  if (broken.length > 0) return obstacle(broken);
  return { before: first.state, after: second.state, sideBySide: false, notes: [] };
}

export async function renderSource(
  { name, files, diagnostics }: Source,
  assumptions: Assumptions,
  selection: Selection,
  { compute }: CommandContext,
  other?: RenderedFleet,
): Promise<RenderedFleet> {
  const options = { compiler, schemas, ...assumptionsOf(assumptions) };
  const request = { name, files, options, selected: selector(selection), parse: parseBuild };
  const rendered = await compute(() => renderFleet(request, other));
  return { ...rendered, diagnostics: sortDiagnostics([...diagnostics, ...rendered.diagnostics]) };
}

function assumptionsOf({ assume, assumeRelease, meaningOnly }: Assumptions): Assumptions {
  return { ...(assume && { assume }), ...(assumeRelease && { assumeRelease }), ...(meaningOnly && { meaningOnly }) };
}

function obstacle(broken: readonly RenderedFleet[]): Outcome {
  return { obstacles: broken.map(({ state, diagnostics }) => ({ state: state.name, diagnostics })) };
}

function checkRelease({ files }: Source, { system, release }: { readonly system: string; readonly release: string }): void {
  const { releases } = sortInputs(files, () => {});
  const own = releases.filter((input) => input.system === system).map((input) => input.release);
  const systems = [...new Set(releases.map((input) => input.system))];
  if (own.length === 0) throw new UsageError(`there is no System \`${system}\``, didYouMean(system, systems));
  if (!own.includes(release)) throw new UsageError(`System ${system} has no release \`${release}\``, `it has ${own.join(', ')}`);
}

function checkCovers(selected: readonly string[] | undefined, system: string): void {
  if (selected !== undefined && !selected.includes(system))
    throw new UsageError(`-s ${selected.join(' -s ')} leaves out ${system}, whose releases are compared`, 'leave -s away');
}
