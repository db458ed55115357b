import { useMemo } from 'preact/hooks';
import type { DriftPart } from '../../report/report.ts';
import { usePart } from '../base/use-report.ts';
import type { ViewProps } from '../base/view-props.ts';
import { chosenEntries, filterOf, findable } from './drift-filter.ts';
import { FilterBar } from './filter-bar.tsx';
import { HistoryChart } from './history-chart.tsx';
import { Ledger } from './ledger.tsx';
import { LooksTable } from './looks-table.tsx';
import { NoRuns } from './no-runs.tsx';
import { placeFinder } from './object-place.ts';
import { sayTime } from './say-time.ts';
import { SummaryCards } from './summary-cards.tsx';
import { UnseenNotice } from './unseen-notice.tsx';
import './drift.css';

/** What is not as it is meant: how it came to be so, who answers for it, and what settles it. */
export function DriftView({ index, route }: ViewProps) {
  const part = usePart<DriftPart>(index, 'drift');
  return (
    <section class="drift-view stack">
      <h2>Drift</h2>
      {part === 'absent' && <NoRuns />}
      {part === 'loading' && (
        <p class="faint" aria-busy="true">
          Loading what the runs found…
        </p>
      )}
      {typeof part === 'object' && <Runs index={index} route={route} part={part} />}
    </section>
  );
}

function Runs({ index, route, part }: ViewProps & { readonly part: DriftPart }) {
  const filter = filterOf(route.query);
  const entries = useMemo(() => findable(part.entries), [part]);
  const findPlace = useMemo(() => placeFinder(index), [index]);
  const overview = useMemo(
    () => (
      <>
        <UnseenNotice index={index} part={part} />
        <SummaryCards entries={part.entries} cluster={filter.cluster} chosen={filter.standing} />
        <div class="drift-overview">
          <HistoryChart runs={part.runs} cluster={filter.cluster} />
          <LooksTable part={part} at={index.at} chosen={filter.cluster} />
        </div>
      </>
    ),
    [index, part, filter.cluster, filter.standing],
  );
  const chosen = useMemo(() => chosenEntries(entries, filter), [entries, ...Object.values(filter)]);
  const { entry: open = '', all } = route.query;
  return (
    <>
      <p class="faint drift-lead">
        What runs, what the repository holds and what the description says, held against each other. Last looked{' '}
        {sayTime(part.runs.at(-1)?.at ?? '')}.
      </p>
      {overview}
      <FilterBar entries={part.entries} filter={filter} route={route} count={chosen.length} />
      <Ledger entries={chosen} open={open} showAll={all === '1'} query={route.query} at={index.at} findPlace={findPlace} />
    </>
  );
}
