import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { refresh, untilWell } from './support/applications.ts';
import { type SyncedCluster, syncedCluster } from './support/synced-cluster.ts';

const path = 'clusters/prod-eu/prod-eu.yaml';

describe('where everything runs and nothing is pruned, a later change', () => {
  let cluster: SyncedCluster;
  let failed = false;
  beforeAll(async () => {
    cluster = await syncedCluster('prod-eu');
  }, 600_000);
  afterAll(async () => {
    const kept = await cluster?.stop(failed ? 'later-syncs' : undefined);
    if (kept !== undefined) console.error(`the logs of the servers are kept: ${kept}`);
  });
  afterEach(({ task }) => {
    failed ||= task.result?.state === 'fail';
  });

  async function sync(application: string): Promise<void> {
    const revision = await cluster.fleet.publish();
    await refresh(cluster.kube, application);
    await untilWell(cluster.kube, [application], { revision });
  }

  it('does not run the Jobs again that it does not concern', async () => {
    const jobs = async () =>
      (await cluster.kube.list('batch/v1', 'Job', 'flow-like')).map(({ metadata }) => `${metadata.name} ${metadata.uid}`).sort();
    const replicas = async () => {
      const all = await cluster.kube.list('apps/v1', 'Deployment', 'flow-like');
      return all.find(({ metadata }) => metadata.labels['app.kubernetes.io/component'] === 'web')?.spec.replicas;
    };
    const before = await jobs();
    expect(before).toContainEqual(expect.stringContaining('migrate'));
    cluster.fleet.edit(path, [
      '        web: { ingress: { enabled: true } }\n        postgres:',
      '        web: { replicas: 7, ingress: { enabled: true } }\n        postgres:',
    ]);
    await sync('prod-eu-flow-like');
    expect(await replicas()).toBe(7);
    expect(await jobs()).toEqual(before);
  });

  it('of a config file keeps its Application in sync, with the ConfigMap from before still there', async () => {
    const named = async () =>
      (await cluster.kube.list('v1', 'ConfigMap', 'fluss'))
        .map(({ metadata }) => metadata.name as string)
        .filter((name) => name.startsWith('fluss-conf-file-'));
    const before = await named();
    expect(before).toHaveLength(1);
    cluster.fleet.edit(path, ['bucket: example-fluss-eu,', 'bucket: example-fluss-eu-2,']);
    await sync('prod-eu-fluss');
    const after = await named();
    expect(after).toHaveLength(2);
    expect(after).toEqual(expect.arrayContaining(before));
  });
});
