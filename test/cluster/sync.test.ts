import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Any, namedOf } from './servers/kube.ts';
import { applications, identityOf } from './support/applications.ts';
import { askDrift } from './support/ask-drift.ts';
import { declaredBy } from './support/declared.ts';
import { memoryOf } from './support/memory-of.ts';
import { type SyncedCluster, syncedCluster } from './support/synced-cluster.ts';
import { outOfOrder } from './support/waves.ts';

/** The two that are most unlike: all demos and little of everything, and production in full. */
const clusters = ['dev', 'prod-eu'];

describe.each(clusters)('Argo CD, given the root of cluster %s and the repository,', (like) => {
  let cluster: SyncedCluster;
  let failed = false;
  beforeAll(async () => {
    // No system of the committed fleet waits for another one.
    cluster = await syncedCluster(like, (fleet) => {
      if (like === 'dev')
        fleet.edit('clusters/dev/dev.yaml', ['    flow-like:\n', '    flow-like:\n      after: [thunderline, fluss]\n']);
    });
    console.log(
      `cluster ${like}: ${cluster.applications.length} Applications Synced and Healthy after ${Math.round(cluster.took / 1000)} s; ${memoryOf(cluster.processes)}`,
    );
  }, 600_000);
  afterAll(async () => {
    const kept = await cluster?.stop(failed ? `sync-${like}` : undefined);
    if (kept !== undefined) console.error(`the logs of the servers are kept: ${kept}`);
  });
  afterEach(({ task }) => {
    failed ||= task.result?.state === 'fail';
  });

  it('brings every Application to Synced and Healthy, in one sync and without complaint', async () => {
    const all = await applications(cluster.kube);
    expect(all.map(({ metadata }) => metadata.name).sort()).toEqual([...cluster.applications].sort());
    for (const { metadata, status } of all) {
      expect(status.conditions ?? [], metadata.name).toEqual([]);
      expect(status.history, metadata.name).toHaveLength(1);
      expect(status.operationState.retryCount, metadata.name).toBeUndefined();
    }
  });

  it('makes all that is declared, and leaves nothing out', async () => {
    for (const name of cluster.applications.filter((one) => !one.startsWith('root-'))) {
      const declared = await declaredBy(cluster.fleet.folder, name);
      const { status } = (await applications(cluster.kube)).find(({ metadata }) => metadata.name === name) as Any;
      const synced = status.resources.map((one: Any) =>
        identityOf({ ...one, apiVersion: one.group ? `${one.group}/${one.version}` : one.version, metadata: one }),
      );
      expect(synced.sort(), name).toEqual(declared.map(identityOf).sort());
      for (const object of declared) expect(await cluster.kube.get(namedOf(object)), identityOf(object)).toBeDefined();
    }
  });

  it('goes by the waves: nothing is made before what it waits for is ready', async () => {
    const orders = await Promise.all(
      cluster.applications.map(async (name) => ({ name, ...(await outOfOrder(cluster.kube, name)) })),
    );
    expect(orders.flatMap(({ early }) => early)).toEqual([]);
    expect(Math.max(...orders.map(({ waves }) => waves.length))).toBeGreaterThan(4);
  });

  it('the controller of sealed-secrets opens every one of them', async () => {
    const sealed = await cluster.kube.list('bitnami.com/v1alpha1', 'SealedSecret');
    expect(sealed.length).toBeGreaterThan(8);
    for (const { metadata, spec, status } of sealed) {
      const { name, namespace } = metadata;
      expect(status.conditions, name).toContainEqual(expect.objectContaining({ type: 'Synced', status: 'True' }));
      const secret = await cluster.kube.get({ apiVersion: 'v1', kind: 'Secret', name, namespace });
      expect(Object.keys(secret.data).sort(), name).toEqual(
        Object.keys({ ...spec.encryptedData, ...spec.template?.data }).sort(),
      );
    }
  });

  it('has not drifted', async () => {
    expect(await askDrift(cluster, like)).toMatchObject({ code: 0, ids: [], unseen: [] });
  });

  if (like !== 'dev') return;
  it('makes the Application of a system after those of the systems that it comes after', async () => {
    const all = new Map((await applications(cluster.kube)).map((one) => [one.metadata.name, one]));
    const begun = Date.parse(all.get('dev-flow-like').metadata.creationTimestamp);
    for (const name of ['dev-thunderline', 'dev-fluss'])
      expect(Date.parse(all.get(name).status.operationState.finishedAt), name).toBeLessThanOrEqual(begun);
    expect(Date.parse(all.get('dev-flts').metadata.creationTimestamp)).toBeLessThan(begun);
  });
});
