import type { Report } from '../diagnostics/diagnostic.ts';
import { addAmounts, excessOver, readAmounts } from '../footprint/amounts.ts';
import { budgetOf } from '../footprint/bounds.ts';
import type { ComponentFootprint } from '../footprint/component-footprints.ts';
import type { Budget } from '../language/environment.ts';
import { placeOf } from '../model/origin.ts';
import { overlayFolder } from '../model/output-paths.ts';
import type { Tracked } from '../model/tracked.ts';
import type { ResolvedSystem } from '../resolve/resolved.ts';
import type { Deployed } from './check-across.ts';
import { type Contribution, checkBounds } from './check-bounds.ts';

interface Compiled {
  readonly resolved: ResolvedSystem;
  readonly footprints: readonly ComponentFootprint[];
}

/** What the components of a system ask for at minimum scale, against the budget of that system alone. */
export function checkSystemBudget(
  budget: Tracked<Budget> | undefined,
  environment: string,
  compiled: Compiled,
  report: Report,
): void {
  const bounds = budgetOf(budget);
  if (bounds === undefined) return;
  const { name } = compiled.resolved;
  const overlays = [overlayFolder(environment, name)];
  checkBounds(bounds, componentsOf(compiled), problem(environment, `${name} in ${environment} asks for`, overlays), report);
}

/**
 * What all systems of an environment ask for at minimum scale, against its budget. Their components are asked
 * for only where that is too much: most systems are remembered, and only their sums are.
 */
export function checkEnvironmentBudget(
  budget: Tracked<Budget> | undefined,
  deployed: readonly Deployed[],
  compiled: () => readonly Compiled[],
  report: Report,
): void {
  const bounds = budgetOf(budget);
  const [first] = deployed;
  if (bounds === undefined || first === undefined) return;
  const asked = addAmounts(deployed.map(({ facts }) => readAmounts(facts.requests.minimum)));
  if (Object.keys(excessOver(asked, bounds.amounts)).length === 0) return;
  const { environment } = first;
  const contributions = compiled().flatMap((one) =>
    componentsOf(one).map((component) => ({ ...component, name: `${component.name} of ${one.resolved.name}` })),
  );
  const overlays = deployed.map(({ facts }) => overlayFolder(environment, facts.system));
  checkBounds(bounds, contributions, problem(environment, `${environment} asks for`, overlays), report);
}

function componentsOf({ resolved, footprints }: Compiled): Contribution[] {
  return footprints.map(({ component, footprint }) => {
    const origin = resolved.components.find(({ key }) => key === component)?.spec.origin;
    return {
      name: component === undefined ? 'what stands under `objects`' : `\`${component}\``,
      requests: footprint.minimum.requests,
      place: () => (origin?.kind === 'spec' ? (origin.key ?? placeOf(origin)) : undefined),
    };
  });
}

function problem(environment: string, asks: string, overlays: readonly string[]) {
  return {
    code: 'over-budget',
    severity: 'error',
    asks,
    scale: 'at minimum scale',
    bound: 'the budget',
    hint: `ask for less, run fewer replicas, or raise the budget; \`stowage footprint -e ${environment}\` shows who asks for how much`,
    overlays,
  } as const;
}
