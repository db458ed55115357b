import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, inject, it } from 'vitest';
import { breaksOff, type Fault, keepsSilent, refuses, says } from '../support/faults.ts';
import { startStowage } from '../support/run-cli.ts';
import { type GitServer, startGitServer } from './servers/git-server.ts';
import type { Any } from './servers/kube.ts';
import { type Api, startApi } from './servers/start-cluster.ts';
import { waitUntil } from './servers/wait-until.ts';
import { type Forward, startFaultyProxy } from './support/faulty-proxy.ts';
import { oneEnvironment } from './support/one-environment.ts';

let api: Api;
let git: GitServer;
let folder: string;
let objects: readonly Any[];
/** Before anything was changed, and after. */
let clean: Run;
let drifted: Run;
let silent: Promise<Run>;
let failed = false;
beforeAll(async () => {
  api = await startApi(inject('servers'), 'newest', {});
  git = await startGitServer(api.folder);
  ({ folder, objects } = await oneEnvironment(git));
  const { kube } = api;
  await kube.create({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'argocd' } });
  for (const object of objects) await kube.apply(object, { manager: 'argocd-controller' });
  clean = await drift();
  const inShop = (kind: string, name: string, apiVersion = 'v1') => ({ apiVersion, kind, name, namespace: 'shop' });
  await kube.patch(inShop('Deployment', 'shop-web', 'apps/v1'), { spec: { replicas: 5 } });
  await kube.remove(inShop('Service', 'shop-api'));
  await kube.create({ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'stray', namespace: 'shop' } });
  drifted = await drift();
  // Takes as long as drift waits for those who keep silent: meanwhile the others run.
  silent = drift(() => [
    { at: services, deed: keepsSilent },
    { at: dryRun, deed: keepsSilent },
  ]);
});
afterEach(({ task }) => {
  failed ||= task.result?.state === 'fail';
});
afterAll(async () => {
  const kept = await api?.stop(failed ? 'drift-faults' : undefined);
  await git?.stop();
  if (kept !== undefined) console.error(`the logs of the servers are kept: ${kept}`);
});

type Faults = (forward: Forward) => readonly Fault[];

interface Run {
  readonly code: number | null;
  readonly told: readonly string[];
  readonly unseen: readonly Any[];
  readonly effort: Any;
  readonly asked: readonly string[];
  readonly most: number;
  readonly out: string;
}

let runs = 0;

/** A run of drift that reaches the cluster as it is let. */
async function drift(faults: Faults = () => [], { token = api.kube.access.token, format = '--json' } = {}): Promise<Run> {
  const proxy = await startFaultyProxy({ ...api.kube.access, token }, faults);
  runs += 1;
  const kubeconfig = join(api.folder, `faulty-${runs}.kubeconfig`);
  writeFileSync(kubeconfig, proxy.kubeconfig, { mode: 0o600 });
  const env = { KUBECONFIG: kubeconfig, XDG_CACHE_HOME: join(api.folder, 'cache') };
  const words = ['drift', '--cluster', 'dev', '--context', 'test', '--between', 'repository', '--between', 'cluster'];
  try {
    const { code, out, err } = await startStowage([...words, ...(format === '' ? [] : [format])], { in: folder, env }).end;
    if (format !== '--json') return { code, told: [], unseen: [], effort: {}, asked: proxy.asked, most: proxy.most(), out };
    if (!out.startsWith('{')) throw new Error(`drift ended with ${code}:\n${out}${err}`);
    const { differences, unseen, effort } = JSON.parse(out);
    const told = differences.map((one: Any) =>
      [one.what, one.object?.kind, one.object?.name, one.field].filter(Boolean).join(' '),
    );
    return { code, told: told.sort(), unseen, effort, asked: proxy.asked, most: proxy.most(), out };
  } finally {
    await proxy.stop();
  }
}

const replicas = 'changed Deployment shop-web spec.replicas';
const stray = 'foreign ConfigMap stray';
const gone = 'missing Service shop-api';
const all = [replicas, stray, gone];

it('finds nothing where nothing fails and nothing differs, within the requests that it tells of', () => {
  const { code, told, unseen, effort, asked, most } = clean;
  expect({ code, told, unseen }).toEqual({ code: 0, told: [], unseen: [] });
  expect(effort.objects).toBe(objects.length);
  expect(objects.length).toBeGreaterThan(6);
  withinBudget(effort, asked, most);
  // A list for each kind that is declared or looked for; of Secrets one for each namespace.
  const lists = asked.filter((one) => one.startsWith('GET ') && one.includes('limit='));
  expect(lists).toHaveLength(effort.lists);
  expect(new Set(lists).size).toBe(lists.length);
});

/** Whatever happens: what the report says is what was sent, no more than eight at once, and nothing is watched. */
function withinBudget({ requests, lists, dryRuns }: Any, asked: readonly string[], most: number): void {
  expect(asked).toHaveLength(requests);
  expect(requests).toBe(2 + lists + dryRuns);
  expect(most).toBeLessThanOrEqual(8);
  nothingWatched(asked);
}

function nothingWatched(asked: readonly string[]): void {
  expect(asked.filter((one) => /[?&]watch=/.test(one) || /\/watch\//.test(one))).toEqual([]);
  expect(asked.filter((one) => !/^GET /.test(one) && !/^PATCH .*[?&]dryRun=All(&|$)/.test(one))).toEqual([]);
}

it('finds what differs, and tries out no more than what may', () => {
  const { code, told, unseen, effort, asked, most } = drifted;
  expect({ code, told, unseen }).toEqual({ code: 1, told: all, unseen: [] });
  expect(effort.dryRuns).toBe(1);
  withinBudget(effort, asked, most);
});

const services = /GET \/api\/v1\/services/;
const dryRun = /dryRun=All/;
const whether = expect.stringMatching(/^whether Deployment shop-web in shop differs/);

it.each<[string, Faults]>([
  ['too many requests, twice', () => [{ at: services, deed: refuses(429, 'too many', { 'retry-after': '1' }), times: 2 }]],
  [
    'a failure of each kind of request',
    () => [/\/apis$/, services, dryRun].map((at) => ({ at, deed: refuses(500, 'oops'), times: 1 })),
  ],
  ['connections that break', () => [{ at: /GET/, deed: breaksOff, times: 3 }]],
  [
    'lists in pages of one',
    (forward) => [
      {
        at: /limit=500/,
        deed: (request, response) => forward(request, response, { url: request.url?.replace('limit=500', 'limit=1') ?? '' }),
      },
    ],
  ],
])('finds the same in spite of %s', async (_, faults) => {
  const { code, told, unseen, effort, asked, most } = await drift(faults);
  expect({ code, told, unseen }).toEqual({ code: 1, told: all, unseen: [] });
  expect(asked).toHaveLength(effort.requests);
  expect(most).toBeLessThanOrEqual(8);
  nothingWatched(asked);
});

const seen = { told: all };
const noServices = { told: [replicas, stray] };
const noDryRuns = { told: [stray, gone] };
const nothing = { told: [] };
const asNobody =
  (at: RegExp): Faults =>
  (forward) => [{ at, deed: (request, response) => forward(request, response, { token: 'ran-out' }) }];

it.each<[string, Faults, { told: readonly string[] }, readonly Any[], string]>([
  [
    '429 for ever',
    () => [{ at: services, deed: refuses(429, 'too many', { 'retry-after': '0' }) }],
    noServices,
    ['services'],
    'too many',
  ],
  ['429 of dry runs', () => [{ at: dryRun, deed: says(429, 'too many') }], noDryRuns, [whether], 'answered 429'],
  ['500 for ever', () => [{ at: services, deed: refuses(500, 'oops') }], noServices, ['services'], 'oops'],
  ['500 of dry runs', () => [{ at: dryRun, deed: refuses(500, 'oops') }], noDryRuns, [whether], 'oops'],
  ['connections that break', () => [{ at: services, deed: breaksOff }], noServices, ['services'], 'ECONNRESET'],
  [
    'an answer of somebody else',
    () => [{ at: services, deed: says(200, '<h1>Welcome</h1>') }],
    noServices,
    ['services'],
    'no JSON',
  ],
  [
    'a list that grows too old on its second page, again and again',
    (forward) => [
      { at: /configmaps.*continue=/, deed: refuses(410, 'too old') },
      {
        at: /configmaps/,
        deed: (request, response) => forward(request, response, { url: request.url?.replace('limit=500', 'limit=1') ?? '' }),
      },
    ],
    { told: [replicas, gone] },
    ['configmaps'],
    'too old',
  ],
  [
    'a token that runs out',
    asNobody(/limit=|dryRun/),
    nothing,
    expect.arrayContaining(['services', 'deployments']) as Any,
    'token',
  ],
  ['a token that runs out before dry runs', asNobody(dryRun), noDryRuns, [whether], 'has its token run out?'],
  ['a token that ran out before', asNobody(/./), nothing, ['anything of the cluster'], 'does not accept the account'],
  [
    'discovery that is refused',
    () => [{ at: /\/apis$/, deed: refuses(403, 'no') }],
    nothing,
    ['anything of the cluster'],
    'which kinds',
  ],
  [
    'discovery that fails',
    () => [{ at: /\/api$/, deed: refuses(503, 'no') }],
    nothing,
    ['anything of the cluster'],
    'answered 503',
  ],
])('says what it could not see because of %s, and tells the rest', async (_, faults, { told }, what, why) => {
  const run = await drift(faults);
  expect({ code: run.code, told: run.told }).toEqual({ code: 3, told });
  expect(run.unseen.map((one) => one.what)).toEqual(what);
  for (const one of run.unseen) expect(one).toMatchObject({ cluster: 'dev', why: expect.stringContaining(why) });
  nothingWatched(run.asked);
});

it('says so in the report for people as well, before all else', async () => {
  const { code, out } = await drift(() => [{ at: services, deed: refuses(500, 'oops') }], { format: '' });
  expect(code).toBe(3);
  expect(out).toMatch(/^NOT SEEN: this report is not complete\n {2}! dev: services: oops\n/);
  expect(out).toContain('dev: 2 new, and not all of it could be seen');
  expect(out).not.toContain('dev: as it is declared');
});

it('says whom it has waited for in vain', async () => {
  const { code, told, unseen } = await silent;
  expect({ code, told }).toEqual({ code: 3, told: [stray] });
  expect(unseen).toEqual(
    ['services', whether].map((what) => expect.objectContaining({ what, why: expect.stringContaining('no answer within 30 s') })),
  );
});

const everything = [
  { apiGroups: [''], resources: ['pods', 'configmaps', 'persistentvolumeclaims', 'serviceaccounts', 'replicationcontrollers'] },
  { apiGroups: ['apps', 'batch', 'autoscaling', 'networking.k8s.io', 'policy', 'rbac.authorization.k8s.io'], resources: ['*'] },
];
const looksAtServices = { apiGroups: [''], resources: ['services'], verbs: ['list', 'patch'] };
const looksAtSecrets = { apiGroups: [''], resources: ['secrets'], verbs: ['list'] };
const looks = everything.map((rule) => ({ ...rule, verbs: ['list'] }));
const tries = everything.map((rule) => ({ ...rule, verbs: ['list', 'patch'] }));

it.each<[string, readonly Any[], { code: number; told: readonly string[] }, readonly Any[]]>([
  ['may all that it needs there', [...tries, looksAtServices, looksAtSecrets], { code: 1, ...seen }, []],
  ['may not list Secrets', [...tries, looksAtServices], { code: 3, ...seen }, ['secrets in shop']],
  ['may not list Services', [...tries, looksAtSecrets], { code: 3, ...noServices }, ['services in shop']],
  ['may not try anything', [...looks, looksAtServices, looksAtSecrets], { code: 3, ...seen }, [whether]],
])('with an account of a namespace, which %s, says what it could not see', async (name, rules, { code, told }, unseen) => {
  const account = `account-${name.replaceAll(/\W+/g, '-')}`.toLowerCase();
  const { token, remove } = await accountWith(account, rules);
  const run = await drift(() => [], { token }).finally(remove);
  // Its own rights are there and nothing declares them.
  const own = [`foreign Role ${account}`, `foreign RoleBinding ${account}`];
  expect({ code: run.code, told: run.told }).toEqual({ code, told: [...told, ...own].sort() });
  expect(run.unseen.map((one) => one.what)).toEqual(unseen);
  for (const one of run.unseen) expect(one.why).toContain('is forbidden');
  withinBudget(run.effort, run.asked, run.most);
});

/** Rules hold in the namespace `shop`; of all of the cluster it sees namespaces, and what Argo CD has of the fleet. */
async function accountWith(name: string, rules: readonly Any[]): Promise<{ token: string; remove: () => Promise<void> }> {
  const { kube } = api;
  const rbac = 'rbac.authorization.k8s.io';
  const subjects = [{ kind: 'ServiceAccount', name, namespace: 'default' }];
  const wide = [
    { apiGroups: [''], resources: ['namespaces'], verbs: ['list'] },
    { apiGroups: ['argoproj.io'], resources: ['*'], verbs: ['list'] },
  ];
  const token = await api.tokenFor('default', name);
  await kube.create({ apiVersion: `${rbac}/v1`, kind: 'ClusterRole', metadata: { name }, rules: wide });
  const wideRole = { apiGroup: rbac, kind: 'ClusterRole', name };
  await kube.create({ apiVersion: `${rbac}/v1`, kind: 'ClusterRoleBinding', metadata: { name }, roleRef: wideRole, subjects });
  const metadata = { name, namespace: 'shop' };
  await kube.create({ apiVersion: `${rbac}/v1`, kind: 'Role', metadata, rules });
  const roleRef = { apiGroup: rbac, kind: 'Role', name };
  await kube.create({ apiVersion: `${rbac}/v1`, kind: 'RoleBinding', metadata, roleRef, subjects });
  const account = kube.as(token);
  await waitUntil('the rights of the account', async () => {
    const paths = ['/api/v1/namespaces', '/api/v1/namespaces/shop/configmaps'];
    const answers = await Promise.all(paths.map((path) => account.request('GET', path)));
    return answers.every(({ status }) => status === 200);
  });
  const own = ['RoleBinding', 'Role'].map((kind) => ({ apiVersion: `${rbac}/v1`, kind, name, namespace: 'shop' }));
  // What nobody declares in a namespace of the fleet is drift.
  return { token, remove: async () => void (await Promise.all(own.map((one) => kube.remove(one)))) };
}

it('says so where the cluster does not have a kind any more, and where its API does not answer', async () => {
  const { kube } = api;
  const ofArgocd = (kind: string) => objects.filter((one) => one.kind === kind).length;
  const serves = async () =>
    (await kube.request('GET', '/apis/argoproj.io/v1alpha1')).body?.resources?.map((one: Any) => one.kind);
  const definition = (name: string) => ({ apiVersion: 'apiextensions.k8s.io/v1', kind: 'CustomResourceDefinition', name });
  await kube.remove(definition('appprojects.argoproj.io'));
  await waitUntil('its being gone', async () => (await serves())?.includes('AppProject') === false);
  const without = await drift();
  expect(without).toMatchObject({ code: 3, told: all });
  expect(without.unseen).toEqual([
    expect.objectContaining({
      what: `${ofArgocd('AppProject')} declared AppProjects`,
      why: 'the cluster does not serve AppProject of argoproj.io/v1alpha1',
    }),
  ]);

  // Argo CD, which would heed them, is not there.
  for (const { apiVersion, kind, metadata } of objects.filter((one) => one.kind === 'Application'))
    await kube.patch({ apiVersion, kind, ...metadata }, { metadata: { finalizers: null } });
  await kube.remove(definition('applications.argoproj.io'));
  await waitUntil('its being gone', async () => (await kube.request('GET', '/apis/argoproj.io/v1alpha1')).status === 404);
  await kube.create({
    apiVersion: 'apiregistration.k8s.io/v1',
    kind: 'APIService',
    metadata: { name: 'v1alpha1.argoproj.io' },
    spec: {
      group: 'argoproj.io',
      version: 'v1alpha1',
      groupPriorityMinimum: 1000,
      versionPriority: 15,
      insecureSkipTLSVerify: true,
      service: { namespace: 'default', name: 'nobody' },
    },
  });
  let stale = without;
  // Discovery takes notice of it some moments later.
  await waitUntil('discovery', async () => {
    stale = await drift();
    return stale.unseen.some(({ why }) => why.includes('does not answer'));
  });
  expect(stale).toMatchObject({ code: 3, told: all });
  expect(stale.unseen).toEqual(
    ['AppProject', 'Application'].map((kind) =>
      expect.objectContaining({
        what: expect.stringMatching(`^${ofArgocd(kind)} declared ${kind}s?$`),
        why: 'what serves argoproj.io/v1alpha1 does not answer',
      }),
    ),
  );
});
