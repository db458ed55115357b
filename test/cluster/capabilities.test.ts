import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, inject, it, vi } from 'vitest';
import { parse } from 'yaml';
import { inputs } from '../fleet/fleet.ts';
import { capabilities } from '../support/capabilities-run.ts';
import { temporaryFolder } from '../support/fleet-files.ts';
import { classes } from './servers/classes.ts';
import { allReferenceFacts, referenceFacts } from './servers/cluster-facts.ts';
import { nodes } from './servers/nodes.ts';
import { type Api, startApi } from './servers/start-cluster.ts';

const path = 'clusters/prod-eu/cluster.yaml';
let api: Api;

beforeAll(async () => {
  api = await startApi(inject('servers'), 'newest', allReferenceFacts());
  const facts = referenceFacts('prod-eu');
  for (const object of [...classes(facts), ...nodes(facts)]) await api.kube.create(object);
  await api.kube.create({ apiVersion: 'node.k8s.io/v1', kind: 'RuntimeClass', metadata: { name: 'gvisor' }, handler: 'runsc' });
  vi.stubEnv('KUBECONFIG', api.kubeconfig);
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await api?.stop();
});

it('reads the facts of a real API server, and finds nothing else to change', async () => {
  const folder = temporaryFolder(inputs);
  const before = readFileSync(join(folder, path), 'utf8');
  const { code, out, err } = await capabilities(folder, 'prod-eu', { context: 'test' });
  const { major, minor } = await api.kube.ask('GET', '/version');
  expect(out.split('\n').filter((line) => line.includes('→'))).toEqual([
    `  kubernetes: 1.33 → ${major}.${minor}`,
    '  runtimeClasses: none → gvisor',
    '  capacity.cpu: 192 → 2048',
    '  capacity.memory: 768Gi → 16Ti',
    '  metricsServer: true → false',
  ]);
  // No controller of sealed-secrets runs here, and nothing else is unknown.
  expect({ code, err: err.split('\n').filter((line) => line.startsWith('unknown')) }).toEqual({
    code: 3,
    err: [expect.stringContaining('unknown: sealing: ')],
  });
  const after = readFileSync(join(folder, path), 'utf8');
  expect(parse(after).spec).toEqual({
    ...parse(before).spec,
    kubernetes: `${major}.${minor}`,
    runtimeClasses: ['gvisor'],
    capacity: { cpu: 2048, memory: '16Ti', storage: '20Ti' },
    metricsServer: false,
  });
  expect((await capabilities(folder, 'prod-eu', { context: 'test' })).out).toBe('no fact differs, as far as could be seen\n');
});
