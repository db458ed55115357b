import type { Report } from '../diagnostics/diagnostic.ts';
import { didYouMean } from '../diagnostics/suggest.ts';
import { placeOf } from '../model/origin.ts';
import { overlayFolder } from '../model/output-paths.ts';
import { entriesOf, itemsOf } from '../model/tracked.ts';
import type { Environment } from '../read/read-documents.ts';
import { findCycle } from '../resolve/dependencies.ts';
import type { Dependency } from '../resolve/resolved.ts';

/**
 * What `after` names must run in the environment, and nothing may wait for itself: Argo CD would sync both at once
 * without a word. `mayRun` is of a name that the environment may have meant with another one.
 */
export function checkAfter(environment: Environment, mayRun: (name: string) => boolean, report: Report): void {
  const { systems } = environment.document.value.spec.value;
  const here = Object.keys(systems.value);
  const edges = entriesOf(systems).flatMap(([from, { value }]) =>
    itemsOf(value.after).map(({ value: to, origin }) => ({ from, to: to as string, origin })),
  );
  for (const { from, to, origin } of edges) {
    const place = placeOf(origin);
    if (place === undefined || here.includes(to) || mayRun(to)) continue;
    const hint = didYouMean(
      to,
      here.filter((name) => name !== from),
    );
    report({
      code: 'unknown-reference',
      severity: 'error',
      message: `${environment.name} runs no system \`${to}\` that \`${from}\` could come after`,
      place,
      overlays: [overlayFolder(environment.name, from)],
      hint: hint ?? 'leave it out: `after` takes other systems of the same environment',
    });
  }
  const ordering = edges.map((edge): Dependency => ({ ...edge, ports: [], network: false, orders: true }));
  for (const edge of ordering) if (edge.from === edge.to) reportCircle(environment, [edge], report);
  const circle = findCycle(ordering.filter(({ from, to }) => from !== to));
  if (circle !== undefined) reportCircle(environment, circle, report);
}

function reportCircle(environment: Environment, circle: readonly Dependency[], report: Report): void {
  const [first, ...others] = circle.flatMap((edge) => {
    const place = placeOf(edge.origin);
    return place === undefined ? [] : [{ ...edge, place }];
  });
  if (first === undefined) return;
  report({
    code: 'dependency-cycle',
    severity: 'error',
    message:
      circle.length === 1
        ? `\`${first.from}\` cannot come after itself`
        : `these come after each other: ${[...circle.map(({ from }) => from), first.from].join(' → ')}`,
    place: first.place,
    related: others.map(({ from, to, place }) => ({ place, message: `\`${from}\` comes after \`${to}\`` })),
    overlays: circle.map(({ from }) => overlayFolder(environment.name, from)),
    hint: circle.length === 1 ? 'leave it out' : 'take one of them out of `after`: Argo CD cannot wait for both',
  });
}
