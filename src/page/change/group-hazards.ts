import type { FoldedHazard } from './change-types.ts';

/** Objects that the same happens to in the same places. */
export interface HazardGroup {
  readonly id: string;
  readonly objects: readonly string[];
  readonly overlays: readonly string[];
  readonly dangers: readonly Pick<FoldedHazard, 'kind' | 'text'>[];
}

/** All that is dangerous about an object stands together, and so do objects about which the same is to be said. */
export function groupHazards(hazards: readonly FoldedHazard[]): HazardGroup[] {
  const byObject = together(hazards, ({ object, overlays }) => [object, ...overlays].join('\n'));
  const alike = together(byObject, ([first, ...rest]) =>
    JSON.stringify([first?.overlays, [first, ...rest].map((hazard) => [hazard?.kind, hazard?.text])]),
  );
  return alike.map((group) => {
    const dangers = group[0] as readonly FoldedHazard[];
    const objects = group.map(([hazard]) => (hazard as FoldedHazard).object);
    const { overlays } = dangers[0] as FoldedHazard;
    return { id: [...objects, ...overlays].join('\n'), objects, overlays, dangers };
  });
}

function together<Element>(elements: readonly Element[], nameOf: (element: Element) => string): Element[][] {
  const groups = new Map<string, Element[]>();
  for (const element of elements) {
    const name = nameOf(element);
    const known = groups.get(name);
    if (known === undefined) groups.set(name, [element]);
    else known.push(element);
  }
  return [...groups.values()];
}
