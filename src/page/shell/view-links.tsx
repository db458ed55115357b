import type { ReportIndex } from '../../report/report.ts';
import { routeTo, type View, views } from '../base/route.ts';
import { type ViewCount, viewCounts } from './view-counts.ts';
import { viewTitles } from './view-titles.ts';

export function ViewLinks({ index, current }: { readonly index: ReportIndex; readonly current: View }) {
  const counts = viewCounts(index);
  return (
    <nav class="shell-views" aria-label="Views">
      {views.map((view) => (
        <a key={view} href={routeTo(view)} aria-current={view === current ? 'page' : undefined}>
          {viewTitles[view]}
          <Count of={counts[view]} />
        </a>
      ))}
    </nav>
  );
}

function Count({ of }: { readonly of: ViewCount | undefined }) {
  if (of === undefined) return null;
  return (
    <>
      {' '}
      <span class={`badge ${of.tone}`} title={of.means}>
        <span aria-hidden="true">{of.count.toLocaleString()}</span>
        <span class="unseen">{of.means}</span>
      </span>
    </>
  );
}
