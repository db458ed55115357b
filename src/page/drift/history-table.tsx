import { standings } from './group-entries.ts';
import type { HistoryPoint } from './history.ts';
import { sayTime } from './say-time.ts';

/** The chart for who would rather read numbers: the latest first. */
export function HistoryTable({ points }: { readonly points: readonly HistoryPoint[] }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard
    <section class="scroll drift-history-table" tabIndex={0} aria-label="Runs as a table">
      <table class="grid">
        <thead>
          <tr>
            <th scope="col">Run</th>
            {standings.map((standing) => (
              <th key={standing} scope="col" class="drift-number">
                {standing}
              </th>
            ))}
            <th scope="col" class="drift-number">
              not seen
            </th>
            <th scope="col">Looked at</th>
          </tr>
        </thead>
        <tbody>
          {points.toReversed().map((point) => (
            <tr key={point.at}>
              <th scope="row">{sayTime(point.at)}</th>
              {standings.map((standing) => (
                <td key={standing} class="drift-number">
                  {point[standing]}
                </td>
              ))}
              <td class="drift-number">{point.unseen}</td>
              <td>{point.looked.join(', ')}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
