import type { Commit } from '../git/commit.ts';
import type { TargetRepository } from '../git/target-repository.ts';
import type { KubernetesSchemas } from '../kubernetes/schema-types.ts';
import type { Plan } from '../plan/plan.ts';
import { planChanges } from '../plan/plan-changes.ts';
import { printPlanMarkdown } from '../plan/print-plan-markdown.ts';
import type { RenderedState } from '../plan/rendered-state.ts';
import type { Kustomize } from '../verify/kustomize.ts';
import type { ChangeSet } from './change-set.ts';
import { shortInputs } from './commit-message.ts';
import { describeFiles } from './describe-files.ts';
import { firewall } from './firewall.ts';
import type { Review } from './publish-request.ts';
import { renderTree, Unbuildable } from './render-trees.ts';

export interface ReviewContext {
  readonly target: TargetRepository;
  readonly path: string;
  readonly kustomize: Kustomize;
  readonly schemas: KubernetesSchemas;
  /** What the fleet means: which lines a field comes from, and which sealed values are new. */
  readonly fleet: () => RenderedState;
  readonly allowed: readonly string[];
  /** How many characters the plan may take. */
  readonly longest: number;
  readonly signal: AbortSignal;
}

/** Hosts take 65,536 characters; the marker and a few words stand around the plan. */
export const longestPlan = 64_000;

/**
 * What merging would do to what runs: the target's files as they are, and with the change in them, both built by the
 * real kustomize. Nothing of it is taken from what we think is there.
 */
export async function reviewChange(set: ChangeSet, base: Commit, inputs: string, context: ReviewContext): Promise<Review> {
  const { target, path, kustomize, signal } = context;
  const prefix = path === '' ? '' : `${path}/`;
  const found = await target.files(base.id, (name) => name.startsWith(prefix) && isRead(name.slice(prefix.length), set));
  const texts = await target.texts([...found.values()]);
  const before = new Map([...found].map(([name, id]) => [name.slice(prefix.length), texts.get(id) ?? '']));
  const after = new Map(before);
  for (const { path: name, text } of set.files) {
    if (!isRead(name, set)) continue;
    if (text === undefined) after.delete(name);
    else after.set(name, text);
  }
  const wanted = affected(set, before, after);
  try {
    const was = await renderTree(`published ${base.id.slice(0, 7)}`, before, wanted, kustomize, signal);
    const will = await renderTree(`inputs ${shortInputs(inputs, 7)}`, after, wanted, kustomize, signal);
    const { sealed, becauseOf } = context.fleet();
    const plan = planChanges(
      was,
      { ...will, ...(sealed && { sealed }), ...(becauseOf && { becauseOf }) },
      { schemas: context.schemas },
    );
    return { ...describe(set, plan, inputs, context.longest), block: firewall(plan.hazards, context.allowed) };
  } catch (error) {
    if (!(error instanceof Unbuildable)) throw error;
    return {
      ...describeFiles(set, inputs),
      block: {
        reason: `what this changes cannot be told, since ${error.message}`,
        advice: 'repair what is published, or publish what it needs first',
      },
    };
  }
}

function describe(set: ChangeSet, plan: Plan, inputs: string, longest: number): Pick<Review, 'title' | 'body'> {
  const objects = plan.changes.flatMap((change) => change.objects).length;
  if (objects === 0) return describeFiles(set, inputs);
  const body = printPlanMarkdown(plan, {
    mostCharacters: longest,
    pointer: '`stowage plan --from published` shows all of it',
  });
  return { title: `${set.name}: ${objects} ${objects === 1 ? 'object changes' : 'objects change'}`, body: body.trimEnd() };
}

/** Folders that a build of what the change touches may read. */
function isRead(path: string, { covers, files }: ChangeSet): boolean {
  const [root, first, second] = path.split('/');
  if (root === 'argocd') return path.endsWith('.application.yaml');
  if (root === 'overlays')
    return covers.includes(`${first}/${second}`) || files.some((file) => file.path.startsWith(`base/${second}/`));
  return root === 'base' && [...covers, ...files.map((file) => file.path)].some((name) => name.split('/')[1] === first);
}

/** Overlays that change themselves, or read a base that does. */
function affected(
  { files }: ChangeSet,
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): (overlay: string) => boolean {
  const changed = new Set(files.map(({ path }) => path.split('/').slice(0, 3).join('/')));
  const reads = (overlay: string, tree: ReadonlyMap<string, string>) => {
    const text = tree.get(`overlays/${overlay}/kustomization.yaml`) ?? '';
    return [...text.matchAll(/\.\.\/(base\/[^/\s]+\/[^/\s]+)/g)].some((match) => changed.has(match[1] as string));
  };
  return (overlay) => changed.has(`overlays/${overlay}`) || reads(overlay, before) || reads(overlay, after);
}
