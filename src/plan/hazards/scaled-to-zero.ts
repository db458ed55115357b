import { autoscalersOf, scaleOf } from '../../footprint/scale.ts';
import type { PlainObject } from '../../model/desired-object.ts';
import { asMap } from '../../model/pod-specs.ts';
import { type HazardRule, stays } from './hazard.ts';

const scaled = new Set(['Deployment', 'StatefulSet', 'ReplicaSet']);

/** A workload that had pods and will have none. */
export const scaledToZero: HazardRule = ({ objects }) => {
  const before = autoscalersOf(objects.flatMap((pair) => (pair.before === undefined ? [] : [pair.before])));
  const after = autoscalersOf(objects.flatMap((pair) => (pair.after === undefined ? [] : [pair.after])));
  return objects.filter(stays).flatMap(({ object, kind, ...pair }) => {
    if (kind === 'CronJob')
      return !suspended(pair.before) && suspended(pair.after)
        ? [{ kind: 'scale-to-zero' as const, object, text: 'is suspended and runs no more' }]
        : [];
    if (!scaled.has(kind)) return [];
    const [was, is] = [scaleOf(pair.before, before).minimum, scaleOf(pair.after, after).minimum];
    return was > 0 && is === 0 ? [{ kind: 'scale-to-zero' as const, object, text: `had ${was} and will have no pods` }] : [];
  });
};

function suspended(cronJob: PlainObject): boolean {
  return asMap(cronJob.spec)?.suspend === true;
}
