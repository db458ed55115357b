import { repositoryOf } from '../argocd/deployment-facts.ts';
import { compiler, schemas } from '../build-facts.ts';
import type { CompileOptions } from '../compile/compile-options.ts';
import { type Diagnostic, hasErrors, type Report } from '../diagnostics/diagnostic.ts';
import { sortDiagnostics } from '../diagnostics/sort-diagnostics.ts';
import { didYouMean } from '../diagnostics/suggest.ts';
import { findRepository, hasUncommitted, resolveCommit } from '../git/find-repository.ts';
import type { InputFiles } from '../model/input-files.ts';
import { untrack } from '../model/tracked.ts';
import { alignEnvironments } from '../plan/align-environments.ts';
import { type RenderedFleet, renderFleet } from '../plan/render-fleet.ts';
import type { RenderedState } from '../plan/rendered-state.ts';
import { readFleet } from '../read/read-documents.ts';
import { sortInputs } from '../read/sort-inputs.ts';
import { gatherInputs } from '../store/gather-inputs.ts';
import { inputFile, inputRoots } from '../store/input-names.ts';
import { parseBuild } from '../verify/parse-build.ts';
import { type CommandContext, UsageError } from './command-context.ts';
import { checkNames, namesIn } from './fleet-names.ts';
import type { Comparison, State } from './plan-comparison.ts';
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

/** The inputs of one state. */
interface Source {
  readonly name: string;
  readonly files: InputFiles;
  readonly diagnostics: readonly Diagnostic[];
}

type Assumptions = Pick<CompileOptions, 'assume' | 'assumeRelease'>;

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
      return renderTwice(source, { name: 'working tree' }, { name, assume: comparison.assume }, selection);
    }
    case 'releases': {
      const source = worktree(fleet);
      const { from, to } = comparison;
      checkRelease(source, from);
      checkRelease(source, to);
      const called = ({ system, release }: typeof from) => `${system} ${release}`;
      const only = { ...selection, system: [from.system] };
      checkCovers(selection.system, from.system);
      return renderTwice(source, { name: called(from), assumeRelease: from }, { name: called(to), assumeRelease: to }, only);
    }
    case 'environments': {
      const { from, to } = comparison;
      const source = worktree(fleet);
      const both = { ...selection, environment: [from, to] };
      checkNames(both, namesIn(source.files));
      const rendered = render(source, {}, both);
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
  const [before, after] = [await gather(from, fleet, context), await gather(to, fleet, context)];
  const known = [before, after].flatMap((source) => (source === undefined ? [] : [namesIn(source.files)]));
  checkNames(selection, {
    environments: [...new Set(known.flatMap(({ environments }) => environments))],
    systems: [...new Set(known.flatMap(({ systems }) => systems))],
  });
  const source = (after ?? before) as Source;
  const first = render(source, {}, selection);
  if (before !== undefined && after !== undefined) {
    const second = render(before, {}, selection, first);
    const broken = [second, first].filter(({ diagnostics }) => hasErrors(diagnostics));
    if (broken.length > 0) return obstacle(broken);
    const notes = from.kind === 'commit' && to.kind === 'commit' ? await noteUncommitted(fleet, context) : [];
    return { before: second.state, after: first.state, sideBySide: false, notes };
  }
  if (hasErrors(first.diagnostics)) return obstacle([first]);
  const published = await renderPublishedOf(source, first, selection, context);
  return before === undefined
    ? { before: published, after: first.state, sideBySide: false, notes: [] }
    : { before: first.state, after: published, sideBySide: false, notes: [] };
}

function renderTwice(
  source: Source,
  before: Assumptions & { readonly name: string },
  after: Assumptions & { readonly name: string },
  selection: Selection,
): Outcome {
  checkNames(selection, namesIn(source.files));
  const second = render({ ...source, name: after.name }, after, selection);
  const first = render({ ...source, name: before.name }, before, selection, second);
  const broken = [first, second].filter(({ diagnostics }) => hasErrors(diagnostics));
  if (broken.length > 0) return obstacle(broken);
  return { before: first.state, after: second.state, sideBySide: false, notes: [] };
}

function render(source: Source, assumptions: Assumptions, selection: Selection, other?: RenderedFleet): RenderedFleet {
  const { assume, assumeRelease } = assumptions;
  const rendered = renderFleet(
    {
      name: source.name,
      files: source.files,
      options: { compiler, schemas, ...(assume && { assume }), ...(assumeRelease && { assumeRelease }) },
      selected: selector(selection),
      parse: parseBuild,
    },
    other,
  );
  return { ...rendered, diagnostics: sortDiagnostics([...source.diagnostics, ...rendered.diagnostics]) };
}

function obstacle(broken: readonly RenderedFleet[]): Outcome {
  return { obstacles: broken.map(({ state, diagnostics }) => ({ state: state.name, diagnostics })) };
}

/** Undefined for what is published: that is no description but its result. */
async function gather(state: State, fleet: string, context: CommandContext): Promise<Source | undefined> {
  if (state.kind === 'published') return undefined;
  return state.kind === 'worktree' ? worktree(fleet) : commit(state.name, fleet, context);
}

function worktree(fleet: string): Source {
  const diagnostics: Diagnostic[] = [];
  const files = gatherInputs(fleet, (diagnostic) => diagnostics.push(diagnostic));
  return { name: 'working tree', files, diagnostics };
}

async function commit(name: string, fleet: string, { environment, signal }: CommandContext): Promise<Source> {
  const repository = await findRepository(fleet, { environment, signal });
  if ('problem' in repository)
    throw new UsageError(
      `there is no commit to compare with here: ${repository.problem}`,
      '`git init` and a first commit make one; `--from published` compares with the config repository',
    );
  const id = await resolveCommit(repository, name);
  if (id === undefined)
    throw name === 'HEAD'
      ? new UsageError(
          'there is no commit yet to compare with',
          'commit first; `--from published` compares with the config repository',
        )
      : new UsageError(
          `\`${name}\` is no commit of this repository`,
          'name a branch, a tag or a commit; `git fetch` brings those of others',
        );
  const { readCommit } = await import('../git/read-commit.ts');
  const diagnostics: Diagnostic[] = [];
  const report: Report = (diagnostic) => diagnostics.push(diagnostic);
  const files = await readCommit(repository, id, report);
  const short = id.slice(0, 7);
  return { name: name.startsWith(short) ? `commit ${short}` : `${name} (${short})`, files, diagnostics };
}

async function noteUncommitted(fleet: string, { environment, signal }: CommandContext): Promise<string[]> {
  const repository = await findRepository(fleet, { environment, signal });
  if ('problem' in repository || !(await hasUncommitted(repository, [inputFile, ...inputRoots]))) return [];
  return ['the working tree holds changes that are in neither commit; `--to worktree` plans them'];
}

async function renderPublishedOf(
  source: Source,
  compiled: RenderedFleet,
  selection: Selection,
  { environment, signal }: CommandContext,
): Promise<RenderedState> {
  const fleet = readFleet(
    sortInputs(source.files, () => {}),
    () => {},
  );
  if (fleet === undefined) throw new UsageError(`${source.name} has no stowage.yaml that names a config repository`);
  const { url, branch, path } = repositoryOf(untrack(fleet.document).spec);
  const { fetchPublished } = await import('../git/fetch-published.ts');
  const { renderPublished } = await import('../git/render-published.ts');
  const published = await fetchPublished({ url, branch }, { environment, signal });
  const at = published.commit === undefined ? ', which does not exist yet' : ` (${published.commit.slice(0, 7)})`;
  return renderPublished({ name: `published ${branch}${at}`, published, path, compiled, selected: selector(selection) });
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
