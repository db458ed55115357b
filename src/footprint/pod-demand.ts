import type { PlainObject } from '../model/desired-object.ts';
import { asList, asMap, containersOf } from '../model/pod-specs.ts';
import { type Amounts, addAmounts, largerAmounts, readAmounts } from './amounts.ts';

export interface Demand {
  readonly requests: Amounts;
  readonly limits: Amounts;
  /** Of `cpu` and `memory`, what some container has no limit for: its sum of limits is a lower bound. */
  readonly unlimited: readonly string[];
}

/**
 * What one pod asks for, by Kubernetes' rule: the containers together, or the largest init container if that
 * is more; init containers that stay count to both. What the pod says as a whole goes before.
 */
export function podDemand(podSpec: PlainObject): Demand {
  const whole = { requests: said(podSpec, 'requests'), limits: said(podSpec, 'limits') };
  const overhead = readAmounts(asMap(podSpec.overhead));
  // A request that is left out is the limit: so it is with GPUs.
  const requests = together(podSpec, (container) => ({ ...said(container, 'limits'), ...said(container, 'requests') }));
  const limits = together(podSpec, (container) => said(container, 'limits'));
  return {
    requests: addAmounts([{ ...whole.limits, ...requests, ...whole.requests }, overhead]),
    limits: { ...limits, ...whole.limits },
    unlimited: ['cpu', 'memory'].filter(
      (name) =>
        whole.limits[name] === undefined &&
        containersOf(podSpec).some((container) => said(container, 'limits')[name] === undefined),
    ),
  };
}

function together(podSpec: PlainObject, amountsOf: (container: PlainObject) => Amounts): Amounts {
  let staying: Amounts = {};
  let starting: Amounts = {};
  for (const container of asList(podSpec.initContainers)) {
    const own = addAmounts([staying, amountsOf(container)]);
    if (container.restartPolicy === 'Always') staying = own;
    starting = largerAmounts(starting, own);
  }
  return largerAmounts(addAmounts([staying, ...asList(podSpec.containers).map(amountsOf)]), starting);
}

function said(of: PlainObject, what: 'requests' | 'limits'): Amounts {
  return readAmounts(asMap(asMap(of.resources)?.[what]));
}
