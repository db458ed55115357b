import type { DesiredObject } from '../model/desired-object.ts';
import { asMap } from '../model/pod-specs.ts';
import { originAt } from './find-origin.ts';
import type { Rule } from './rule.ts';

interface Misfit {
  readonly path: readonly string[];
  readonly problem: string;
  readonly hint: string;
}

/** A workload is refused whose pods could never be replaced as it says. */
export const checkRollouts: Rule = ({ objects, place }, report) => {
  for (const object of objects) {
    if (!object.apiVersion.startsWith('apps/')) continue;
    for (const { path, problem, hint } of [...strategyMisfits(object), ...deadlineMisfits(object)])
      report({
        code: 'incomplete-component',
        severity: 'error',
        message: `${object.kind}/${object.name} ${problem}`,
        place: originAt(object, ['spec', ...path])?.place ?? place,
        hint,
      });
  }
};

/** Where each kind says it, and what it takes for the two where nothing is said. */
const kinds: Readonly<Record<string, { field: string; maxSurge: unknown; maxUnavailable: unknown }>> = {
  Deployment: { field: 'strategy', maxSurge: '25%', maxUnavailable: '25%' },
  StatefulSet: { field: 'updateStrategy', maxSurge: 0, maxUnavailable: 1 },
  DaemonSet: { field: 'updateStrategy', maxSurge: 0, maxUnavailable: 1 },
};

function strategyMisfits({ kind, plain }: DesiredObject): Misfit[] {
  const usual = kinds[kind];
  const strategy = usual === undefined ? undefined : asMap(asMap(plain.spec)?.[usual.field]);
  if (usual === undefined || strategy === undefined) return [];
  const { type = 'RollingUpdate' } = strategy;
  const rolling = asMap(strategy.rollingUpdate);
  if (rolling === undefined) return [];
  // A DaemonSet takes it with `OnDelete`, and has no use for it.
  if (type === 'Recreate' || (type === 'OnDelete' && kind === 'StatefulSet'))
    return [
      {
        path: [usual.field, 'rollingUpdate'],
        problem: `has the strategy \`${type}\`, and says how to replace pods one after the other`,
        hint: 'leave `rollingUpdate` out, or say `type: RollingUpdate`',
      },
    ];
  if (type !== 'RollingUpdate') return [];
  const { maxSurge = usual.maxSurge, maxUnavailable = usual.maxUnavailable } = rolling;
  if (!isNone(maxSurge) || !isNone(maxUnavailable)) return [];
  return [
    {
      path: [usual.field, 'rollingUpdate', 'maxUnavailable'],
      problem: 'may have neither a pod more nor one less while they are replaced, so none can be',
      hint: kind === 'StatefulSet' ? 'say `maxUnavailable: 1`' : 'say `maxSurge: 1` or `maxUnavailable: 1`',
    },
  ];
}

/** Of a number of pods, or a share of them. */
export function isNone(bound: unknown): boolean {
  return bound === 0 || (typeof bound === 'string' && /^0+%$/.test(bound));
}

const usualDeadline = 600;

function deadlineMisfits({ kind, plain }: DesiredObject): Misfit[] {
  const { minReadySeconds, progressDeadlineSeconds } = asMap(plain.spec) ?? {};
  const deadline = progressDeadlineSeconds ?? usualDeadline;
  if (kind !== 'Deployment' || Number(minReadySeconds ?? 0) < Number(deadline)) return [];
  return [
    {
      path: ['minReadySeconds'],
      problem: `has pods wait ${String(minReadySeconds)} seconds, and gives up after ${String(deadline)}${progressDeadlineSeconds === undefined ? ' by default' : ''}`,
      hint: 'say less `minReadySeconds`, or patch a longer `progressDeadlineSeconds` in',
    },
  ];
}
