import { useContext, useEffect, useState } from 'preact/hooks';
import type { ReportIndex } from '../../report/report.ts';
import { SourceContext } from './use-report.ts';

/** So few that a page with a hundred of them stays smooth meanwhile. */
const batch = 6;

/**
 * What is picked from many parts, by their names; those that are not in it yet are on their way. It begins anew when
 * `about` changes, which says what is picked.
 */
export function useParts<Part extends object, Picked>(
  index: ReportIndex,
  names: readonly string[],
  about: string,
  pick: (part: Part | undefined) => Picked,
): ReadonlyMap<string, Picked> {
  const source = useContext(SourceContext);
  const wanted = JSON.stringify([
    about,
    ...names.map((name) => [name, Object.hasOwn(index.parts, name) ? index.parts[name] : '']),
  ]);
  const [picked, setPicked] = useState<{ readonly wanted: string; readonly found: ReadonlyMap<string, Picked> }>();
  useEffect(() => {
    let current = true;
    const found = new Map<string, Picked>();
    const load = async () => {
      for (let from = 0; from < names.length && current; from += batch) {
        const some = names.slice(from, from + batch);
        const parts = await Promise.all(some.map((name) => source?.load<Part>(name)));
        for (const [place, name] of some.entries()) found.set(name, pick(parts[place]));
        if (current) setPicked({ wanted, found: new Map(found) });
        await new Promise((resolve) => setTimeout(resolve));
      }
    };
    load();
    return () => {
      current = false;
    };
  }, [source, wanted]);
  return picked?.wanted === wanted ? picked.found : new Map();
}
