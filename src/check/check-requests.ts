import { amountOf, readAmounts } from '../footprint/amounts.ts';
import { parseQuantity } from '../footprint/quantity.ts';
import type { PlainObject } from '../model/desired-object.ts';
import { placeOf } from '../model/origin.ts';
import { asMap } from '../model/pod-specs.ts';
import { atPath, type Tracked } from '../model/tracked.ts';
import { originAt } from './find-origin.ts';
import { ownContainers } from './own-pods.ts';
import type { Rule } from './rule.ts';

export const checkRequests: Rule = (subject, report) => {
  checkBoundsOfContainers(subject, report);
  checkWholeDevices(subject, report);
  checkCountsOfGpus(subject, report);
};

/** A container that requests more than its limit is refused; who says the two may be different layers. */
const checkBoundsOfContainers: Rule = ({ objects, place }, report) => {
  for (const { object, container, name, path } of ownContainers(objects)) {
    const { requests, limits } = resourcesOf(container);
    const allowed = readAmounts(limits);
    for (const [resource, requested] of Object.entries(readAmounts(requests))) {
      const limit = amountOf(allowed, resource);
      const isWrong = isDevice(resource) ? requested !== limit : limit !== undefined && requested > limit;
      if (!isWrong) continue;
      const limited = limit === undefined ? undefined : String(limits?.[resource]);
      const related = limit === undefined ? undefined : originAt(object, [...path, 'resources', 'limits', resource])?.place;
      report({
        code: 'incomplete-component',
        severity: 'error',
        message: `container \`${name}\` of ${object.kind}/${object.name} requests ${String(requests?.[resource])} of ${resource}, ${isDevice(resource) ? beside(limited) : `more than its limit of ${limited}`}`,
        place: originAt(object, [...path, 'resources', 'requests', resource])?.place ?? place,
        ...(related === undefined ? {} : { related: [{ place: related, message: 'the limit' }] }),
        hint: isDevice(resource)
          ? `say it under \`limits\` alone: of ${resource} as much is requested as the limit allows`
          : 'raise the limit, or request less',
      });
    }
  }
};

function beside(limit: string | undefined): string {
  return limit === undefined ? 'and has no limit of it' : `not what its limit of ${limit} allows`;
}

/** Half a device is given to nobody. */
const checkWholeDevices: Rule = ({ objects, place }, report) => {
  for (const { object, container, name, path } of ownContainers(objects)) {
    const told = new Set<string>();
    for (const [kind, written] of Object.entries(resourcesOf(container))) {
      for (const [resource, amount] of Object.entries(readAmounts(written))) {
        if (!isDevice(resource) || amount % 1000n === 0n || told.has(resource)) continue;
        told.add(resource);
        report({
          code: 'incomplete-component',
          severity: 'error',
          message: `container \`${name}\` of ${object.kind}/${object.name} asks for ${String(written?.[resource])} of ${resource}, which Kubernetes gives in whole numbers only`,
          place: originAt(object, [...path, 'resources', kind, resource])?.place ?? place,
          hint: 'ask for a whole number of it',
        });
      }
    }
  }
};

/** What `gpu` says is the limit, so that another one beside it would be lost. */
const checkCountsOfGpus: Rule = ({ system, place }, report) => {
  for (const { key, state, spec } of system.components) {
    const { gpu } = spec.value;
    if (state !== 'on' || gpu === undefined) continue;
    const { resource } = system.cluster.gpuPool(gpu.value.pool?.value);
    const written = atPath(spec as Tracked, ['resources', 'limits', resource]);
    const count = gpu.value.count?.value ?? 1;
    if (written === undefined || parseQuantity(written.value) === BigInt(count) * 1000n) continue;
    const related = placeOf((gpu.value.count ?? gpu).origin);
    report({
      code: 'incomplete-component',
      severity: 'error',
      message: `component \`${key}\` asks for ${count} of ${resource} by \`gpu\` and for ${String(written.value)} by \`resources\``,
      place: placeOf(written.origin) ?? place,
      ...(related === undefined ? {} : { related: [{ place: related, message: '`gpu` stands here' }] }),
      hint: `leave ${resource} out of \`resources\`, and say \`count\` of \`gpu\``,
    });
  }
};

function resourcesOf(container: PlainObject): Record<'requests' | 'limits', PlainObject | undefined> {
  const resources = asMap(container.resources);
  return { requests: asMap(resources?.requests), limits: asMap(resources?.limits) };
}

/** What a plugin of a node offers: Kubernetes lends it out as a whole, and to nobody twice. */
function isDevice(resource: string): boolean {
  return resource.includes('/') && !resource.includes('kubernetes.io/');
}
