import type { EnvironmentRow, ReportIndex } from '../../report/report.ts';
import type { Route } from '../base/route.ts';
import { routeTo } from '../base/route.ts';
import type { Hit } from './find-entries.ts';

/** One place that something found is at. */
export interface Place {
  readonly environment: EnvironmentRow | undefined;
  readonly href: string;
}

/** Where to go for it: the environments that the view is narrowed to first, then those nearest to production. */
export function placesOf({ entry, environments }: Hit, { environments: rows }: ReportIndex, route: Route): Place[] {
  const { kind, text, system } = entry;
  if (kind === 'cluster') return [{ environment: undefined, href: routeTo('fleet', [], { cluster: text }) }];
  if (kind === 'system') return [{ environment: undefined, href: routeTo('system', [text]) }];
  return environments
    .map((place) => rows[place] as EnvironmentRow)
    .sort((a, b) => Number(isCurrent(b, route)) - Number(isCurrent(a, route)) || nearness(b) - nearness(a))
    .map((environment) => ({ environment, href: hrefOf(kind, text, system ?? '', environment.name) }));
}

function hrefOf(kind: Hit['entry']['kind'], text: string, system: string, environment: string): string {
  if (kind === 'environment') return routeTo('fleet', [environment]);
  if (kind === 'object') return routeTo('object', [environment, system, text]);
  return routeTo('system', [system, environment], kind === 'component' ? { node: text } : {});
}

/** Whether the address that the reader is at is about it. */
function isCurrent({ name, cluster, stage }: EnvironmentRow, { path, query, view }: Route): boolean {
  if (path.includes(name)) return true;
  if (view !== 'fleet' || (query.cluster === undefined && query.stage === undefined)) return false;
  return (query.cluster ?? cluster) === cluster && (query.stage ?? stage) === stage;
}

/** Outside of the pipeline is farthest; in one wave, what is protected is what counts. */
function nearness({ wave, protected: kept }: EnvironmentRow): number {
  return 2 * ((wave ?? -1) + 1) + Number(kept);
}
