import type { Any, Kube } from '../servers/kube.ts';
import { identityOf, objectsOf } from './applications.ts';

interface Placed {
  readonly id: string;
  readonly wave: number;
  /** Milliseconds; the API server remembers whole seconds. */
  readonly made: number;
  /** When it began to do what it is for; the same as `made` for what does nothing. */
  readonly ready: number;
}

/** The objects of an Application that came before what their wave waits for, in words; none where the order held. */
export async function outOfOrder(kube: Kube, application: string): Promise<{ waves: number[]; early: string[] }> {
  const objects = (await objectsOf(kube, application)).filter((object) => !comesByItself(object));
  const autoscaled = new Set(
    objects.filter(({ kind }) => kind === 'HorizontalPodAutoscaler').map(({ spec }) => spec.scaleTargetRef.name),
  );
  const placed = await Promise.all(
    objects.map((object) => placedOf(kube, object, object.kind === 'Deployment' && autoscaled.has(object.metadata.name))),
  );
  const waves = [...new Set(placed.map(({ wave }) => wave))].sort((one, other) => one - other);
  const early = waves.slice(1).flatMap((wave) => {
    const before = placed.filter((one) => one.wave < wave);
    const last = before.reduce((one, other) => (other.ready > one.ready ? other : one));
    return placed
      .filter((one) => one.wave === wave && one.made < last.ready)
      .map(({ id }) => `${id} of wave ${wave} was made before ${last.id} of wave ${last.wave} was ready`);
  });
  return { waves, early };
}

/** Every namespace is given one as soon as it is there, whoever declares it. */
const comesByItself = ({ kind, metadata }: Any): boolean => kind === 'ServiceAccount' && metadata.name === 'default';

async function placedOf(kube: Kube, object: Any, isAutoscaled: boolean): Promise<Placed> {
  const wave = Number(object.metadata.annotations?.['argocd.argoproj.io/sync-wave'] ?? 0);
  const made = Date.parse(object.metadata.creationTimestamp);
  return { id: identityOf(object), wave, made, ready: Math.max(made, (await readyAt(kube, object, isAutoscaled)) ?? made) };
}

async function readyAt(kube: Kube, object: Any, isAutoscaled: boolean): Promise<number | undefined> {
  if (object.kind === 'Job') return Date.parse(object.status.completionTime);
  // One that was scaled since had to become ready anew; its first pod tells of the first time.
  if (object.kind === 'Deployment' && isAutoscaled) return Math.min(...(await podsReady(kube, object)));
  if (object.kind === 'Deployment') return transition(object, 'Available');
  if (object.kind === 'SealedSecret') return transition(object, 'Synced');
  if (object.kind === 'StatefulSet') return Math.max(0, ...(await podsReady(kube, object)));
  return undefined;
}

async function podsReady(kube: Kube, { metadata, spec }: Any): Promise<number[]> {
  const labels = Object.entries(spec.selector.matchLabels) as [string, string][];
  const pods = await kube.list('v1', 'Pod', metadata.namespace);
  return pods
    .filter((pod) => labels.every(([name, value]) => pod.metadata.labels?.[name] === value))
    .flatMap((pod) => transition(pod, 'Ready') ?? []);
}

function transition({ status }: Any, type: string): number | undefined {
  const condition = status.conditions?.find((one: Any) => one.type === type && one.status === 'True');
  return condition === undefined ? undefined : Date.parse(condition.lastTransitionTime);
}
