import type { DriftPart } from '../../report/report.ts';
import { routeTo } from '../base/route.ts';
import { Said } from '../base/said.tsx';
import { standings } from './group-entries.ts';
import { lastLooks } from './history.ts';
import { sayAge, sayTime } from './say-time.ts';

interface LooksTableProps {
  readonly part: DriftPart;
  /** When the report was made. */
  readonly at: string;
  readonly chosen: string;
}

/** What is known of each cluster, and how old that is. */
export function LooksTable({ part, at, chosen }: LooksTableProps) {
  const looks = [...lastLooks(part.runs)].sort(([one], [other]) => (one < other ? -1 : 1));
  const runs = new Map(part.runs.map((run) => [run.at, run]));
  return (
    <section class="card drift-looks" aria-labelledby="drift-looks">
      <h3 id="drift-looks">Clusters</h3>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
      <section class="scroll" tabIndex={0} aria-label="Clusters, as they were last seen">
        <table class="grid">
          <thead>
            <tr>
              <th scope="col">Cluster</th>
              {standings.map((standing) => (
                <th key={standing} scope="col" class="drift-number">
                  {standing}
                </th>
              ))}
              <th scope="col">Looked at</th>
            </tr>
          </thead>
          <tbody>
            {looks.map(([cluster, last]) => {
              const own = part.entries.filter((entry) => entry.cluster === cluster);
              const unseen = runs.get(last)?.clusters[cluster]?.unseen ?? 0;
              return (
                <tr key={cluster} class={cluster === chosen ? 'drift-chosen' : undefined}>
                  <th scope="row">
                    <a
                      href={routeTo('drift', [], { cluster: cluster === chosen ? '' : cluster })}
                      aria-current={cluster === chosen ? 'true' : undefined}
                    >
                      <Said text={cluster} />
                    </a>
                    {unseen > 0 && <span class="badge bad">not all seen</span>}
                  </th>
                  {standings.map((standing) => (
                    <td key={standing} class="drift-number">
                      {own.filter((entry) => entry.standing === standing).length || <span class="faint">0</span>}
                    </td>
                  ))}
                  <td>
                    <time dateTime={last} title={sayTime(last)}>
                      {sayAge(last, at)} ago
                    </time>
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      </section>
    </section>
  );
}
