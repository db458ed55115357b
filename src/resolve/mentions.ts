import { childOf, isTrackedMap, itemsOf, type Tracked } from '../model/tracked.ts';
import type { ResolvedComponent } from './resolved.ts';

/** That a component says the name of another, and perhaps of ports of it. */
export interface Mention {
  readonly name: Tracked<string>;
  readonly ports: readonly Tracked<string>[];
  readonly orders: boolean;
}

/** What a component says by `needs` and `talksTo`. */
export function mentionsOf(component: ResolvedComponent): Mention[] {
  const { needs, talksTo } = component.spec.value;
  return [
    ...itemsOf(needs as Tracked<unknown[]> | undefined).map((item) => mention(item, true)),
    ...itemsOf(talksTo as Tracked<unknown[]> | undefined).map((item) => mention(item, false)),
  ];
}

function mention(item: Tracked, orders: boolean): Mention {
  if (!isTrackedMap(item)) return { name: item as Tracked<string>, ports: [], orders };
  const ports = itemsOf(childOf(item, 'ports') as Tracked<string[]> | undefined);
  return { name: childOf(item, 'component') as Tracked<string>, ports, orders };
}
