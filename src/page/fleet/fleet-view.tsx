import { useMemo } from 'preact/hooks';
import type { ViewProps } from '../base/view-props.ts';
import { ClusterCards } from './cluster-cards.tsx';
import { filterFleet, filterOf } from './fleet-filter.ts';
import { FleetFilters } from './fleet-filters.tsx';
import { FleetMatrix } from './fleet-matrix.tsx';
import { fleetTable } from './fleet-table.ts';
import './fleet.css';

/** All environments and all systems at a glance. */
export function FleetView({ index, route }: ViewProps) {
  const table = useMemo(() => fleetTable(index), [index]);
  const filter = filterOf(route);
  const filtered = useMemo(() => filterFleet(table, filter), [table, ...Object.values(filter)]);
  const cards = useMemo(() => <ClusterCards index={index} />, [index]);
  return (
    <div class="stack fleet-view">
      <h2 class="unseen">Fleet</h2>
      {cards}
      <section class="stack" aria-labelledby="fleet-environments">
        <div class="fleet-title">
          <h3 id="fleet-environments">Environments</h3>
          <p class="faint" role="status">
            {shownOf(filtered.environments, index.environments.length, 'environment')},{' '}
            {shownOf(filtered.overlays, index.cells.length, 'overlay')}
          </p>
        </div>
        <FleetFilters index={index} route={route} />
        <FleetMatrix index={index} table={table} masks={filtered.masks} route={route} />
      </section>
    </div>
  );
}

function shownOf(shown: number, all: number, word: string): string {
  const words = `${word}${all === 1 ? '' : 's'}`;
  return shown === all ? `${all.toLocaleString()} ${words}` : `${shown.toLocaleString()} of ${all.toLocaleString()} ${words}`;
}
