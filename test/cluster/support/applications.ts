import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadAll } from 'js-yaml';
import { type Any, type Kube, type Named, namedOf } from '../servers/kube.ts';
import { waitUntil } from '../servers/wait-until.ts';

export const application = (name: string): Named => ({
  apiVersion: 'argoproj.io/v1alpha1',
  kind: 'Application',
  name,
  namespace: 'argocd',
});

/** All that a person applies by hand, once for each cluster. */
export async function applyRoot(kube: Kube, fleet: string, cluster: string): Promise<void> {
  for (const object of loadAll(readFileSync(join(fleet, `argocd/${cluster}/root.yaml`), 'utf8'))) await kube.apply(object);
}

export function applications(kube: Kube): Promise<Any[]> {
  return kube.list('argoproj.io/v1alpha1', 'Application', 'argocd');
}

/** How an Application is, in words. */
export function toldOf({ metadata, status }: Any): string {
  const trouble = (status?.conditions ?? []).map(({ type, message }: Any) => `${type}: ${message}`);
  const bad = (status?.resources ?? []).filter(
    (one: Any) => one.status !== 'Synced' || (one.health && one.health.status !== 'Healthy'),
  );
  return [
    `${metadata.name} is ${status?.sync?.status ?? 'new'} and ${status?.health?.status ?? 'new'}`,
    ...(status?.operationState ? [`last operation ${status.operationState.phase}: ${status.operationState.message}`] : []),
    ...trouble,
    ...bad
      .slice(0, 8)
      .map((one: Any) => `${one.kind} ${one.name} is ${one.status}, ${one.health?.status}: ${one.health?.message ?? ''}`),
  ].join('; ');
}

export function isWell({ status }: Any, revision?: string): boolean {
  const done = status?.operationState === undefined || status.operationState.phase === 'Succeeded';
  return (
    status?.sync?.status === 'Synced' &&
    status.health?.status === 'Healthy' &&
    done &&
    (revision === undefined || status.sync.revision === revision)
  );
}

/** Waits for these Applications to be there, Synced and Healthy, at a commit where one is named. */
export async function untilWell(
  kube: Kube,
  names: readonly string[],
  { revision, seconds = 400 }: { revision?: string; seconds?: number } = {},
): Promise<Any[]> {
  return waitUntil(
    `being Synced and Healthy of ${names.length} Applications`,
    async () => {
      const all = (await applications(kube)).filter(({ metadata }) => names.includes(metadata.name));
      const missing = names.filter((name) => !all.some(({ metadata }) => metadata.name === name));
      const unwell = all.filter((one) => !isWell(one, revision));
      if (missing.length + unwell.length === 0) return all;
      throw new Error(`\n${[...missing.map((name) => `${name} is missing`), ...unwell.map(toldOf)].join('\n')}`);
    },
    { seconds, every: 250 },
  );
}

/** Looks at what is pushed now, as a webhook would have it do. */
export async function refresh(kube: Kube, ...names: readonly string[]): Promise<void> {
  const change = { metadata: { annotations: { 'argocd.argoproj.io/refresh': 'normal' } } };
  for (const name of names) await kube.patch(application(name), change, { manager: 'argocd-server' });
}

/**
 * Whether Argo CD lets an Application be: paused, it neither looks nor takes back what is changed by hand. A fleet can
 * have that declared as well, for a whole stage: `selfHeal: false`.
 */
export async function setPaused(kube: Kube, name: string, paused: boolean): Promise<void> {
  const annotations = { 'argocd.argoproj.io/skip-reconcile': paused ? 'true' : null };
  await kube.patch(application(name), { metadata: { annotations } }, { manager: 'kubectl-annotate' });
}

/** All that an Application says it has, as it is in the cluster. */
export async function objectsOf(kube: Kube, name: string): Promise<Any[]> {
  const { status } = (await kube.get(application(name))) as Any;
  const objects = await Promise.all(
    status.resources.map((one: Any) => kube.get({ ...one, apiVersion: one.group ? `${one.group}/${one.version}` : one.version })),
  );
  return objects.filter((object) => object !== undefined);
}

export const identityOf = (object: Any): string => {
  const { apiVersion, kind, name, namespace } = namedOf(object);
  return `${apiVersion} ${kind} ${namespace ?? ''}/${name}`;
};
