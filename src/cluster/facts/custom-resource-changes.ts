import { compareText } from '../../diagnostics/sort-diagnostics.ts';
import { type FactChange, listChanges, type Replacement } from './fact-change.ts';

/**
 * Of all that a cluster serves, the file lists what the fleet uses and what somebody listed. Where an entry is no
 * longer served but its kind is, the version that the cluster prefers takes its place.
 */
export function customResourceChanges(
  written: readonly string[] | undefined,
  served: readonly string[],
  used: ReadonlySet<string>,
): FactChange[] {
  const listed = written ?? [];
  const known = new Set(listed);
  const replacements: Replacement[] = [];
  for (const before of new Set(listed)) {
    if (served.includes(before)) continue;
    const [group, , kind] = before.split('/');
    const after = served.find((id) => id.startsWith(`${group}/`) && id.endsWith(`/${kind}`) && !known.has(id));
    if (after !== undefined) known.add(after);
    replacements.push(after === undefined ? { before } : { before, after });
  }
  const added = [...used].filter((id) => served.includes(id) && !known.has(id)).sort(compareText);
  return listChanges('customResources', written, [...replacements, ...added.map((after) => ({ after }))]);
}
