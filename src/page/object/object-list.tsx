import { useMemo, useState } from 'preact/hooks';
import type { ObjectRecord, OverlayPart } from '../../report/report.ts';
import { type Route, routeTo } from '../base/route.ts';
import { Said } from '../base/said.tsx';
import { goTo } from '../base/use-route.ts';

interface Props {
  readonly part: OverlayPart;
  readonly route: Route;
  readonly id: string;
}

/** The objects of an overlay, as they are applied or by whose they are. */
export function ObjectList({ part, route, id }: Props) {
  const { q = '', by = '' } = route.query;
  const [words, setWords] = useState(q);
  const groups = useMemo(() => groupsOf(part.objects, by, q), [part, by, q]);
  const stay = (query: Readonly<Record<string, string>>) =>
    goTo({ ...route, query: { ...route.query, ...query } }, { replace: true });
  const filter = (text: string) => {
    setWords(text);
    stay({ q: text });
  };
  const found = groups.reduce((sum, [, objects]) => sum + objects.length, 0);
  return (
    <nav class="object-list card" aria-label="Objects">
      <div class="object-list-head no-print">
        <input
          class="field"
          type="search"
          aria-label="Filter objects"
          placeholder={`Filter ${part.objects.length} objects`}
          value={words}
          onInput={({ currentTarget }) => filter(currentTarget.value)}
        />
        <select
          class="field"
          aria-label="Group by"
          value={by}
          onChange={({ currentTarget }) => stay({ by: currentTarget.value })}
        >
          <option value="">by wave</option>
          <option value="component">by component</option>
          <option value="kind">by kind</option>
        </select>
      </div>
      <p class="unseen" role="status">
        {found} of {part.objects.length} objects
      </p>
      {found === 0 && <p class="faint">Nothing is called so.</p>}
      <div class="object-list-groups">
        {groups.map(([title, objects]) => (
          <section key={title}>
            <h3>
              <Said text={title} /> <span class="faint">{objects.length}</span>
            </h3>
            <ul>
              {objects.map((object) => (
                <li key={object.id}>
                  <a
                    class="object-list-link"
                    href={routeTo('object', [part.environment, part.system, object.id], { q, by })}
                    aria-current={object.id === id ? 'page' : undefined}
                  >
                    <span class="object-list-kind">
                      <Said text={object.kind} />
                    </span>{' '}
                    <Said text={object.id.slice(object.kind.length + 1)} />
                  </a>
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </nav>
  );
}

/** In the order in which they come; all words of the filter must be in `Kind/name` or the component. */
function groupsOf(objects: readonly ObjectRecord[], by: string, filter: string): [string, ObjectRecord[]][] {
  const words = filter.toLowerCase().split(/\s+/);
  const groups = new Map<string, ObjectRecord[]>();
  for (const object of objects) {
    const text = `${object.id} ${object.component ?? ''}`.toLowerCase();
    if (!words.every((word) => text.includes(word))) continue;
    const title =
      by === 'component' ? (object.component ?? 'of the system') : by === 'kind' ? object.kind : `Wave ${object.wave}`;
    groups.set(title, [...(groups.get(title) ?? []), object]);
  }
  const sorted = [...groups];
  return by === '' ? sorted : sorted.sort(([a], [b]) => (a < b ? -1 : 1));
}
