import { useEffect, useId, useMemo, useRef, useState } from 'preact/hooks';
import type { ReportIndex } from '../../report/report.ts';
import type { Route } from '../base/route.ts';
import { searchIndexOf } from './search-cache.ts';
import { SearchList } from './search-list.tsx';
import { type Offer, type Option, offerFor, offerPlaces } from './search-options.ts';
import './search.css';

interface Typed {
  readonly text: string;
  readonly open: boolean;
  /** Position of the option that Enter takes. */
  readonly active: number;
  /** What was chosen, and is in more than one environment. */
  readonly picked: Option | undefined;
}

const nothing: Typed = { text: '', open: false, active: 0, picked: undefined };

/** One box over all that has a name here; a combobox whose list is walked by arrow keys while the box keeps the focus. */
export function SearchBox({ index, route }: { readonly index: ReportIndex; readonly route: Route }) {
  const [typed, setTyped] = useState(nothing);
  const box = useRef<HTMLInputElement>(null);
  const list = useId();
  const { text, open, active, picked } = typed;
  const found = useMemo(() => offerFor(open ? text : '', index, route), [text, open, index]);
  const offer = useMemo(() => (picked === undefined ? found : offerPlaces(picked)), [found, picked]);
  const options = offer.groups.flatMap(({ options }) => options);
  const shown = open && text.trim() !== '';

  useEffect(() => {
    const shortcut = (event: KeyboardEvent) => {
      if (!asksForSearch(event)) return;
      event.preventDefault();
      box.current?.focus();
      box.current?.select();
    };
    addEventListener('keydown', shortcut);
    return () => removeEventListener('keydown', shortcut);
  }, []);

  const choose = (option: Option | undefined) => {
    if (option === undefined) return;
    const [place, ...others] = option.places;
    if (others.length > 0) {
      setTyped({ ...typed, picked: option, active: 0 });
      return;
    }
    setTyped(nothing);
    box.current?.blur();
    if (place !== undefined) location.hash = place.href;
  };

  const press = (event: KeyboardEvent) => {
    const next = walked(event.key, active, options.length);
    if (event.key === 'Escape' && (shown || text !== '')) setTyped(stepBack(typed));
    else if (shown && event.key === 'Enter') choose(options[active]);
    else if (shown && next !== undefined) setTyped({ ...typed, active: next });
    else if (!shown && event.key === 'ArrowDown') setTyped({ ...typed, open: true });
    else return;
    event.preventDefault();
  };

  return (
    <search class="search">
      <input
        ref={box}
        class="field search-box"
        type="text"
        role="combobox"
        aria-label="Search the fleet"
        aria-autocomplete="list"
        aria-expanded={shown}
        aria-controls={list}
        aria-activedescendant={shown && options.length > 0 ? `${list}-${active}` : undefined}
        aria-keyshortcuts="/ Control+K Meta+K"
        autoComplete="off"
        spellcheck={false}
        placeholder="Search"
        value={text}
        onFocus={() => searchIndexOf(index)}
        onInput={(event) => setTyped({ ...nothing, text: event.currentTarget.value, open: true })}
        onClick={() => setTyped({ ...typed, open: true })}
        onBlur={() => setTyped((now) => ({ ...now, open: false, picked: undefined, active: 0 }))}
        onKeyDown={press}
      />
      <span class="search-key" aria-hidden="true">
        /
      </span>
      <SearchList id={list} offer={offer} shown={shown} active={active} choose={choose} />
      <p class="unseen" role="status">
        {shown ? told(offer) : ''}
      </p>
    </search>
  );
}

/** What is pressed while something else is typed into is text. */
function asksForSearch(event: KeyboardEvent): boolean {
  if (event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey) return true;
  const typing = event.target instanceof Element && event.target.matches('input, textarea, select, [contenteditable]');
  return event.key === '/' && !typing && !event.ctrlKey && !event.metaKey && !event.altKey;
}

function walked(key: string, active: number, count: number): number | undefined {
  if (count === 0) return undefined;
  if (key === 'ArrowDown') return (active + 1) % count;
  if (key === 'ArrowUp') return (active + count - 1) % count;
  return undefined;
}

function stepBack(typed: Typed): Typed {
  if (typed.picked !== undefined) return { ...typed, picked: undefined, active: 0 };
  return typed.open ? { ...typed, open: false } : nothing;
}

function told({ count }: Offer): string {
  return count === 0 ? 'Nothing found' : `${count} found`;
}
