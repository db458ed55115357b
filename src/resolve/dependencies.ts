import type { Report } from '../diagnostics/diagnostic.ts';
import { didYouMean } from '../diagnostics/suggest.ts';
import type { Origin } from '../model/origin.ts';
import { placeOf } from '../model/origin.ts';
import type { Tracked } from '../model/tracked.ts';
import { portsOf } from './address.ts';
import type { Reads } from './evaluate.ts';
import { mentionsOf } from './mentions.ts';
import type { Dependency, ResolvedComponent } from './resolved.ts';

/** Edges from what a component's values read, and from what it says it needs and talks to. */
export function dependenciesOf(
  component: ResolvedComponent,
  reads: Reads,
  all: ReadonlyMap<string, ResolvedComponent>,
  report: Report,
): Dependency[] {
  const edges = new Map<string, Dependency>();
  const add = (edge: Dependency) => {
    const known = edges.get(edge.to);
    // Where one of them names no ports, those that another names are all that is used.
    const ports = [...new Set([...(known?.ports ?? []), ...edge.ports])];
    edges.set(edge.to, {
      ...edge,
      ports,
      orders: edge.orders || (known?.orders ?? false),
      network: edge.network || (known?.network ?? false),
    });
  };
  const mentions = mentionsOf(component);
  const unordered = new Set(mentions.filter(({ orders }) => !orders).map(({ name }) => name.value as string));
  for (const [to, { ports, origin = component.spec.origin }] of reads) {
    const target = all.get(to);
    if (to === component.key || target === undefined || target.state === 'off') continue;
    add({
      from: component.key,
      to,
      ports: [...ports],
      network: true,
      orders: awaited(target) && !unordered.has(to),
      origin,
    });
  }
  for (const { name, ports, orders } of mentions) {
    const target = all.get(name.value as string);
    if (target === undefined) {
      reportUnknown(name.value as string, name.origin, all, report);
    } else if (target.state !== 'off') {
      const job = isJob(target);
      for (const port of ports) if (!portNamesOf(target).includes(port.value as string)) reportUnknownPort(port, target, report);
      add({
        from: component.key,
        to: target.key,
        ports: ports.map((port) => port.value as string),
        network: !job,
        orders: orders && awaited(target),
        origin: name.origin,
      });
    } else if (orders && !followsOthers(target)) {
      reportOff(component, target, name.origin, report);
    }
  }
  return [...edges.values()];
}

/** A component whose `enabled` is computed is off where it has nothing to do, and nobody misses it. */
function followsOthers(target: ResolvedComponent): boolean {
  const { enabled } = target.spec.value;
  return (
    typeof (enabled?.value as unknown) === 'string' ||
    (enabled?.origin.kind === 'spec' && enabled.origin.expression !== undefined)
  );
}

function awaited(target: ResolvedComponent): boolean {
  return target.state === 'on' && target.spec.value.awaited?.value !== false;
}

export function isJob(component: ResolvedComponent): boolean {
  const kind = component.spec.value.workload?.value;
  return kind === 'Job' || kind === 'CronJob';
}

function reportUnknown(name: string, origin: Origin, all: ReadonlyMap<string, ResolvedComponent>, report: Report): void {
  const place = placeOf(origin);
  const hint = didYouMean(name, [...all.keys()]);
  if (place !== undefined)
    report({
      code: 'unknown-component',
      severity: 'error',
      message: `there is no component \`${name}\``,
      place,
      ...(hint === undefined ? {} : { hint }),
    });
}

function portNamesOf(target: ResolvedComponent): string[] {
  return [...new Set([...portsOf(target.spec).map((port) => port.name), ...(target.external?.ports.keys() ?? [])])];
}

function reportUnknownPort(port: Tracked<string>, target: ResolvedComponent, report: Report): void {
  const place = placeOf(port.origin);
  const hint = didYouMean(port.value as string, portNamesOf(target));
  if (place !== undefined)
    report({
      code: 'unknown-reference',
      severity: 'error',
      message: `\`${target.key}\` has no port \`${port.value}\``,
      place,
      ...(hint === undefined ? {} : { hint }),
    });
}

function reportOff(component: ResolvedComponent, target: ResolvedComponent, origin: Origin, report: Report): void {
  const place = placeOf(origin);
  if (place === undefined) return;
  report({
    code: 'switched-off',
    severity: 'error',
    message: `\`${component.key}\` needs \`${target.key}\`, which is switched off here`,
    place,
    hint: `switch it on with \`components: {${target.key}: {enabled: true}}\`, or say \`talksTo\` where it is only used when it is there`,
  });
}

/** A circle among the edges that order, as the components along it; undefined when there is none. */
export function findCycle(edges: readonly Dependency[]): Dependency[] | undefined {
  const outgoing = new Map<string, Dependency[]>();
  for (const edge of edges) if (edge.orders) outgoing.set(edge.from, [...(outgoing.get(edge.from) ?? []), edge]);
  const done = new Set<string>();
  const walk = (key: string, path: Dependency[]): Dependency[] | undefined => {
    const start = path.findIndex((edge) => edge.from === key);
    if (start >= 0) return path.slice(start);
    if (done.has(key)) return undefined;
    for (const edge of outgoing.get(key) ?? []) {
      const cycle = walk(edge.to, [...path, edge]);
      if (cycle !== undefined) return cycle;
    }
    done.add(key);
    return undefined;
  };
  for (const key of outgoing.keys()) {
    const cycle = walk(key, []);
    if (cycle !== undefined) return cycle;
  }
  return undefined;
}

export function reportCycle(cycle: readonly Dependency[], report: Report): void {
  const [first] = cycle;
  const place = first === undefined ? undefined : placeOf(first.origin);
  if (first === undefined || place === undefined) return;
  report({
    code: 'dependency-cycle',
    severity: 'error',
    message: `these wait for each other: ${[...cycle.map((edge) => edge.from), first.from].join(' → ')}`,
    place,
    related: cycle.slice(1).flatMap((edge) => {
      const at = placeOf(edge.origin);
      return at === undefined ? [] : [{ place: at, message: `\`${edge.from}\` waits for \`${edge.to}\`` }];
    }),
    hint: 'list the softer of them under `talksTo`, which opens the network and orders nothing',
  });
}
