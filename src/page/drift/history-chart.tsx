import { useMemo, useState } from 'preact/hooks';
import type { DriftRun } from '../../report/report.ts';
import { Said } from '../base/said.tsx';
import { ChartDrawing, Swatch } from './chart-drawing.tsx';
import { chartShapes, nearestMark } from './chart-shapes.ts';
import { standings } from './group-entries.ts';
import { historyOf, sayCounts } from './history.ts';
import { HistoryTable } from './history-table.tsx';
import { sayDay, sayTime } from './say-time.ts';
import { useWidth } from './use-width.ts';

const height = 230;

/** How many differences there were after each run; the same as a picture, in words for one run, and as a table. */
export function HistoryChart({ runs, cluster }: { readonly runs: readonly DriftRun[]; readonly cluster: string }) {
  const points = useMemo(() => historyOf(runs, cluster), [runs, cluster]);
  const [box, width] = useWidth<HTMLDivElement>(640);
  const shapes = useMemo(() => (points.length > 1 ? chartShapes(points, width, height) : undefined), [points, width]);
  const [pointed, setPointed] = useState<number>();
  const at = Math.min(pointed ?? points.length - 1, points.length - 1);
  const point = points[at];
  return (
    <section class="card drift-history" aria-labelledby="drift-history">
      <div class="drift-history-head">
        <h3 id="drift-history">
          History
          {cluster !== '' && (
            <>
              {' '}
              of <Said text={cluster} />
            </>
          )}
        </h3>
        {shapes !== undefined && <Legend unseen={points.some(({ unseen }) => unseen > 0)} />}
      </div>
      <div ref={box}>
        {shapes !== undefined && point !== undefined && (
          <ChartDrawing
            shapes={shapes}
            size={{ width, height }}
            at={at}
            said={`${sayTime(point.at)}: ${sayCounts(point)}`}
            onPoint={setPointed}
            onPlace={(x) => setPointed(nearestMark(shapes, x))}
          />
        )}
      </div>
      {point === undefined ? (
        <p>No run looked at this cluster.</p>
      ) : (
        <p class="drift-readout" aria-hidden={shapes === undefined ? undefined : 'true'}>
          <strong>{sayTime(point.at)}</strong> {sayCounts(point)}
          <span class="faint"> · looked at {point.looked.join(', ')}</span>
        </p>
      )}
      {points.length === 1 && <p class="faint">One run is no history yet: give `--drift` a folder in which each run is kept.</p>}
      {points.length > 1 && (
        <details>
          <summary>
            {points.length} runs, {sayDay(points[0]?.at ?? '')} to {sayDay(points.at(-1)?.at ?? '')}, as a table
          </summary>
          <HistoryTable points={points} />
        </details>
      )}
    </section>
  );
}

function Legend({ unseen }: { readonly unseen: boolean }) {
  return (
    <ul class="drift-legend">
      {standings.map((standing) => (
        <li key={standing}>
          <Swatch standing={standing} /> {standing}
        </li>
      ))}
      {unseen && (
        <li>
          <svg width="14" height="12" aria-hidden="true">
            <path class="drift-hole" d="M7 1L13 11H1Z" />
          </svg>{' '}
          not all seen
        </li>
      )}
    </ul>
  );
}
