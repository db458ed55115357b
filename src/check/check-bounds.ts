import type { DiagnosticCode } from '../diagnostics/codes.ts';
import type { Report, Severity } from '../diagnostics/diagnostic.ts';
import { type Amounts, addAmounts, amountOf, excessOver } from '../footprint/amounts.ts';
import type { Bounds } from '../footprint/bounds.ts';
import { readableQuantity } from '../footprint/format-quantity.ts';
import { placeOf } from '../model/origin.ts';
import type { Place } from '../model/source-file.ts';

/** One of those that share what is bounded. */
export interface Contribution {
  readonly name: string;
  readonly requests: Amounts;
  readonly place: () => Place | undefined;
}

export interface BoundsProblem {
  readonly code: DiagnosticCode;
  readonly severity: Severity;
  /** Who asks, how it is scaled, and what bounds it: `dev asks for`, `at minimum scale`, `its budget`. */
  readonly asks: string;
  readonly scale: string;
  readonly bound: string;
  readonly hint: string;
  readonly overlays: readonly string[];
}

const shown = 3;

/** A diagnostic for each resource of which more is asked for than there is, with those that ask for most. */
export function checkBounds(
  bounds: Bounds,
  contributions: readonly Contribution[],
  { code, severity, asks, scale, bound, hint, overlays }: BoundsProblem,
  report: Report,
): void {
  const asked = addAmounts(contributions.map(({ requests }) => requests));
  for (const [resource, excess] of Object.entries(excessOver(asked, bounds.amounts))) {
    const origin = bounds.origins.get(resource);
    const place = origin === undefined ? undefined : placeOf(origin);
    if (place === undefined) continue;
    const amount = (of: Amounts) => readableQuantity(resource, amountOf(of, resource) ?? 0n);
    report({
      code,
      severity,
      message: `${asks} ${amount(asked)} of ${resource} ${scale}, ${readableQuantity(resource, excess)} beyond ${bound} of ${amount(bounds.amounts)}`,
      place,
      related: largest(contributions, resource).flatMap(({ name, requests, place: placeOfIt }) => {
        const at = placeOfIt();
        return at === undefined ? [] : [{ place: at, message: `${name} asks for ${amount(requests)}` }];
      }),
      hint,
      overlays,
    });
  }
}

function largest(contributions: readonly Contribution[], resource: string): Contribution[] {
  const amount = ({ requests }: Contribution) => amountOf(requests, resource) ?? 0n;
  const asking = contributions.filter((one) => amount(one) > 0n);
  return asking.sort((a, b) => (amount(a) < amount(b) ? 1 : amount(a) > amount(b) ? -1 : 0)).slice(0, shown);
}
