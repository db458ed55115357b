import type { Report } from '../diagnostics/diagnostic.ts';
import { readAmounts } from '../footprint/amounts.ts';
import { budgetOf } from '../footprint/bounds.ts';
import type { ComponentFootprint } from '../footprint/component-footprints.ts';
import type { Budget } from '../language/environment.ts';
import { placeOf } from '../model/origin.ts';
import type { Tracked } from '../model/tracked.ts';
import type { ResolvedSystem } from '../resolve/resolved.ts';
import type { Deployed } from './check-across.ts';
import { checkBounds } from './check-bounds.ts';

/** What the components of a system ask for at minimum scale, against the budget of that system alone. */
export function checkSystemBudget(
  budget: Tracked<Budget> | undefined,
  environment: string,
  system: ResolvedSystem,
  footprints: readonly ComponentFootprint[],
  report: Report,
): void {
  const bounds = budgetOf(budget);
  if (bounds === undefined) return;
  const contributions = footprints.map(({ component, footprint }) => {
    const origin = system.components.find(({ key }) => key === component)?.spec.origin;
    const name = component === undefined ? 'what stands under `objects`' : `\`${component}\``;
    return { name, requests: footprint.minimum.requests, place: () => (origin === undefined ? undefined : placeOf(origin)) };
  });
  checkBounds(bounds, contributions, problem(environment, `${system.name} in ${environment} asks for`), report);
}

/** What all systems of an environment ask for at minimum scale, against its budget. */
export function checkEnvironmentBudget(
  budget: Tracked<Budget> | undefined,
  environment: string,
  deployed: readonly Deployed[],
  report: Report,
): void {
  const bounds = budgetOf(budget);
  if (bounds === undefined) return;
  checkBounds(
    bounds,
    deployed.map(({ facts, place }) => ({ name: facts.system, requests: readAmounts(facts.requests.minimum), place })),
    problem(environment, `${environment} asks for`),
    report,
  );
}

function problem(environment: string, asks: string) {
  return {
    code: 'over-budget',
    severity: 'error',
    asks,
    scale: 'at minimum scale',
    bound: 'the budget',
    hint: `ask for less, run fewer replicas, or raise the budget; \`stowage footprint -e ${environment}\` shows who asks for how much`,
  } as const;
}
