import { amountOf, readAmounts } from '../footprint/amounts.ts';
import { asMap } from '../model/pod-specs.ts';
import { originAt } from './find-origin.ts';
import { ownContainers } from './own-pods.ts';
import type { Rule } from './rule.ts';

/** A container that requests more than its limit is refused; who says the two may be different layers. */
export const checkRequests: Rule = ({ objects, place }, report) => {
  for (const { object, container, name, path } of ownContainers(objects)) {
    const resources = asMap(container.resources);
    const [requests, limits] = [asMap(resources?.requests), asMap(resources?.limits)];
    if (requests === undefined || limits === undefined) continue;
    const allowed = readAmounts(limits);
    for (const [resource, requested] of Object.entries(readAmounts(requests))) {
      const limit = amountOf(allowed, resource);
      if (limit === undefined || requested <= limit) continue;
      const related = originAt(object, [...path, 'resources', 'limits', resource])?.place;
      report({
        code: 'incomplete-component',
        severity: 'error',
        message: `container \`${name}\` of ${object.kind}/${object.name} requests ${String(requests[resource])} of ${resource}, more than its limit of ${String(limits[resource])}`,
        place: originAt(object, [...path, 'resources', 'requests', resource])?.place ?? place,
        ...(related === undefined ? {} : { related: [{ place: related, message: 'the limit' }] }),
        hint: 'raise the limit, or request less',
      });
    }
  }
};
