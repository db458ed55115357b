import { useEffect } from 'preact/hooks';
import { Said } from '../base/said.tsx';
import type { Offer, Option } from './search-options.ts';

interface SearchListProps {
  readonly id: string;
  readonly offer: Offer;
  readonly shown: boolean;
  readonly active: number;
  readonly choose: (option: Option) => void;
}

/** What was found, by kind. The focus stays in the box: what is active is told by `aria-activedescendant`. */
export function SearchList({ id, offer, shown, active, choose }: SearchListProps) {
  useEffect(() => {
    if (shown) document.getElementById(`${id}-${active}`)?.scrollIntoView({ block: 'nearest' });
  }, [shown, active, offer]);
  let position = 0;
  return (
    <div class="search-results" hidden={!shown}>
      {/* The mouse must not take the focus out of the box, which would close the list. */}
      <div class="search-list" id={id} role="listbox" aria-label="Found" onMouseDown={(event) => event.preventDefault()}>
        {shown &&
          offer.groups.map(({ label, more, options }, group) => (
            // biome-ignore lint/a11y/useSemanticElements: a fieldset is no group of options
            <div key={label} role="group" aria-labelledby={`${id}-group-${group}`}>
              <div class="search-group" id={`${id}-group-${group}`} role="presentation">
                <Said text={label} />
                {more > 0 && <span class="faint"> and {more.toLocaleString()} more</span>}
              </div>
              {options.map((option) => {
                const own = position++;
                return <SearchOption key={own} id={`${id}-${own}`} option={option} active={own === active} choose={choose} />;
              })}
            </div>
          ))}
      </div>
      {shown && offer.count === 0 && <p class="faint search-nothing">Nothing found: every word has to match.</p>}
      {shown && offer.count > 0 && (
        <p class="faint search-keys" aria-hidden="true">
          <kbd>↑</kbd> <kbd>↓</kbd> to choose, <kbd>Enter</kbd> to open, <kbd>Esc</kbd> to go back
        </p>
      )}
    </div>
  );
}

interface SearchOptionProps {
  readonly id: string;
  readonly option: Option;
  readonly active: boolean;
  readonly choose: (option: Option) => void;
}

function SearchOption({ id, option, active, choose }: SearchOptionProps) {
  const { text, system, note, places } = option;
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the box has the keys of the list
    // biome-ignore lint/a11y/useFocusableInteractive: the box keeps the focus
    <div class="search-option" id={id} role="option" aria-selected={active} onClick={() => choose(option)}>
      <span class="search-text">
        <Said text={text} />
      </span>{' '}
      <span class="search-note faint">
        {system !== null && <Said text={system} />}
        {system !== null && note !== '' && ' · '}
        {note !== '' && <Said text={note} />}
      </span>{' '}
      {system !== null && <span class="search-places faint">{whereabouts(option)}</span>}
      {places.length > 1 && <span aria-hidden="true">›</span>}
    </div>
  );
}

function whereabouts({ places }: Option): string {
  return places.length === 1 ? (places[0]?.environment?.name ?? '') : `${places.length} environments`;
}
