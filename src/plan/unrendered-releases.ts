import { compareText } from '../diagnostics/sort-diagnostics.ts';
import type { RenderedState } from './rendered-state.ts';

/** Releases that were added, removed or edited and that no environment runs, before or after: nobody will see it. */
export function unrenderedReleases(before: RenderedState, after: RenderedState): string[] {
  const run = new Set([...(before.runs?.values() ?? []), ...(after.runs?.values() ?? [])]);
  // A state that does not know releases, such as generated files, has nothing to say of them.
  if (before.releases === undefined || after.releases === undefined) return [];
  const [was, is] = [before.releases, after.releases];
  return [...new Set([...was.keys(), ...is.keys()])]
    .filter((id) => was.get(id) !== is.get(id) && !run.has(id))
    .sort(compareText)
    .map((id) => {
      const [system, release] = id.split('/');
      const how = was.has(id) ? (is.has(id) ? 'changed' : 'is gone') : 'is new';
      return release === 'head'
        ? `the head of ${system} ${how}, and nothing here runs it`
        : `release ${release} of ${system} ${how}, and nothing here runs it`;
    });
}
