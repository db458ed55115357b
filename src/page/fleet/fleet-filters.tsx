import { useEffect, useRef, useState } from 'preact/hooks';
import type { ReportIndex } from '../../report/report.ts';
import type { Route } from '../base/route.ts';
import { goTo } from '../base/use-route.ts';

/** Typing is over when nothing came for so long. */
const pause = 120;
const own = ['find', 'cluster', 'stage', 'system', 'profile', 'attention'];

interface FleetFiltersProps {
  readonly index: ReportIndex;
  readonly route: Route;
}

/** What is chosen stands in the address, so that it can be shared. */
export function FleetFilters({ index, route }: FleetFiltersProps) {
  const { query } = route;
  const choose = (name: string, value: string) => goTo({ ...route, query: { ...query, [name]: value } }, { replace: true });
  const clear = () => goTo({ ...route, query: query.open === undefined ? {} : { open: query.open } }, { replace: true });
  const { environments, cells } = index;
  const pick = (name: string, label: string, all: string, values: readonly string[]) => (
    <Choice name={label} all={all} values={distinct(values)} chosen={query[name] ?? ''} choose={(value) => choose(name, value)} />
  );
  return (
    <fieldset class="row fleet-filters no-print" aria-label="Filters">
      <FindBox text={query.find ?? ''} change={(text) => choose('find', text)} />
      {pick(
        'cluster',
        'Cluster',
        'All clusters',
        environments.map(({ cluster }) => cluster),
      )}
      {pick(
        'stage',
        'Stage',
        'All stages',
        environments.map(({ stage }) => stage),
      )}
      {pick('system', 'System', 'All systems', index.systems)}
      {pick(
        'profile',
        'Profile',
        'All profiles',
        cells.flatMap(({ profiles }) => profiles),
      )}
      <label class="fleet-attention">
        <input
          type="checkbox"
          checked={query.attention === 'needed'}
          onChange={(event) => choose('attention', event.currentTarget.checked ? 'needed' : '')}
        />{' '}
        Needs attention
      </label>
      {own.some((name) => query[name] !== undefined) && (
        <button type="button" class="button plain" onClick={clear}>
          Show all
        </button>
      )}
    </fieldset>
  );
}

interface ChoiceProps {
  readonly name: string;
  readonly all: string;
  readonly values: readonly string[];
  readonly chosen: string;
  readonly choose: (value: string) => void;
}

function Choice({ name, all, values, chosen, choose }: ChoiceProps) {
  if (values.length < 2 && chosen === '') return null;
  const offered = chosen === '' || values.includes(chosen) ? values : [...values, chosen];
  return (
    <select class="field" aria-label={name} value={chosen} onChange={(event) => choose(event.currentTarget.value)}>
      <option value="">{all}</option>
      {offered.map((value) => (
        <option key={value} value={value}>
          {value}
        </option>
      ))}
    </select>
  );
}

/** The address follows when typing pauses: all that is shown hangs on it. */
function FindBox({ text, change }: { readonly text: string; readonly change: (text: string) => void }) {
  const [typed, setTyped] = useState(text);
  const latest = useRef(change);
  latest.current = change;
  useEffect(() => setTyped(text), [text]);
  useEffect(() => {
    if (typed === text) return undefined;
    const timer = setTimeout(() => latest.current(typed), pause);
    return () => clearTimeout(timer);
  }, [typed]);
  return (
    <input
      class="field"
      type="search"
      aria-label="Find in the matrix"
      placeholder="Name, release, profile…"
      value={typed}
      onInput={(event) => setTyped(event.currentTarget.value)}
    />
  );
}

function distinct(values: readonly string[]): string[] {
  return [...new Set(values)].filter((value) => value !== '').sort();
}
