import { afterAll, afterEach, beforeAll, expect, it } from 'vitest';
import { aroundWorkloads } from './injections/around-workloads.ts';
import { nobodysBusiness } from './injections/nobodys-business.ts';
import { secretsAndApplications } from './injections/secrets-and-applications.ts';
import { workloads } from './injections/workloads.ts';
import { askDrift, type DriftReport } from './support/ask-drift.ts';
import { type SyncedCluster, syncedCluster } from './support/synced-cluster.ts';

const injections = [...workloads, ...aroundWorkloads, ...secretsAndApplications, ...nobodysBusiness];
const expected = injections.flatMap(({ reported }) => reported ?? []);

let cluster: SyncedCluster;
let before: DriftReport;
let report: DriftReport;
let failed = false;
beforeAll(async () => {
  cluster = await syncedCluster('dev');
  before = await askDrift(cluster, 'dev');
  // Whoever would take back or open anew what is done to the cluster stands still.
  for (const name of standing) process.kill(processId(name), 'SIGSTOP');
  for (const { name, act } of injections)
    await act(cluster).catch((error: Error) => {
      throw new Error(`${name}: ${error.message}`);
    });
  report = await askDrift(cluster, 'dev');
}, 600_000);
afterEach(({ task }) => {
  failed ||= task.result?.state === 'fail';
});
afterAll(async () => {
  for (const name of standing) process.kill(processId(name), 'SIGCONT');
  const kept = await cluster?.stop(failed ? 'drift-kinds' : undefined);
  if (kept !== undefined) console.error(`the logs of the servers are kept: ${kept}`);
});

const standing = ['argocd-application-controller', 'sealed-secrets'];

function processId(name: string): number {
  const id = cluster.processes.get(name);
  if (id === undefined) throw new Error(`there is no ${name} among ${[...cluster.processes.keys()].join(', ')}`);
  return id;
}

it('says nothing of a cluster that Argo CD has just synced', () => {
  expect(before).toMatchObject({ code: 0, ids: [], unseen: [] });
  expect(before.effort.objects).toBeGreaterThan(300);
  // One list for each kind, and nothing to try out.
  expect(before.effort.dryRuns).toBe(0);
  expect(before.effort.requests).toBeLessThan(60);
});

it('tells each of more than thirty kinds of drift once, and nothing else', () => {
  const wanted = new Set(expected.map(({ id }) => id));
  const found = new Set(report.ids);
  const right = report.ids.filter((id) => wanted.has(id));
  const precision = right.length / report.ids.length;
  const recall = right.length / wanted.size;
  console.log(
    `${expected.length} injected, ${injections.length - expected.length} that are nobody's business: precision ${precision}, recall ${recall}, ${report.effort.requests} requests, ${report.effort.dryRuns} dry runs`,
  );
  expect({
    false: report.ids.filter((id) => !wanted.has(id)),
    missed: [...wanted].filter((id) => !found.has(id)),
  }).toEqual({ false: [], missed: [] });
  expect(report.ids).toHaveLength(found.size);
  expect(expected.length).toBeGreaterThan(30);
  expect(report).toMatchObject({ code: 1, unseen: [] });
});

it.each(expected.map((one) => [one.id, one] as const))(
  'knows what %s is, and who did it',
  (id, { what, by, subresource, concealed }) => {
    const difference = report.differences.find((one) => one.id === id);
    expect(difference).toMatchObject({ what, standing: 'new' });
    const manager = by instanceof RegExp ? expect.stringMatching(by) : by;
    expect([difference?.owner?.manager, difference?.owner?.subresource]).toEqual([manager, subresource]);
    // The API server writes no time for who scales.
    if (by !== undefined && subresource !== 'scale')
      expect(Date.parse(difference?.owner?.since ?? '')).toBeGreaterThan(Date.now() - 900_000);
    if (concealed === true) expect(difference).not.toHaveProperty('live');
  },
);

it('shows no value of a secret', () => {
  for (const text of [report.text, report.json]) {
    expect(text).not.toContain('somebody-elses');
    expect(text).not.toContain('ghp_abc');
    expect(text).not.toContain('AgBy');
  }
});
