import type { DriftEntry } from '../../report/report.ts';
import { routeTo } from '../base/route.ts';
import { standings } from './group-entries.ts';

const meanings = {
  new: 'Nobody answers for it',
  expired: 'Accepted until a day that has passed',
  accepted: 'Somebody answers for it, until a day',
} as const;

export const badgeOf = { new: 'bad', expired: 'warn', accepted: 'accent' } as const;

interface SummaryCardsProps {
  readonly entries: readonly DriftEntry[];
  /** The cluster that is looked at; empty for all. */
  readonly cluster: string;
  /** The standing that is looked at; empty for all. */
  readonly chosen: string;
}

/** How many there are of each standing; each leads to those, and back to all. */
export function SummaryCards({ entries, cluster, chosen }: SummaryCardsProps) {
  const own = entries.filter((entry) => cluster === '' || entry.cluster === cluster);
  return (
    <ul class="drift-cards">
      {standings.map((standing) => {
        const count = own.filter((entry) => entry.standing === standing).length;
        const isChosen = chosen === standing;
        return (
          <li key={standing}>
            <a
              class={`card drift-card ${count === 0 ? '' : badgeOf[standing]}`}
              href={routeTo('drift', [], { cluster, standing: isChosen ? '' : standing })}
              aria-current={isChosen ? 'true' : undefined}
            >
              <strong>{count}</strong> <span class="drift-card-name">{standing}</span>
              <span class="drift-card-meaning">{meanings[standing]}</span>
            </a>
          </li>
        );
      })}
    </ul>
  );
}
