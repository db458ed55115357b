import { autoscalersOf, scaleOf } from '../../footprint/scale.ts';
import { deepEqual } from '../../model/deep-equal.ts';
import type { PlainObject } from '../../model/desired-object.ts';
import { asMap } from '../../model/pod-specs.ts';
import { type FoundHazard, type HazardRule, type StayingPair, stays } from './hazard.ts';
import { isReplaced } from './sync-options.ts';

/** Pods that are replaced because their template changes, also where only the content of a ConfigMap did. */
export const restarts: HazardRule = ({ objects }) => {
  const autoscalers = autoscalersOf(objects.flatMap(({ after }) => (after === undefined ? [] : [after])));
  return objects.filter(stays).flatMap((pair): FoundHazard[] => {
    const { object, kind, after } = pair;
    if (kind === 'Job') return runsAgain(pair);
    if (kind !== 'Deployment' && kind !== 'StatefulSet' && kind !== 'DaemonSet') return [];
    if (deepEqual(templateOf(pair.rawBefore), templateOf(pair.rawAfter))) return [];
    const { minimum, maximum, when } = scaleOf(after, autoscalers);
    const earlier = kind === 'DaemonSet' ? 1 : Number(asMap(pair.before.spec)?.replicas ?? 1);
    if (maximum === 0 || (earlier === 0 && minimum === maximum)) return [];
    const count = minimum === maximum ? plural(minimum) : `${minimum} to ${maximum} pods`;
    const scale = when === 'perNode' ? 'one pod on each node' : count;
    return [{ kind: 'restart', object, text: `${scale}${manner(after)}${reason(pair)}` }];
  });
};

function runsAgain({ object, before, after, rawBefore, rawAfter }: StayingPair): FoundHazard[] {
  const changed = !deepEqual(rawBefore?.spec, rawAfter?.spec) || !deepEqual(before.metadata, after.metadata);
  return changed && isReplaced(after) ? [{ kind: 'restart', object, text: 'is deleted and runs again' }] : [];
}

function templateOf(object: PlainObject | undefined): unknown {
  return asMap(object?.spec)?.template;
}

function manner(object: PlainObject): string {
  const spec = asMap(object.spec);
  const type = asMap(spec?.strategy)?.type ?? asMap(spec?.updateStrategy)?.type;
  if (type === 'Recreate') return ', all at once';
  return type === 'OnDelete' ? ', each when somebody deletes it' : '';
}

/** Why, where it is nothing that the changes of the workload itself show. */
function reason({ before, after }: StayingPair): string {
  return deepEqual(templateOf(before), templateOf(after)) ? ', for what it reads from ConfigMaps or Secrets' : '';
}

function plural(count: number): string {
  return `${count} ${count === 1 ? 'pod' : 'pods'}`;
}
