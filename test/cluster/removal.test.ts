import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Plan } from '../../src/plan/plan.ts';
import { startStowage } from '../support/run-cli.ts';
import type { Any } from './servers/kube.ts';
import { waitUntil } from './servers/wait-until.ts';
import { application, refresh, untilWell } from './support/applications.ts';
import { askDrift } from './support/ask-drift.ts';
import { type SyncedCluster, syncedCluster } from './support/synced-cluster.ts';

/** Only what this file is about. */
const demos = ['flts-external-backend', 'thunderline-federation-demo', 'thunderline-hpo-demo', 'thunderline-livebook-tls'];

describe('a component that is removed from the description', () => {
  let cluster: SyncedCluster;
  let failed = false;
  beforeAll(async () => {
    cluster = await syncedCluster('dev', ({ folder }) => {
      for (const name of demos) rmSync(join(folder, `clusters/dev/${name}.yaml`));
      for (const name of demos) rmSync(join(folder, `clusters/dev/sealed/${name}`), { recursive: true, force: true });
    });
  }, 600_000);
  afterAll(async () => {
    const kept = await cluster?.stop(failed ? 'removal' : undefined);
    if (kept !== undefined) console.error(`the logs of the servers are kept: ${kept}`);
  });
  afterEach(({ task }) => {
    failed ||= task.result?.state === 'fail';
  });

  /** What an Application has, each object as the plan names it: the hash of a ConfigMap, in the letters of kustomize, is no part of its name. */
  async function had(name: string): Promise<string[]> {
    const { status } = (await cluster.kube.get(application(name))) as Any;
    return status.resources.map(({ kind, name: own, namespace }: Any) => planned(kind, own, namespace)).sort();
  }
  const planned = (kind: string, name: string, namespace: string | null = null) =>
    `${kind}/${kind === 'ConfigMap' ? name.replace(/-[2456789bcdfghkmt]{10}$/, '') : name} ${namespace ?? ''}`;

  /** Claims and volumes, with what makes each the one that it is. */
  async function volumes(): Promise<string[]> {
    const claims = await cluster.kube.list('v1', 'PersistentVolumeClaim');
    const behind = await cluster.kube.list('v1', 'PersistentVolume');
    return [...claims, ...behind]
      .filter(({ metadata }) => metadata.deletionTimestamp === undefined)
      .map(({ kind, metadata, status }) => `${kind} ${metadata.name} ${metadata.uid} ${status.phase}`)
      .sort();
  }

  async function planOf(overlay: string): Promise<{ deleted: string[]; plan: Plan }> {
    const { out, err } = await startStowage(['plan', '--json'], { in: cluster.fleet.folder }).end;
    const { plan } = JSON.parse(out) as { plan: Plan };
    expect(
      plan.changes.map((change) => change.overlay),
      err,
    ).toEqual([overlay]);
    const objects = plan.changes.flatMap((change) => change.objects).filter(({ action }) => action === 'delete');
    const deleted = objects.map(({ object, namespace }) => {
      const [kind = '', name = ''] = object.split('/');
      return planned(kind, name, namespace);
    });
    return { deleted: deleted.sort(), plan };
  }

  it('goes with just the objects that the plan said, and its volumes stay', async () => {
    const [before, volumesBefore] = [await had('dev-fluss'), await volumes()];
    const others = (await cluster.kube.list('v1', 'Service')).filter(({ metadata }) => metadata.namespace !== 'fluss');
    cluster.fleet.edit('clusters/dev/dev.yaml', ['profiles: [minimal, with-minio]', 'profiles: [minimal]']);
    const { deleted, plan } = await planOf('dev/fluss');
    expect(deleted).toContain('StatefulSet/minio fluss');
    expect(plan.hazards).toContainEqual(expect.objectContaining({ kind: 'volume', object: 'StatefulSet/minio', blocking: true }));

    const revision = await cluster.fleet.publish();
    await refresh(cluster.kube, 'dev-fluss');
    await untilWell(cluster.kube, ['dev-fluss'], { revision });

    const after = await had('dev-fluss');
    expect(before.filter((one) => !after.includes(one))).toEqual(deleted);
    expect(after.filter((one) => !before.includes(one))).toEqual([]);
    for (const [kind, apiVersion] of [
      ['StatefulSet', 'apps/v1'],
      ['Service', 'v1'],
      ['Job', 'batch/v1'],
      ['Secret', 'v1'],
    ] as const) {
      const left = await cluster.kube.list(apiVersion, kind, 'fluss');
      expect(
        left.map(({ metadata }) => metadata.name).filter((name: string) => name.startsWith('minio')),
        kind,
      ).toEqual([]);
    }
    expect(await volumes()).toEqual(volumesBefore);
    expect(volumesBefore).toContainEqual(expect.stringMatching(/^PersistentVolumeClaim data-minio-0 .* Bound$/));
    const still = (await cluster.kube.list('v1', 'Service')).filter(({ metadata }) => metadata.namespace !== 'fluss');
    expect(still.map(({ metadata }) => metadata.uid).sort()).toEqual(others.map(({ metadata }) => metadata.uid).sort());

    const drift = await askDrift(cluster, 'dev');
    expect(drift).toMatchObject({ code: 0, ids: [], unseen: [] });
    expect(drift.kept).toContainEqual(expect.objectContaining({ object: expect.objectContaining({ name: 'data-minio-0' }) }));
  });

  it('whose volume is declared waits for a person, and until then nothing of it is deleted', async () => {
    const [before, volumesBefore] = [await had('dev-flow-like'), await volumes()];
    cluster.fleet.edit('clusters/dev/dev.yaml', [
      '    flow-like:\n',
      '    flow-like:\n      components: { grafana: { enabled: false } }\n',
    ]);
    const { deleted } = await planOf('dev/flow-like');
    const claim = deleted.find((one) => one.startsWith('PersistentVolumeClaim/'));
    expect(claim).toBeDefined();

    const revision = await cluster.fleet.publish();
    await refresh(cluster.kube, 'dev-flow-like');
    const asked = await waitUntil('the question whether the volume may go', async () => {
      const { status } = (await cluster.kube.get(application('dev-flow-like'))) as Any;
      return /Waiting for pruning confirmation of .*/i.exec(status.operationState?.message ?? '')?.[0];
    });
    expect(asked).toContain('PersistentVolumeClaim');
    expect(await volumes()).toEqual(volumesBefore);
    expect(await had('dev-flow-like')).toEqual(expect.arrayContaining(before));

    // The person's word, as Argo CD takes it.
    const approved = { 'argocd.argoproj.io/deletion-approved': new Date(Date.now() + 1000).toISOString() };
    await cluster.kube.patch(application('dev-flow-like'), { metadata: { annotations: approved } }, { manager: 'argocd-server' });
    await untilWell(cluster.kube, ['dev-flow-like'], { revision });
    const after = await had('dev-flow-like');
    expect(before.filter((one) => !after.includes(one))).toEqual(deleted);
    expect(await askDrift(cluster, 'dev')).toMatchObject({ code: 0, ids: [], unseen: [] });
  });

  it('whose kind goes with it from the project stays, unseen by Argo CD, as the plan says', async () => {
    cluster.fleet.edit('clusters/dev/dev.yaml', [
      'profiles: [autoscaled, dev]\n',
      'profiles: [autoscaled, dev]\n      components: { inference: { autoscale: null } }\n',
    ]);
    const { deleted, plan } = await planOf('dev/flts');
    const scalers = deleted.filter((one) => one.startsWith('HorizontalPodAutoscaler/'));
    expect(scalers).not.toEqual([]);
    const told = plan.hazards.filter(({ kind, object }) => kind === 'delete' && object.startsWith('HorizontalPodAutoscaler/'));
    expect(told).toHaveLength(scalers.length);
    for (const { text } of told) expect(text).toContain('Argo CD sees it no more');

    const revision = await cluster.fleet.publish();
    for (const name of ['root-dev', 'dev-flts']) {
      await refresh(cluster.kube, name);
      await untilWell(cluster.kube, [name], { revision });
    }
    expect((await had('dev-flts')).filter((one) => one.startsWith('HorizontalPodAutoscaler/'))).toEqual([]);
    const left = await cluster.kube.list('autoscaling/v2', 'HorizontalPodAutoscaler', 'flts');
    expect(left.map(({ metadata }) => planned('HorizontalPodAutoscaler', metadata.name, 'flts')).sort()).toEqual(scalers);
  });
});
