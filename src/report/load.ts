import { type Amounts, resourceNames } from '../footprint/amounts.ts';
import type { Footprint } from '../footprint/footprint.ts';
import { readableQuantity } from '../footprint/format-quantity.ts';
import type { Amount, Load } from './report.ts';

export function loadOf({ minimum, maximum }: Footprint, allowed: Amounts): Load {
  return {
    pods: { minimum: minimum.pods, maximum: maximum.pods },
    minimum: amountsOf(minimum.requests),
    maximum: amountsOf(maximum.requests),
    allowed: amountsOf(allowed),
  };
}

function amountsOf(amounts: Amounts): Amount[] {
  return resourceNames([amounts]).map((resource) => {
    const thousandths = amounts[resource] as bigint;
    return { resource, value: Number(thousandths) / 1000, text: readableQuantity(resource, thousandths) };
  });
}
