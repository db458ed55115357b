import { autoscalersOf, scaleOf } from '../footprint/scale.ts';
import type { DesiredObject, PlainObject } from '../model/desired-object.ts';
import { asList, asMap, podSpecPath } from '../model/pod-specs.ts';
import { isNone } from './check-rollouts.ts';
import { originAt } from './find-origin.ts';
import { ownPodSpec } from './own-pods.ts';
import type { Rule } from './rule.ts';

interface Misfit {
  readonly problem: string;
  readonly hint: string;
}

/** A volume that one node has at a time is for pods that come one after the other: all others wait for it without end. */
export const checkSingleNodeVolumes: Rule = ({ objects, place }, report) => {
  const claims = new Set(objects.filter(isOfOneNode).map(({ name }) => name));
  if (claims.size === 0) return;
  const autoscalers = autoscalersOf(objects.map(({ plain }) => plain));
  for (const object of objects) {
    const mounted = mountedClaims(object).find(({ claim }) => claims.has(claim));
    const misfit = mounted === undefined ? undefined : misfitOf(object, scaleOf(object.plain, autoscalers).maximum);
    if (mounted === undefined || misfit === undefined) continue;
    report({
      code: 'single-node-volume',
      severity: 'warning',
      message: `${object.kind}/${object.name} ${misfit.problem}, and claim \`${mounted.claim}\` gives its volume to one node at a time: on another node a pod waits for it without end`,
      place: originAt(object, mounted.path)?.place ?? place,
      hint: misfit.hint,
    });
  }
};

function isOfOneNode({ kind, plain }: DesiredObject): boolean {
  if (kind !== 'PersistentVolumeClaim') return false;
  const modes = asMap(plain.spec)?.accessModes;
  return Array.isArray(modes) && modes.every((mode) => mode === 'ReadWriteOnce' || mode === 'ReadWriteOncePod');
}

function mountedClaims(object: DesiredObject): { claim: string; path: readonly (string | number)[] }[] {
  return asList(ownPodSpec(object)?.volumes).flatMap((volume, index) => {
    const claim = asMap(volume.persistentVolumeClaim)?.claimName;
    return typeof claim === 'string' ? [{ claim, path: [...podSpecPath(object.kind), 'volumes', index] }] : [];
  });
}

function misfitOf({ kind, plain }: DesiredObject, pods: number): Misfit | undefined {
  if (kind === 'DaemonSet')
    return {
      problem: 'runs a pod on each node',
      hint: 'say `persistent: false` of the volume, for a folder of each pod, or `accessModes: [ReadWriteMany]`',
    };
  if (kind !== 'Deployment' || pods === 0) return undefined;
  if (pods > 1)
    return {
      problem: `runs up to ${pods} pods`,
      hint: 'say `workload: StatefulSet`, which gives each pod a volume of its own, or `accessModes: [ReadWriteMany]`',
    };
  if (!startsBeforeItStops(asMap(asMap(plain.spec)?.strategy))) return undefined;
  return { problem: 'starts a new pod before it stops the old one', hint: 'say `strategy: Recreate`' };
}

function startsBeforeItStops(strategy: PlainObject | undefined): boolean {
  return strategy?.type !== 'Recreate' && !isNone(asMap(strategy?.rollingUpdate)?.maxSurge);
}
