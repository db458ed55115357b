import type { ClusterDocument } from '../language/cluster.ts';
import { untrack } from '../model/tracked.ts';
import { isJob } from '../resolve/dependencies.ts';
import type { ResolvedComponent } from '../resolve/resolved.ts';
import { asSpec } from './find-origin.ts';
import { chooseOrList, reportLack } from './report-lack.ts';
import type { Rule } from './rule.ts';

type GpuPools = NonNullable<ClusterDocument['spec']['gpuPools']>;

/** GPUs come from pools that the cluster has, and no more of them than there are. */
export const checkGpuPools: Rule = (subject, report) => {
  const written = subject.cluster.document.value.spec.value.gpuPools;
  const pools = written === undefined ? undefined : (untrack(written) as GpuPools);
  const asking = subject.system.components.filter(({ state, spec }) => state === 'on' && spec.value.gpu !== undefined);
  // A job comes and goes, beside what runs all the time and holds its GPUs all the time.
  const jobsLast = [...asking.filter((component) => !isJob(component)), ...asking.filter(isJob)];
  const taken = new Map<string, number>();
  for (const component of jobsLast) {
    const gpu = component.spec.value.gpu as NonNullable<typeof component.spec.value.gpu>;
    const named = gpu.value.pool?.value;
    const pool = named ?? Object.keys(pools ?? {})[0];
    if (pool === undefined || !Object.hasOwn(pools ?? {}, pool)) {
      // Without any word about pools, GPUs are taken to be NVIDIA's.
      if (named === undefined && pools === undefined) continue;
      reportLack(
        {
          code: 'gpu-pool',
          asks: `component \`${component.key}\` asks for GPUs${named === undefined ? '' : ` of pool \`${named}\``}`,
          origin: asSpec(gpu.value.pool?.origin ?? gpu.origin),
          lacks: named === undefined ? 'has no pool of them' : 'does not list it',
          fact: ['gpuPools'],
          hint: chooseOrList(named ?? 'nvidia', Object.keys(pools ?? {}), 'gpuPools'),
        },
        subject,
        report,
      );
      continue;
    }
    const each = gpu.value.count?.value ?? 1;
    const pods = podsOf(component);
    const others = taken.get(pool) ?? 0;
    if (!isJob(component)) taken.set(pool, others + each * pods);
    const most = pools?.[pool]?.count;
    if (most === undefined || pods === 0 || others + each * pods <= most) continue;
    reportLack(
      {
        code: 'gpu-pool',
        asks: `component \`${component.key}\` asks for ${describe(each, pods, others)} of pool \`${pool}\``,
        origin: asSpec((gpu.value.count ?? gpu).origin),
        lacks: `has ${most}`,
        fact: ['gpuPools', pool, 'count'],
        hint: 'ask for fewer, run fewer replicas, or correct the count of the pool',
      },
      subject,
      report,
    );
  }
};

/** As few as an autoscaler may leave. */
function podsOf(component: ResolvedComponent): number {
  const { autoscale, replicas, parallelism, workload } = component.spec.value;
  if (workload?.value === 'DaemonSet') return 1;
  if (isJob(component)) return parallelism?.value ?? 1;
  return autoscale === undefined ? (replicas?.value ?? 1) : (autoscale.value.min?.value ?? 1);
}

function describe(each: number, pods: number, others: number): string {
  const own = pods === 1 ? `${each} GPUs` : `${each * pods} GPUs (${each} in each of ${pods} pods)`;
  return others === 0 ? own : `${own} beside the ${others} of other components`;
}
