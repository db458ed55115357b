import { untrack } from '../model/tracked.ts';
import type { RenderedFleet } from '../plan/render-fleet.ts';
import type { RenderedState } from '../plan/rendered-state.ts';
import { publishedPlace } from '../publish/published-place.ts';
import { readFleet } from '../read/read-documents.ts';
import { sortInputs } from '../read/sort-inputs.ts';
import { type CommandContext, UsageError } from './command-context.ts';
import type { Source } from './plan-sources.ts';
import { type Selection, selector } from './selection.ts';

/** What lies in the config repository that a description names. */
export async function renderPublishedOf(
  source: Source,
  fleetFolder: string,
  compiled: RenderedFleet,
  selection: Selection,
  { environment, signal }: CommandContext,
): Promise<RenderedState> {
  const fleet = readFleet(
    sortInputs(source.files, () => {}),
    () => {},
  );
  if (fleet === undefined) throw new UsageError(`${source.name} has no stowage.yaml that names a config repository`);
  const { url, branch, path } = publishedPlace(untrack(fleet.document).spec, fleetFolder);
  const { fetchPublished } = await import('../git/fetch-published.ts');
  const { renderPublished } = await import('../git/render-published.ts');
  const published = await fetchPublished({ url, branch }, { environment, signal });
  const at = published.commit === undefined ? ', which does not exist yet' : ` (${published.commit.slice(0, 7)})`;
  return renderPublished({ name: `published ${branch}${at}`, published, path, compiled, selected: selector(selection) });
}
