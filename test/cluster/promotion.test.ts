import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, inject, it, vi } from 'vitest';
import { type GiteaServer, keepLog, owner, startGitea } from '../interop/gitea-server.ts';
import { installGitea } from '../interop/install-gitea.ts';
import { compileClean } from '../support/compile-fleet.ts';
import { type Files, temporaryFolder } from '../support/fleet-files.ts';
import { commitAll, git } from '../support/git-folder.ts';
import { startStowage } from '../support/run-cli.ts';
import { type Cluster, startCluster } from './servers/start-cluster.ts';
import { applyRoot, refresh, setPaused, untilWell } from './support/applications.ts';
import { newImage, smallFleet } from './support/small-fleet.ts';

let cluster: Cluster;
let gitea: GiteaServer;
let failed = false;
beforeAll(async () => {
  gitea = await startGitea(await installGitea());
  cluster = await startCluster(inject('servers'), { like: 'dev', argocd: true });
}, 30 * 60_000);
afterAll(async () => {
  const kept = await cluster?.stop(failed ? 'promotion' : undefined);
  const log = await gitea?.stop();
  if (failed && log !== undefined) console.error(`the logs are kept: ${kept}, ${keepLog(log)}`);
});
afterEach(({ task }) => {
  failed ||= task.result?.state === 'fail';
});

const apps = ['dev-shop', 'staging-shop', 'prod-shop'];

interface Result {
  readonly key: string;
  readonly outcome: string;
  readonly reason?: string;
  readonly gates?: readonly { readonly kind: string; readonly state: string; readonly text: string }[];
  readonly pullRequest?: { readonly number: number };
}

async function imageIn(environment: string): Promise<string> {
  const deployments = await cluster.kube.list('apps/v1', 'Deployment', `shop-${environment}`);
  return deployments[0]?.spec.template.spec.containers[0].image;
}

it('what is merged on the forge is synced, its gate opens, and the next wave is promoted', async () => {
  const { kube } = cluster;
  await gitea.ask('POST', '/user/repos', { name: 'small', default_branch: 'main' });
  const at = (path: string) => `/repos/${owner}/small${path}`;
  const repository = `${gitea.url}/${owner}/small.git`;
  const withToken = repository.replace('http://', `http://${owner}:${gitea.token}@`);

  // Somebody's working copy.
  const description: Files = smallFleet(repository);
  const folder = temporaryFolder(new Map([...description, ...compileClean(description).outputs]));
  git(folder, 'init', '--quiet', '--initial-branch=main');
  git(folder, 'remote', 'add', 'origin', repository);
  const push = (files: Files = new Map()) => {
    const commit = commitAll(folder, files);
    git(folder, 'push', '--quiet', withToken, 'main');
    return commit;
  };
  const pull = () => {
    git(folder, 'fetch', '--quiet', withToken, 'main');
    git(folder, 'reset', '--quiet', '--hard', 'FETCH_HEAD');
    return git(folder, 'rev-parse', 'HEAD').trim();
  };
  const promote = async (): Promise<Record<string, Result>> => {
    const env = { KUBECONFIG: cluster.kubeconfig, STOWAGE_TOKEN: gitea.token, XDG_CACHE_HOME: join(folder, '.stowage/cache') };
    const { out, err } = await startStowage(['promote', '--all', '--due', '--json'], { in: folder, env }).end;
    const { results } = JSON.parse(out === '' ? `{"results":[{"key":"?","outcome":${JSON.stringify(err)}}]}` : out);
    return Object.fromEntries(results.map((result: Result) => [result.key, result]));
  };

  push();
  await vi.waitFor(async () => expect(await gitea.ask('GET', at(''))).toMatchObject({ empty: false }), { timeout: 30_000 });
  await applyRoot(kube, folder, 'dev');
  await untilWell(kube, [...apps, 'root-dev']);
  expect(await Promise.all(['dev', 'staging', 'prod'].map(imageIn))).toEqual(Array(3).fill(newImage.from));

  // Pushed, and not yet where it is to be seen.
  await setPaused(kube, 'dev-shop', true);
  const changed: Files = new Map([
    ...description,
    ['systems/shop/system.yaml', String(description.get('systems/shop/system.yaml')).replace(newImage.from, newImage.to)],
  ]);
  const pushed = push(new Map([...changed, ...compileClean(changed).outputs]));
  const early = (await promote())['staging/shop'];
  expect(early).toMatchObject({ outcome: 'waiting', gates: [{ kind: 'health', state: 'waiting' }] });

  await setPaused(kube, 'dev-shop', false);
  await refresh(kube, 'dev-shop');
  await untilWell(kube, ['dev-shop'], { revision: pushed });
  expect(await imageIn('dev')).toBe(newImage.to);

  // Its gate is open: into staging without a person.
  const first = await promote();
  expect(first['staging/shop']).toMatchObject({ outcome: 'merged' });
  expect(first['prod/shop']?.outcome).not.toBe('merged');
  const merged = pull();
  await refresh(kube, 'staging-shop');
  await untilWell(kube, ['staging-shop'], { revision: merged });
  expect(await Promise.all(['staging', 'prod'].map(imageIn))).toEqual([newImage.to, newImage.from]);

  // Into production a person merges.
  const opened = await vi.waitFor(
    async () => {
      const result = (await promote())['prod/shop'];
      expect(result).toMatchObject({ outcome: expect.stringMatching(/opened|updated|unchanged/) });
      return result;
    },
    { timeout: 60_000, interval: 1000 },
  );
  await gitea.ask('POST', at(`/pulls/${opened?.pullRequest?.number}/merge`), { Do: 'merge' });
  const landed = pull();
  await refresh(kube, 'prod-shop');
  await untilWell(kube, ['prod-shop'], { revision: landed });
  expect(await imageIn('prod')).toBe(newImage.to);
  expect(readFileSync(join(folder, 'clusters/dev/prod.yaml'), 'utf8')).not.toContain('release: "1.0.0"');

  // After all this everything is as it is declared.
  const env = { KUBECONFIG: cluster.kubeconfig, STOWAGE_TOKEN: gitea.token, XDG_CACHE_HOME: join(folder, '.stowage/cache') };
  const drift = await startStowage(['drift', '--context', 'test', '--json'], { in: folder, env }).end;
  expect(JSON.parse(drift.out || '{}')).toMatchObject({ ok: true, differences: [], unseen: [] });
}, 600_000);
