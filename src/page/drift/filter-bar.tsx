import { useEffect, useRef, useState } from 'preact/hooks';
import type { DriftEntry } from '../../report/report.ts';
import { type Route, routeTo } from '../base/route.ts';
import { goTo } from '../base/use-route.ts';
import { type Choosable, choicesOf, choosable, type DriftFilter } from './drift-filter.ts';

const names: Readonly<Record<Choosable, { readonly label: string; readonly any: string }>> = {
  cluster: { label: 'Cluster', any: 'all clusters' },
  standing: { label: 'Standing', any: 'any standing' },
  what: { label: 'Kind of difference', any: 'all kinds' },
  between: { label: 'Between', any: 'all that is compared' },
};

interface FilterBarProps {
  readonly entries: readonly DriftEntry[];
  readonly filter: DriftFilter;
  readonly route: Route;
  /** How many are left. */
  readonly count: number;
}

/** What is chosen stands in the address, so that it can be sent to somebody. */
export function FilterBar({ entries, filter, route, count }: FilterBarProps) {
  const choose = (changes: Readonly<Record<string, string>>) =>
    goTo({ ...route, query: { ...filter, ...changes } }, { replace: true });
  const isOpen = Object.values(filter).every((word) => word === '');
  return (
    <search class="drift-filters no-print" aria-label="Filter differences">
      <SearchField text={filter.text} onText={(text) => choose({ text })} />
      {choosable.map((key) => (
        <select
          key={key}
          class="field"
          aria-label={names[key].label}
          value={filter[key]}
          onChange={(event) => choose({ [key]: event.currentTarget.value })}
        >
          <option value="">{names[key].any}</option>
          {choicesOf(entries, key, filter[key]).map((choice) => (
            <option key={choice} value={choice}>
              {choice}
            </option>
          ))}
        </select>
      ))}
      {!isOpen && (
        <a class="drift-clear" href={routeTo('drift')}>
          Clear
        </a>
      )}
      <span class="faint" role="status">
        {count === entries.length ? `${count} difference${count === 1 ? '' : 's'}` : `${count} of ${entries.length} differences`}
      </span>
    </search>
  );
}

const pause = 120;

/** What is typed is searched for once the typing stops for a moment. */
function SearchField({ text, onText }: { readonly text: string; readonly onText: (text: string) => void }) {
  const [typed, setTyped] = useState(text);
  const sent = useRef(text);
  useEffect(() => {
    // The address changed by itself, such as by a link that clears it.
    if (text !== sent.current) setTyped(text);
    sent.current = text;
  }, [text]);
  useEffect(() => {
    if (typed === sent.current) return;
    const timer = setTimeout(() => {
      sent.current = typed;
      onText(typed);
    }, pause);
    return () => clearTimeout(timer);
  }, [typed]);
  return (
    <input
      class="field drift-search"
      type="search"
      aria-label="Search differences"
      placeholder="Object, field, owner, reason…"
      value={typed}
      onInput={(event) => setTyped(event.currentTarget.value)}
    />
  );
}
