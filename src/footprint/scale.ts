import type { PlainObject } from '../model/desired-object.ts';
import { asMap } from '../model/pod-specs.ts';

/** How many pods of a workload there are: all the time, while it runs, or on each node. */
export interface Scale {
  readonly when: 'always' | 'running' | 'perNode';
  readonly minimum: number;
  readonly maximum: number;
}

/** Bounds by `Kind/name` of what is scaled. */
export type Autoscalers = ReadonlyMap<string, Omit<Scale, 'when'>>;

export function autoscalersOf(objects: readonly PlainObject[]): Autoscalers {
  return new Map(
    objects.flatMap((object) => {
      if (object.kind !== 'HorizontalPodAutoscaler') return [];
      const spec = asMap(object.spec);
      const target = asMap(spec?.scaleTargetRef);
      const minimum = count(spec?.minReplicas, 1);
      return [[`${target?.kind}/${target?.name}`, { minimum, maximum: Math.max(minimum, count(spec?.maxReplicas, minimum)) }]];
    }),
  );
}

export function scaleOf(object: PlainObject, autoscalers: Autoscalers): Scale {
  const spec = asMap(object.spec);
  switch (object.kind) {
    case 'DaemonSet':
      return { when: 'perNode', minimum: 1, maximum: 1 };
    case 'Job':
      return running(spec, false);
    case 'CronJob':
      return running(asMap(asMap(spec?.jobTemplate)?.spec), spec?.suspend === true);
    default: {
      const replicas = count(spec?.replicas, 1);
      const bounds = autoscalers.get(`${object.kind}/${asMap(object.metadata)?.name}`);
      return { when: 'always', ...(bounds ?? { minimum: replicas, maximum: replicas }) };
    }
  }
}

function running(job: PlainObject | undefined, suspended: boolean): Scale {
  const parallel = Math.min(count(job?.parallelism, 1), count(job?.completions, Number.POSITIVE_INFINITY));
  const pods = suspended || job?.suspend === true ? 0 : parallel;
  return { when: 'running', minimum: pods, maximum: pods };
}

function count(value: unknown, otherwise: number): number {
  return Number.isSafeInteger(value) && (value as number) >= 0 ? (value as number) : otherwise;
}
