import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, inject, it, vi } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { driftScopes } from '../../src/commands/drift-scopes.ts';
import { driftWorkflow } from '../../src/commands/drift-workflow.ts';
import { looseKinds } from '../../src/drift/kinds-to-look-for.ts';
import { inputs, objectsOf, renders } from '../fleet/fleet.ts';
import { temporaryFolder } from '../support/fleet-files.ts';
import { runInProcess } from '../support/run-in-process.ts';
import { allReferenceFacts } from './servers/cluster-facts.ts';
import { type Any, type Kube, namedOf } from './servers/kube.ts';
import { writeKubeconfig } from './servers/kubeconfig.ts';
import { type Api, startApi } from './servers/start-cluster.ts';
import { waitUntil } from './servers/wait-until.ts';

const scope = driftScopes(inputs).get('prod-eu');
if (scope === undefined) throw new Error('nothing runs on prod-eu');
const namespace = scope.namespaces[0] as string;
const probe = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'probe', namespace }, data: { key: 'old' } };
const changed = { ...probe, data: { key: 'new' } };

describe.each(['newest', 'oldest'] as const)('on the %s Kubernetes the account that looks for drift', (kubernetes) => {
  const confirms = kubernetes === 'newest';
  let api: Api;
  let account: Kube;

  beforeAll(async () => {
    api = await startApi(inject('servers'), kubernetes, allReferenceFacts());
    const { kube } = api;
    for (const name of scope.namespaces) await kube.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } });
    const { gitVersion } = await kube.ask('GET', '/version');
    const facts = { image: 'example/stowage:1', url: new URL('https://git.example.com/a.git'), branch: 'main', folder: '.' };
    const text = driftWorkflow('prod-eu', { ...scope, kubernetes: /\d+\.\d+/.exec(gitVersion)?.[0] as string }, facts);
    const objects = parseAllDocuments(text).map((document) => document.toJS() as Any);
    for (const object of objects) if (object.kind !== 'CronWorkflow') await kube.apply(object);
    await kube.apply(probe);
    account = kube.as(await api.tokenFor('stowage-drift', 'stowage-drift'));
    // Policies are heeded some moments after they are written.
    if (confirms)
      await waitUntil('the policy', async () => {
        const refused = await account.apply(changed, { force: true }).catch((error: Error) => error.message);
        return typeof refused === 'string' && refused.includes('stowage drift looks only');
      });
    await kube.apply(probe, { force: true });
  });
  afterAll(() => api?.stop());

  const status = async (method: string, path: string, body?: Any) => {
    const sent = body === undefined ? {} : { body, contentType: 'application/apply-patch+yaml' };
    return (await account.request(method, path, sent)).status;
  };

  /** Of a kind that was defined just now the server says for a moment that it is too busy. */
  const settled = async (path: string) => {
    let last = 0;
    await waitUntil(`an answer to ${path}`, async () => {
      last = await status('GET', path);
      return last !== 429;
    });
    return last;
  };

  it('may list every kind that is declared or looked for', async () => {
    const kinds = [...scope.kinds, ...looseKinds.map(([apiVersion, kind]) => ({ apiVersion, kind }))];
    for (const what of kinds.filter(({ kind }) => kind !== 'Secret'))
      expect({ ...what, status: await settled(await api.kube.path(what)) }).toEqual({ ...what, status: 200 });
  });

  it('may list Secrets in the namespaces of the fleet, and nothing that it has no business with', async () => {
    for (const name of scope.namespaces) expect(await status('GET', `/api/v1/namespaces/${name}/secrets`)).toBe(200);
    for (const path of [
      '/api/v1/secrets',
      '/api/v1/namespaces/kube-system/secrets',
      '/api/v1/nodes',
      '/apis/apiextensions.k8s.io/v1/customresourcedefinitions',
      '/apis/rbac.authorization.k8s.io/v1/clusterroles/cluster-admin',
    ])
      expect({ path, status: await status('GET', path) }).toEqual({ path, status: 403 });
  });

  it(confirms ? 'may try a change' : 'may not even try a change', async () => {
    const tried = account.apply(changed, { force: true, dryRun: true, manager: 'argocd-controller' });
    if (confirms) expect(await tried).toMatchObject({ data: { key: 'new' } });
    else await expect(tried).rejects.toThrow('403');
  });

  it('changes nothing', async () => {
    const path = await api.kube.path(namedOf(probe));
    await expect(account.apply(changed, { force: true })).rejects.toThrow(confirms ? 'stowage drift looks only' : '403');
    await expect(account.patch(namedOf(probe), changed)).rejects.toThrow(confirms ? 'stowage drift looks only' : '403');
    expect(await status('PUT', path, changed)).toBe(403);
    expect(await status('DELETE', path)).toBe(403);
    expect(await status('DELETE', `${path}?dryRun=All`)).toBe(403);
    const policies = '/apis/admissionregistration.k8s.io/v1/validatingwebhookconfigurations';
    expect(await status('POST', policies, {})).toBe(403);
    expect((await api.kube.get(namedOf(probe)))?.data).toEqual({ key: 'old' });
  });

  it('sees all that drift asks for', async () => {
    const [name = ''] = renders.flatMap((one) => (one.environment === 'prod-eu' ? [one.name] : []));
    const deployed = objectsOf(name);
    for (const object of deployed) await api.kube.apply(object, { manager: 'argocd-controller', force: true });
    const workload = deployed.find(({ kind }) => kind === 'Deployment');
    const image = [{ op: 'replace', path: '/spec/template/spec/containers/0/image', value: 'example/other:1' }];
    await api.kube.patch(namedOf(workload), image, { type: 'json' });
    vi.stubEnv('KUBECONFIG', writeKubeconfig(join(api.folder, 'account.kubeconfig'), account.access));
    // What sources rendered before is not told from what they render now.
    vi.stubEnv('XDG_CACHE_HOME', join(api.folder, 'cache'));
    const words = ['drift', '--cluster', 'prod-eu', '--context', 'test', '--between', 'cluster', '--json'];
    const { out } = await runInProcess(temporaryFolder(inputs), words, process.env);
    vi.unstubAllEnvs();
    const told = JSON.parse(out);
    const changes: Any[] = told.differences.filter(({ what }: Any) => what === 'changed');
    expect(changes.map(({ id }) => id)).toEqual([expect.stringMatching(`/Deployment/${workload.metadata.name}#.*image$`)]);
    expect(told.effort.dryRuns).toBe(1);
    // The repository of the fleet is nobody's, and without dry runs one object could not be judged.
    const unseen = told.unseen.filter(({ what }: Any) => !what.includes('git.example.com'));
    expect(unseen).toEqual(confirms ? [] : [expect.objectContaining({ why: expect.stringContaining('cannot patch') })]);
    const foreign = told.differences.filter(({ what }: Any) => what === 'foreign').map(({ id }: Any) => id);
    expect(foreign).toEqual([expect.stringContaining('/ConfigMap/probe')]);
  });

  it('leaves everybody else alone', async () => {
    await expect(api.kube.apply(probe, { force: true })).resolves.toMatchObject({ data: { key: 'old' } });
  });
});
