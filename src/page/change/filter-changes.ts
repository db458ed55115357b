import type { FoldedHazard } from './change-types.ts';
import type { ListedFold } from './list-changes.ts';

/** What a reader wants to see; empty is everything. */
export interface ChangeFilter {
  readonly environment: string;
  readonly system: string;
  readonly text: string;
  readonly hazardsOnly: boolean;
}

export function filterOf(query: Readonly<Record<string, string>>): ChangeFilter {
  const { environment = '', system = '', text = '', hazards = '' } = query;
  return { environment, system, text: text.trim().toLowerCase(), hazardsOnly: hazards !== '' };
}

export function isFiltering({ environment, system, text, hazardsOnly }: ChangeFilter): boolean {
  return environment !== '' || system !== '' || text !== '' || hazardsOnly;
}

export function filterFolds(listed: readonly ListedFold[], filter: ChangeFilter): readonly ListedFold[] {
  if (!isFiltering(filter)) return listed;
  const { environment, system, text, hazardsOnly } = filter;
  return listed.flatMap((one) => {
    if (system !== '' && one.fold.system !== system) return [];
    if (environment !== '' && !one.environments.has(environment)) return [];
    const changes = one.changes.filter(
      ({ hazards, haystack }) => (!hazardsOnly || hazards.length > 0) && (text === '' || haystack.includes(text)),
    );
    return changes.length === 0 ? [] : [{ ...one, changes }];
  });
}

export function filterHazards(hazards: readonly FoldedHazard[], filter: ChangeFilter): readonly FoldedHazard[] {
  if (!isFiltering(filter)) return hazards;
  const { environment, system, text } = filter;
  return hazards.filter(
    ({ overlays, object, text: words }) =>
      (text === '' || `${object}\n${words}`.toLowerCase().includes(text)) &&
      overlays.some((overlay) => {
        const [where, what] = overlay.split('/');
        return (environment === '' || where === environment) && (system === '' || what === system);
      }),
  );
}
