import type { GraphRecord } from '../../report/report.ts';

/** Whom a component has to do with, as far as both are on. */
export interface Neighbours {
  readonly waitsFor: readonly string[];
  readonly waitedForBy: readonly string[];
  readonly reaches: ReadonlySet<string>;
  readonly reachedBy: ReadonlySet<string>;
  /** All of those, and itself. */
  readonly all: ReadonlySet<string>;
}

export function neighboursOf({ edges }: GraphRecord, component: string): Neighbours {
  const active = edges.filter((edge) => edge.active);
  const out = active.filter(({ from }) => from === component);
  const into = active.filter(({ to }) => to === component);
  return {
    waitsFor: out.filter(({ orders }) => orders).map(({ to }) => to),
    waitedForBy: into.filter(({ orders }) => orders).map(({ from }) => from),
    reaches: new Set(out.filter(({ network }) => network).map(({ to }) => to)),
    reachedBy: new Set(into.filter(({ network }) => network).map(({ from }) => from)),
    all: new Set([component, ...out.map(({ to }) => to), ...into.map(({ from }) => from)]),
  };
}

export interface Wave {
  readonly wave: number;
  readonly components: readonly string[];
}

/** When what is on starts, the first first. */
export function startOrder({ nodes }: GraphRecord): Wave[] {
  const waves = new Map<number, string[]>();
  for (const { component, state, wave } of nodes) {
    if (state !== 'on' || wave === null) continue;
    waves.set(wave, [...(waves.get(wave) ?? []), component]);
  }
  return [...waves].map(([wave, components]) => ({ wave, components })).sort((a, b) => a.wave - b.wave);
}
