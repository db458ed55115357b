import { useCallback, useEffect, useMemo, useState } from 'preact/hooks';
import type { ChangePart, ReportIndex } from '../../report/report.ts';
import { type Route, routeTo } from '../base/route.ts';
import { Said } from '../base/said.tsx';
import { usePrinting } from '../base/use-printing.ts';
import { goTo } from '../base/use-route.ts';
import { ChangeToolbar } from './change-toolbar.tsx';
import { filterFolds, filterHazards, filterOf, isFiltering } from './filter-changes.ts';
import { FoldCard } from './fold-card.tsx';
import { HazardList } from './hazard-list.tsx';
import { addressOf, changeFinder, listChanges } from './list-changes.ts';
import { opensAtFirst } from './opens-at-first.ts';
import { takeChanges } from './take-changes.ts';

interface ListProps {
  readonly index: ReportIndex;
  readonly part: ChangePart;
  readonly route: Route;
}

/** So many objects are drawn before somebody asks for more. */
const page = 200;

export function ChangeList({ index, part, route }: ListProps) {
  const { query } = route;
  const listed = useMemo(() => listChanges(part), [part]);
  const find = useMemo(() => changeFinder(listed), [listed]);
  const known = useMemo(() => new Set(index.objects.map(({ system, object }) => `${system}|${object}`)), [index]);
  const printing = usePrinting();
  const [most, setMost] = useState(page);
  const [toggled, setToggled] = useState<ReadonlyMap<string, boolean>>(new Map());
  const { environment = '', system = '', text = '', hazards: only = '', open = '', at = '' } = query;

  const filter = useMemo(() => filterOf({ environment, system, text, hazards: only }), [environment, system, text, only]);
  const folds = useMemo(() => filterFolds(listed, filter), [listed, filter]);
  const hazards = useMemo(() => filterHazards(part.hazards, filter), [part, filter]);
  const aim = useMemo(() => (at === '' ? undefined : find(at)), [find, at]);
  const { shown, rest, has } = useMemo(() => takeChanges(folds, most, aim), [folds, most, aim]);
  const opens = useMemo(() => opensAtFirst(listed, open), [listed, open]);

  useEffect(() => {
    if (aim === undefined) return undefined;
    const again = () => document.getElementById(aim.address)?.scrollIntoView({ block: 'start' });
    addEventListener('change-again', again);
    return () => removeEventListener('change-again', again);
  }, [aim]);

  const toggle = useCallback((address: string, isOpen: boolean) => {
    setToggled((before) => new Map(before).set(address, isOpen));
  }, []);
  const choose = (choice: Readonly<Record<string, string>>) => {
    if (choice.open !== undefined) setToggled(new Map());
    setMost(page);
    goTo({ ...route, query: { ...query, ...choice } }, { replace: true });
  };
  const linkTo = (overlay: string, object: string) => {
    const [where = '', what = ''] = overlay.split('/');
    const address = addressOf(where, what, object);
    if (find(address) !== undefined) return routeTo('change', [], { ...query, at: address });
    return known.has(`${what}|${object}`) ? routeTo('object', [where, what, object]) : undefined;
  };
  const isOpen = (address: string) => toggled.get(address) ?? (address === aim?.address || opens(address));

  return (
    <>
      <HazardList hazards={hazards} environment={environment} linkTo={linkTo} />
      <ChangeToolbar
        environments={index.environments.map(({ name }) => name)}
        systems={index.systems}
        query={query}
        mode={query.mode === 'split' ? 'split' : 'unified'}
        onChoose={choose}
      />
      {at !== '' && !has && (
        <p class="card" role="status">
          {aim === undefined
            ? 'This link leads to a change that is not in this report.'
            : 'The filter hides what this link leads to.'}{' '}
          {aim !== undefined && <a href={routeTo('change', [], { at })}>Show it</a>}
        </p>
      )}
      {folds.length === 0 && isFiltering(filter) && (
        <p class="card" role="status">
          No change is like that. <a href={routeTo('change')}>Show all changes</a>
        </p>
      )}
      {shown.map((one) => (
        <FoldCard
          key={one.changes[0]?.address}
          index={index}
          listed={one}
          deleted={part.deleted}
          environment={environment}
          aim={aim?.address}
          mode={!printing && query.mode === 'split' ? 'split' : 'unified'}
          isOpen={printing ? () => true : isOpen}
          onToggle={toggle}
        />
      ))}
      {rest > 0 && (
        <button type="button" class="button" onClick={() => setMost(most + page)}>
          Show more: {rest.toLocaleString('en')} objects are left
        </button>
      )}
      {part.unrendered.length > 0 && <Unrendered texts={part.unrendered} />}
    </>
  );
}

function Unrendered({ texts }: { readonly texts: readonly string[] }) {
  return (
    <section class="card">
      <h3>Rendered nowhere</h3>
      <ul>
        {texts.map((text) => (
          <li key={text}>
            <Said text={text} />
          </li>
        ))}
      </ul>
    </section>
  );
}
