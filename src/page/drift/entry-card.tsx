import { useEffect, useRef } from 'preact/hooks';
import type { DriftEntry } from '../../report/report.ts';
import { Prose } from '../base/prose.tsx';
import { routeTo } from '../base/route.ts';
import { Said } from '../base/said.tsx';
import { Command } from './command.tsx';
import { EntryFacts } from './entry-facts.tsx';
import { settleCommands } from './settle-commands.ts';
import { badgeOf } from './summary-cards.tsx';
import { Values } from './values.tsx';

interface EntryCardProps {
  readonly entry: DriftEntry;
  /** Whether the address names this one. */
  readonly isOpen: boolean;
  /** When the report was made. */
  readonly at: string;
  /** Where the page shows its object. */
  readonly place: readonly string[] | undefined;
}

/** One difference: what is the matter, since when and by whom, and what settles it. */
export function EntryCard({ entry, isOpen, at, place }: EntryCardProps) {
  const card = useRef<HTMLElement>(null);
  useEffect(() => {
    if (isOpen) card.current?.scrollIntoView({ block: 'center' });
  }, [isOpen]);
  const { id, standing, what, field, summary, advice } = entry;
  return (
    <article ref={card} class={isOpen ? 'card drift-entry open' : 'card drift-entry'} aria-label={id}>
      <div class="drift-entry-head">
        <span class={`badge ${badgeOf[standing]}`}>{standing}</span>
        <span class="badge">
          <Said text={what} />
        </span>
        <ObjectName entry={entry} place={place} />
        {field !== null && (
          <code class="drift-field">
            <Said text={field} />
          </code>
        )}
        <a class="drift-permalink no-print" href={routeTo('drift', [], { entry: id })} aria-label={`Link to ${id}`}>
          #
        </a>
      </div>
      <div class="drift-entry-body">
        <div class="drift-matter">
          <p>
            <Prose text={summary} />
          </p>
          <Values entry={entry} />
          <p>
            <span aria-hidden="true">→ </span>
            <Prose text={advice} />
          </p>
        </div>
        <EntryFacts entry={entry} />
      </div>
      <Settle entry={entry} at={at} isOpen={isOpen} />
    </article>
  );
}

function ObjectName({ entry: { object, namespace, overlay, field }, place }: Pick<EntryCardProps, 'entry' | 'place'>) {
  if (object === null) return null;
  if (place !== undefined)
    return (
      <a class="drift-object" href={routeTo('object', place, { field: field ?? '' })}>
        <Said text={object} />
      </a>
    );
  return (
    <span class="drift-object">
      <Said text={object} />
      {overlay === null && namespace !== null && (
        <span class="faint">
          {' '}
          in <Said text={namespace} />
        </span>
      )}
    </span>
  );
}

function Settle({ entry, at, isOpen }: Pick<EntryCardProps, 'entry' | 'at' | 'isOpen'>) {
  const commands = settleCommands(entry, at);
  return (
    <details class="drift-settle no-print" open={isOpen}>
      <summary>Settle it</summary>
      {commands.length === 0 && (
        <p>
          Its id has characters that a terminal may take for something else: let `stowage drift` show it, and settle it there.
        </p>
      )}
      {commands.map(({ purpose, command }) => (
        <div key={purpose}>
          <p>{purpose}</p>
          <Command command={command} />
        </div>
      ))}
    </details>
  );
}
