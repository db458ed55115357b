import { join } from 'node:path';
import { beforeAll, expect, test } from 'vitest';
import { schemas } from '../../src/build-facts.ts';
import { repositoryDrift } from '../../src/drift/repository-drift.ts';
import { type RenderedFleet, renderFleet } from '../../src/plan/render-fleet.ts';
import { withHeader } from '../../src/print/header.ts';
import { parseBuild } from '../../src/verify/parse-build.ts';
import { newest } from '../plan/plan-objects.ts';
import { type FleetHost, fleetHost } from '../promote/support/fleet-host.ts';
import { asBytes, type Files, temporaryFolder, withFiles } from '../support/fleet-files.ts';
import { smallFleet } from '../support/small-fleet.ts';

type Changes = Readonly<Record<string, string | undefined>>;

let host: FleetHost;
let files: ReadonlyMap<string, string>;
const cache = join(temporaryFolder(), 'cache');

beforeAll(async () => {
  host = await fleetHost(smallFleet);
  files = await host.files();
});

function compiled(description: Files = smallFleet): RenderedFleet {
  return renderFleet({
    name: 'working tree',
    files: asBytes(description),
    options: { compiler: 'test', schemas },
    selected: () => true,
    parse: parseBuild,
  });
}

/** With what somebody pushed, and what the description says by now. */
async function driftOf(changes: Changes, description: Files = smallFleet, clusters = ['dev', 'prod']) {
  const edited = host.copy();
  await edited.push(changes);
  return drift(edited.folder, 'main', description, clusters);
}

function drift(url: string, branch: string, description: Files = smallFleet, clusters = ['dev', 'prod']) {
  return repositoryDrift({
    remote: { url, branch, path: '' },
    compiled: compiled(description),
    clusters,
    selected: () => true,
    schemas: newest,
    call: { environment: { ...process.env, XDG_CACHE_HOME: cache } },
  });
}

function replaced(path: string, from: string | RegExp, to: string | ((found: string) => string)): Changes {
  const text = files.get(path) ?? '';
  const changed = typeof to === 'string' ? text.replace(from, to) : text.replace(from, to);
  if (changed === text) throw new Error(`${path} does not hold ${from}`);
  return { [path]: changed };
}

const prod = 'overlays/prod/shop/kustomization.yaml';
const webOfShop = 'base/shop/head/web.yaml';

test('what is published as it compiles is no drift, and is what clusters are held against', async () => {
  const { findings, publishedObjects, commit } = await driftOf({});
  expect(findings).toMatchObject({ differences: [], unseen: [] });
  expect([...publishedObjects.keys()].sort()).toEqual(['dev/shop', 'dev/stock', 'prod/shop', 'prod/stock']);
  expect(publishedObjects).toEqual(compiled().state.overlays);
  expect(commit).toMatch(/^[0-9a-f]{40}$/);
});

test('a hand edit is told by object and field, with the line that says otherwise and what takes it back', async () => {
  const { findings, publishedObjects } = await driftOf(replaced(prod, 'count: 3', 'count: 7'));
  expect(findings.differences).toEqual([
    {
      id: 'repository:prod/shop/Deployment/shop-web#spec.replicas',
      between: 'repository',
      what: 'unpublished',
      cluster: 'prod',
      overlay: 'prod/shop',
      object: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'shop-web', namespace: 'shop' },
      field: 'spec.replicas',
      address: ['spec', 'replicas'],
      declared: 3,
      live: 7,
      because: ['clusters/prod/prod.yaml:9'],
      summary: `the repository has another value than the description; edited by hand: ${prod}`,
      advice: expect.stringContaining('stowage drift --revert'),
      digest: expect.stringMatching(/^[0-9a-f]{16}$/),
    },
  ]);
  const [web] = publishedObjects.get('prod/shop')?.filter(({ kind }) => kind === 'Deployment') ?? [];
  expect(web).toMatchObject({ spec: { replicas: 7 } });
});

test('what nobody published yet says so', async () => {
  const changed = withFiles(smallFleet, {
    'clusters/prod/prod.yaml': (smallFleet.get('clusters/prod/prod.yaml') as string).replace('replicas: 3', 'replicas: 4'),
  });
  const { findings } = await driftOf({}, changed);
  expect(findings.differences).toEqual([
    expect.objectContaining({
      id: 'repository:prod/shop/Deployment/shop-web#spec.replicas',
      declared: 4,
      live: 3,
      summary: 'the repository has another value than the description',
      advice: expect.stringContaining('stowage publish'),
    }),
  ]);
});

const body = (path: string) => (files.get(path) as string).split('\n').slice(1).join('\n');

test.each<[string, () => Changes, readonly string[]]>([
  ['a comment', () => ({ [prod]: `${files.get(prod)}# mine\n` }), [`prod repository:prod/shop#${prod}`]],
  [
    'a comment in what two clusters share',
    () => ({ [webOfShop]: `${files.get(webOfShop)}# mine\n` }),
    [`dev repository:@dev#${webOfShop}`],
  ],
  [
    'a value in what two clusters share',
    () => replaced(webOfShop, 'example/shop:1.0.0', 'example/shop:6.6.6'),
    ['dev', 'prod'].map((one) => `${one} repository:${one}/shop/Deployment/shop-web#spec.template.spec.containers[web].image`),
  ],
  [
    'a comment beside a value',
    () => ({
      ...replaced(prod, 'count: 3', 'count: 7'),
      [webOfShop]: `${files.get(webOfShop)}# mine\n`,
    }),
    [`dev repository:@dev#${webOfShop}`, 'prod repository:prod/shop/Deployment/shop-web#spec.replicas'],
  ],
  ['a header taken off', () => ({ [prod]: body(prod) }), [`prod repository:prod/shop#${prod}`]],
  [
    'other bytes under a header of ours',
    () => ({ [prod]: withHeader('elsewhere', body(prod)) }),
    [`prod repository:prod/shop#${prod}`],
  ],
  [
    'a file of nobody',
    () => ({ 'overlays/prod/shop/notes.txt': 'mine' }),
    ['prod repository:prod/shop#overlays/prod/shop/notes.txt'],
  ],
  [
    'an object beside those that are declared',
    () => ({
      ...replaced(prod, /^resources:$/m, 'resources:\n  - mine.yaml'),
      'overlays/prod/shop/mine.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: mine}\ndata: {a: b}\n',
    }),
    ['prod repository:prod/shop/ConfigMap/mine'],
  ],
  [
    'an Application',
    () => replaced('argocd/prod/prod/shop.application.yaml', 'selfHeal: true', 'selfHeal: false'),
    ['prod repository:prod/shop#argocd/prod/prod/shop.application.yaml'],
  ],
  [
    'an Application that is no YAML',
    () => ({ 'argocd/prod/prod/shop.application.yaml': 'a: [' }),
    ['prod repository:prod/shop#argocd/prod/prod/shop.application.yaml'],
  ],
  ['the root of a cluster', () => ({ 'argocd/prod/root.yaml': undefined }), ['prod repository:@prod#argocd/prod/root.yaml']],
  [
    'a system taken away',
    () =>
      Object.fromEntries(
        [...files.keys()].flatMap((path) =>
          path.includes('prod/stock') || path.includes('prod/prod/stock') ? [[path, undefined]] : [],
        ),
      ),
    ['prod repository:prod/stock'],
  ],
])('%s is told once', async (_, changes, expected) => {
  const { findings } = await driftOf(changes());
  expect(findings.differences.map(({ cluster, id }) => `${cluster} ${id}`)).toEqual(expected);
  expect(findings.unseen).toEqual([]);
});

test('a secret that somebody wrote into the repository is told and not shown', async () => {
  const secret = 'correct-horse-7Battery';
  const variable = (indent: string) => `\n${indent}env: [{name: DB_PASSWORD, value: ${secret}}]`;
  const { findings } = await driftOf(
    replaced(
      webOfShop,
      /^( *)(- )?image: .*$/m,
      (line) => line + variable(line.replace(/\S.*/, '').concat(line.trim().startsWith('-') ? '  ' : '')),
    ),
  );
  expect(findings.differences.map(({ cluster, concealed, live }) => [cluster, concealed, live])).toEqual([
    ['dev', true, undefined],
    ['prod', true, undefined],
  ]);
  expect(JSON.stringify(findings)).not.toContain(secret);
});

test('what is told of one cluster is not told of another', async () => {
  const changes = { ...replaced(prod, 'count: 3', 'count: 7'), [webOfShop]: `${files.get(webOfShop)}# mine\n` };
  const { findings } = await driftOf(changes, smallFleet, ['dev']);
  expect(findings.differences.map(({ cluster, id }) => `${cluster} ${id}`)).toEqual([`dev repository:@dev#${webOfShop}`]);
});

test('a system that the description has no more is told as a whole, with what Argo CD then lets the others do', async () => {
  const changed = withFiles(smallFleet, {
    'clusters/prod/prod.yaml': (smallFleet.get('clusters/prod/prod.yaml') as string).replace(/ {4}stock:[\s\S]*/, ''),
  });
  const { findings } = await driftOf({}, changed);
  expect(findings.differences.map(({ id }) => id)).toEqual([
    'repository:@prod#argocd/prod/prod/project.yaml',
    'repository:prod/stock',
  ]);
});

test('what kustomize cannot build is unseen, and its files are told', async () => {
  const { findings, publishedObjects } = await driftOf({ [prod]: 'resources: [nowhere.yaml]\n' });
  expect(findings.unseen).toEqual([expect.objectContaining({ cluster: 'prod', what: 'overlays/prod/shop' })]);
  expect(findings.differences.map(({ id }) => id)).toEqual([`repository:prod/shop#${prod}`]);
  // It declares something all the same, so that nothing of it is foreign to the cluster.
  expect(publishedObjects.get('prod/shop')).toEqual(compiled().state.overlays.get('prod/shop'));
  expect(publishedObjects.has('prod/stock')).toBe(true);
});

test('a repository that cannot be read is unseen in every cluster, and never clean', async () => {
  const { findings, publishedObjects } = await drift(join(temporaryFolder(), 'nowhere.git'), 'main');
  expect(findings.unseen.map(({ cluster }) => cluster)).toEqual(['dev', 'prod']);
  expect(findings.unseen[0]?.what).toContain('branch main of');
  expect(publishedObjects.size).toBe(0);
});

test('a branch that does not exist lacks everything, told by system', async () => {
  const { findings } = await drift(host.folder, 'other');
  expect(findings.differences.map(({ id }) => id)).toEqual(
    expect.arrayContaining(['repository:dev/shop', 'repository:prod/stock', 'repository:@prod#argocd/prod/root.yaml']),
  );
  expect(findings.differences.filter(({ id }) => id.includes('overlays/') || id.includes('base/'))).toEqual([]);
});
