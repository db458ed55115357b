import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadAll } from 'js-yaml';
import { afterAll, beforeAll, expect, inject, it } from 'vitest';
import { allReferenceFacts } from '../cluster/servers/cluster-facts.ts';
import { type Api, startApi } from '../cluster/servers/start-cluster.ts';
import { renders } from '../fleet/fleet.ts';
import { referenceInputs, repository, temporaryFolder } from '../support/fleet-files.ts';
import { bareCopy, commitAll, git } from '../support/git-folder.ts';
import { runInProcess } from '../support/run-in-process.ts';

let api: Api;
beforeAll(async () => {
  api = await startApi(inject('servers' as never), 'newest', allReferenceFacts());
});
afterAll(async () => {
  await api?.stop();
});
it('is empty', async () => {
  const manager = { manager: 'argocd-controller', force: true };
  for (const { environment, objects } of renders) {
    if (environment !== 'dev') continue;
    for (const object of objects.toSorted((a, b) => Number(b.kind === 'Namespace') - Number(a.kind === 'Namespace')))
      await api.kube.apply(object, manager);
  }
  await api.kube.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'argocd' } }).catch(() => {});
  for (const name of [
    'dev/flow-like.application',
    'dev/flts.application',
    'dev/fluss.application',
    'dev/thunderline.application',
    'dev/project',
  ])
    for (const object of loadAll(readFileSync(join(repository, `argocd/dev/${name}.yaml`), 'utf8')))
      await api.kube.apply(object, manager);
  for (const object of loadAll(readFileSync(join(repository, `argocd/dev/root.yaml`), 'utf8')))
    await api.kube.apply(object, manager);
  const folder = repository;
  const began = Date.now();
  process.env.KUBECONFIG = api.kubeconfig;
  const result = await runInProcess(folder, ['drift', '--cluster', 'dev', '--context', 'test', '--between', 'cluster'], {
    ...process.env,
  });
  console.log(Date.now() - began, JSON.stringify(result).slice(0, 300));
  console.log((result as any).out, (result as any).err);
});
