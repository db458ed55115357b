import { Said } from '../base/said.tsx';

const few = 3;

/** What could not be looked at: who does not read it may take silence for all being well. */
export function Notes({ notes }: { readonly notes: readonly string[] }) {
  if (notes.length === 0) return null;
  return (
    <aside class="shell-notes" aria-label="Not looked at">
      <ul>
        {notes.slice(0, few).map((note) => (
          <li key={note}>
            <Said text={note} />
          </li>
        ))}
      </ul>
      {notes.length > few && (
        <details>
          <summary>{notes.length - few} more that could not be looked at</summary>
          <ul>
            {notes.slice(few).map((note) => (
              <li key={note}>
                <Said text={note} />
              </li>
            ))}
          </ul>
        </details>
      )}
    </aside>
  );
}
