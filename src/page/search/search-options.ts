import type { ReportIndex } from '../../report/report.ts';
import type { Route } from '../base/route.ts';
import { findEntries, type Hit } from './find-entries.ts';
import { searchIndexOf } from './search-cache.ts';
import type { SearchKind } from './search-index.ts';
import { type Place, placesOf } from './search-places.ts';

/** What the list below the box offers, top to bottom. */
export interface Offer {
  readonly groups: readonly OfferGroup[];
  readonly count: number;
}

export interface OfferGroup {
  readonly label: string;
  /** How many of this kind are not shown. */
  readonly more: number;
  readonly options: readonly Option[];
}

export interface Option {
  readonly text: string;
  readonly system: string | null;
  readonly note: string;
  readonly places: readonly Place[];
}

const labels: Readonly<Record<SearchKind, string>> = {
  environment: 'Environments',
  cluster: 'Clusters',
  system: 'Systems',
  overlay: 'Overlays',
  component: 'Components',
  object: 'Objects',
  image: 'Images',
  host: 'Hosts',
};

export function offerFor(query: string, index: ReportIndex, route: Route): Offer {
  const { groups, count } = findEntries(searchIndexOf(index), query);
  return {
    count,
    groups: groups.map(({ kind, hits, count }) => ({
      label: labels[kind],
      more: count - hits.length,
      options: hits.map((hit) => optionOf(hit, index, route)),
    })),
  };
}

/** The environments of one thing that is in many of them. */
export function offerPlaces({ text, system, places }: Option): Offer {
  const options = places.map((place) => ({
    text: place.environment?.name ?? text,
    system: null,
    note: [place.environment?.stage, place.environment?.protected ? 'protected' : ''].filter(Boolean).join(', '),
    places: [place],
  }));
  const label = system === null ? `${text} is in` : `${text} of ${system} is in`;
  return { count: options.length, groups: [{ label, more: 0, options }] };
}

function optionOf(hit: Hit, index: ReportIndex, route: Route): Option {
  const { kind, text, system, note } = hit.entry;
  const told = kind === 'overlay' || kind === 'system' ? null : system;
  return { text, system: told, note, places: placesOf(hit, index, route) };
}
