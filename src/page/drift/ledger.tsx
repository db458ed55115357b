import { useMemo } from 'preact/hooks';
import type { DriftEntry } from '../../report/report.ts';
import { routeTo } from '../base/route.ts';
import { Said } from '../base/said.tsx';
import { EntryCard } from './entry-card.tsx';
import { groupEntries } from './group-entries.ts';
import type { FindPlace } from './object-place.ts';

/** More at once take long to draw, and nobody reads them. */
const most = 100;

interface LedgerProps {
  /** Those that are chosen. */
  readonly entries: readonly DriftEntry[];
  /** Id of the one that the address names; empty for none. */
  readonly open: string;
  readonly showAll: boolean;
  readonly query: Readonly<Record<string, string>>;
  readonly at: string;
  readonly findPlace: FindPlace;
}

/** The differences, by cluster and overlay. */
export function Ledger({ entries, open, showAll, query, at, findPlace }: LedgerProps) {
  const groups = useMemo(() => groupEntries(entries), [entries]);
  const isThere = open === '' || entries.some(({ id }) => id === open);
  const shown = new Set(
    showAll ? entries : groups.flatMap(({ overlays }) => overlays.flatMap((group) => group.entries)).slice(0, most),
  );
  for (const entry of entries) if (entry.id === open) shown.add(entry);
  return (
    <section class="stack" aria-label="Differences">
      {!isThere && (
        <p class="card">
          The last runs have no difference <Said text={open} />: it may be settled by now.
        </p>
      )}
      {entries.length === 0 && <p class="card">There is no difference of this kind.</p>}
      {groups.map(({ cluster, overlays }) => {
        const own = overlays
          .map((group) => ({ ...group, entries: group.entries.filter((entry) => shown.has(entry)) }))
          .filter((group) => group.entries.length > 0);
        if (own.length === 0) return null;
        return (
          <section key={cluster} class="drift-cluster">
            <h3>
              <span class="faint">cluster</span> <Said text={cluster} />
            </h3>
            {own.map((group) => (
              <div key={group.overlay ?? ''} class="drift-overlay">
                <h4>{group.overlay === null ? 'Of no system' : <OverlayLink overlay={group.overlay} />}</h4>
                <ul class="drift-entries">
                  {group.entries.map((entry) => (
                    <li key={entry.id}>
                      <EntryCard entry={entry} isOpen={entry.id === open} at={at} place={findPlace(entry)} />
                    </li>
                  ))}
                </ul>
              </div>
            ))}
          </section>
        );
      })}
      {shown.size < entries.length && (
        <a class="button drift-more" href={routeTo('drift', [], { ...query, all: '1' })}>
          Show the other {entries.length - shown.size}
        </a>
      )}
    </section>
  );
}

function OverlayLink({ overlay }: { readonly overlay: string }) {
  const [environment = '', system = ''] = overlay.split('/');
  return (
    <a href={routeTo('system', [system, environment])}>
      <Said text={overlay} />
    </a>
  );
}
