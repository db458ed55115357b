import { hasErrors } from '../diagnostics/diagnostic.ts';
import type { RenderedFleet } from '../plan/render-fleet.ts';
import type { RenderedState } from '../plan/rendered-state.ts';
import { type CommandContext, UsageError } from './command-context.ts';
import { parseState } from './plan-comparison.ts';
import { renderPublishedOf } from './plan-published.ts';
import { gatherState, type Source } from './plan-sources.ts';
import { renderSource } from './plan-states.ts';
import type { Selection } from './selection.ts';

/** What is there now, as changes are counted to it. */
export interface Now {
  readonly fleet: string;
  readonly source: Source;
  readonly rendered: RenderedFleet;
  /** Whether nobody asks for what a state prints. */
  readonly meaningOnly?: true;
}

/** The state that changes are counted from. Where nobody named one and there is none, why. */
export async function stateBefore(
  from: string | undefined,
  { fleet, source, rendered, meaningOnly }: Now,
  selection: Selection,
  context: CommandContext,
): Promise<RenderedState | { readonly why: string }> {
  const state = parseState(from ?? 'HEAD', '--from');
  if (state.kind === 'worktree') throw new UsageError('--from worktree is what the page shows', 'name a commit, or `published`');
  if (state.kind === 'published') return renderPublishedOf(source, fleet, rendered, selection, context);
  try {
    const before = await gatherState(state, fleet, context);
    if (before === undefined) return { why: 'there is nothing to compare with' };
    const compiled = await renderSource(before, { ...(meaningOnly && { meaningOnly }) }, selection, context, rendered);
    if (!hasErrors(compiled.diagnostics)) return compiled.state;
    const why = `${before.name} does not compile, so that nothing can be compared with it`;
    if (from !== undefined) throw new UsageError(why, '`stowage plan --from <state>` tells its problems');
    return { why };
  } catch (error) {
    if (from === undefined && error instanceof UsageError) return { why: error.message };
    throw error;
  }
}
