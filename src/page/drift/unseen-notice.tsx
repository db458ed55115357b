import type { DriftPart, ReportIndex } from '../../report/report.ts';
import { Prose } from '../base/prose.tsx';
import { Said } from '../base/said.tsx';
import { lastLooks } from './history.ts';

/** What no run knows of: with a hole in it a report is no clean bill, so that this comes before all else. */
export function UnseenNotice({ index, part }: { readonly index: ReportIndex; readonly part: DriftPart }) {
  const looks = lastLooks(part.runs);
  const used = new Set(index.environments.map(({ cluster }) => cluster));
  const never = [...used].filter((cluster) => !looks.has(cluster)).sort();
  if (part.unseen.length + never.length === 0) return null;
  return (
    <section class="drift-unseen card" aria-labelledby="drift-unseen">
      <h3 id="drift-unseen">
        <span aria-hidden="true">⚠ </span>Not all of it was seen
      </h3>
      <p>There may be more drift than is shown here: this is never a clean bill.</p>
      <ul>
        {part.unseen.map(({ cluster, what, why, hint }) => (
          <li key={`${cluster} ${what} ${why}`}>
            {cluster !== '' && (
              <>
                <strong>
                  <Said text={cluster} />
                </strong>
                :{' '}
              </>
            )}
            <Said text={what} />: <Said text={why} />
            {hint !== null && (
              <p class="drift-hint">
                <Prose text={hint} />
              </p>
            )}
          </li>
        ))}
        {never.map((cluster) => (
          <li key={cluster}>
            <strong>
              <Said text={cluster} />
            </strong>
            : no run looked at this cluster
          </li>
        ))}
      </ul>
    </section>
  );
}
