import type { ChangePart } from '../../report/report.ts';
import { Said } from '../base/said.tsx';
import { usePart } from '../base/use-report.ts';
import type { ViewProps } from '../base/view-props.ts';
import { ChangeList } from './change-list.tsx';
import { actions, countActions, participles } from './count-changes.ts';
import './change.css';

/** What is not yet as the description says, as a reviewer reads it: dangers first, then every change once. */
export function ChangeView({ index, route }: ViewProps) {
  const part = usePart<ChangePart>(index, 'change');
  if (part === 'absent') return <Absent notes={index.notes} />;
  if (part === 'loading')
    return (
      <section class="change-view">
        <h2>Changes</h2>
        <p role="status">Loading…</p>
      </section>
    );
  return (
    <section class="change-view stack">
      <header>
        <h2>
          <Said text={part.from} /> <span class="faint">→</span> <Said text={part.to} />
        </h2>
        <Totals part={part} overlays={index.change?.overlays ?? 0} />
      </header>
      {part.folds.length === 0 && part.unrendered.length === 0 ? (
        <p class="card">Nothing changes: both sides render the same objects.</p>
      ) : (
        <ChangeList index={index} part={part} route={route} />
      )}
    </section>
  );
}

function Absent({ notes }: { readonly notes: readonly string[] }) {
  return (
    <section class="change-view stack">
      <h2>Changes</h2>
      <div class="card">
        <p>This report has nothing to compare with, so it shows no changes.</p>
        {notes.map((note) => (
          <p key={note}>
            <Said text={note} />
          </p>
        ))}
      </div>
    </section>
  );
}

const colours = { create: 'good', change: 'accent', delete: 'bad' } as const;

function Totals({ part: { folds }, overlays }: { readonly part: ChangePart; readonly overlays: number }) {
  const counts = folds.map(({ objects, environments }) => countActions(objects, environments.length));
  const once = folds.reduce((sum, { objects }) => sum + objects.length, 0);
  const total = actions.map((action) => ({ action, count: counts.reduce((sum, one) => sum + one[action], 0) }));
  const objects = total.reduce((sum, { count }) => sum + count, 0);
  if (objects === 0) return null;
  return (
    <p class="row">
      <span>{overlays === 1 ? '1 overlay differs' : `${overlays.toLocaleString('en')} overlays differ`}</span>
      {total
        .filter(({ count }) => count > 0)
        .map(({ action, count }) => (
          <span key={action} class={`badge ${colours[action]}`}>
            {count.toLocaleString('en')} {participles[action]}
          </span>
        ))}
      {once < objects && (
        <span class="faint">{once.toLocaleString('en')} to read: what is the same in several environments stands here once</span>
      )}
    </p>
  );
}
