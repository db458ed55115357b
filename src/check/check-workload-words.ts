import type { Component, WorkloadKind } from '../language/component.ts';
import { placeOf } from '../model/origin.ts';
import type { Tracked } from '../model/tracked.ts';
import type { Rule } from './rule.ts';

const lasting: readonly WorkloadKind[] = ['Deployment', 'StatefulSet', 'DaemonSet'];
const scaled: readonly WorkloadKind[] = ['Deployment', 'StatefulSet'];
const jobs: readonly WorkloadKind[] = ['Job', 'CronJob'];
const scheduled: readonly WorkloadKind[] = ['CronJob'];

/** Words that some kinds of workload have no use for, each with those that have one. */
const takers: Partial<Record<keyof Component, readonly WorkloadKind[]>> = {
  replicas: scaled,
  autoscale: scaled,
  disruptionBudget: scaled,
  strategy: lasting,
  minReadySeconds: lasting,
  revisionHistoryLimit: lasting,
  podManagementPolicy: ['StatefulSet'],
  backoffLimit: jobs,
  completions: jobs,
  parallelism: jobs,
  activeDeadlineSeconds: jobs,
  restartPolicy: jobs,
  schedule: scheduled,
  timeZone: scheduled,
  concurrencyPolicy: scheduled,
  suspend: scheduled,
  startingDeadlineSeconds: scheduled,
  successfulJobsHistoryLimit: scheduled,
  failedJobsHistoryLimit: scheduled,
};

const words = Object.entries(takers) as [keyof Component, readonly WorkloadKind[]][];

/** A word that its kind of workload has no use for would do nothing, and mostly the kind is what was forgotten. */
export const checkWorkloadWords: Rule = ({ system, place }, report) => {
  for (const { key, state, spec } of system.components) {
    if (state !== 'on' || spec.value.createdBy !== undefined) continue;
    const { workload } = spec.value;
    const kind = workload?.value ?? 'Deployment';
    for (const [word, kinds] of words) {
      const written = spec.value[word];
      if (written === undefined || kinds.includes(kind)) continue;
      const byDefault = workload === undefined;
      const said = byDefault ? undefined : placeOf(workload.origin);
      // What a lower layer says is taken away by the one that makes it another kind.
      const elsewhere = layerOf(workload) !== undefined && layerOf(workload) !== layerOf(written as Tracked);
      report({
        code: 'incomplete-component',
        severity: 'error',
        message: `component \`${key}\` is a ${kind}${byDefault ? ' by default' : ''} and has \`${word}\`, which only a ${kinds.join(' or a ')} takes`,
        place: placeOf(written.origin) ?? place,
        ...(said === undefined ? {} : { related: [{ place: said, message: `\`workload: ${kind}\` stands here` }] }),
        hint: `say \`workload: ${kinds.join('` or `')}\` if it is one; or ${elsewhere ? `take it away with \`${word}: null\`` : `leave \`${word}\` out`}`,
      });
    }
  }
};

/** Whether its kind has a number of pods that somebody sets. */
export function isScaled({ value: { workload, createdBy } }: Tracked<Component>): boolean {
  return createdBy === undefined && scaled.includes(workload?.value ?? 'Deployment');
}

function layerOf(written: Tracked | undefined): string | undefined {
  return written?.origin.kind === 'spec' ? written.origin.layer : undefined;
}
