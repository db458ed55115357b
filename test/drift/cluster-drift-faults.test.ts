import { KubeConfig } from '@kubernetes/client-node';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ClusterApi } from '../../src/cluster/cluster-api.ts';
import { type ClusterAccess, openClusterApi } from '../../src/cluster/open-cluster-api.ts';
import { clusterDrift } from '../../src/drift/cluster-drift.ts';
import type { ClusterQuestion } from '../../src/drift/declared.ts';
import type { Findings } from '../../src/drift/difference.ts';
import { settleLedger } from '../../src/drift/settle-ledger.ts';
import type { PlainObject } from '../../src/model/desired-object.ts';
import { type ApiServer, kubeconfig, startApiServer } from '../support/api-server.ts';
import { breaksOff, type Fault, keepsSilent, refuses, says, withFaults } from '../support/faults.ts';
import { secretValue } from '../support/secret-value.ts';
import { answerAsCluster, type Change, discovery } from './fake-cluster.ts';
import { accept, baseline, difference, now } from './ledger-of.ts';

const object = (apiVersion: string, kind: string, address: string, content: PlainObject = {}): PlainObject => {
  const [namespace, name] = address.split('/');
  return { apiVersion, kind, metadata: { name, namespace }, ...content };
};
const web = object('apps/v1', 'Deployment', 'shop/web');
const front = object('v1', 'Service', 'stock/front');
const widget = object('example.com/v1', 'Widget', 'shop/widget');
const declared = [
  web,
  front,
  widget,
  // The API server writes it otherwise, which is no difference.
  object('apps/v1', 'Deployment', 'shop/api', { spec: { cpu: 0.5 } }),
  object('v1', 'ConfigMap', 'shop/settings', { data: { key: 'declared' } }),
  object('apps/v1', 'StatefulSet', 'stock/db', { spec: { replicas: 3 } }),
  object('v1', 'Service', 'shop/gone'),
  object('v1', 'ConfigMap', 'stock/lost'),
];
const live = [
  web,
  front,
  widget,
  object('apps/v1', 'Deployment', 'shop/api', { spec: { cpu: '500m' } }),
  object('v1', 'ConfigMap', 'shop/settings', { data: { key: 'live' } }),
  object('apps/v1', 'StatefulSet', 'stock/db', { spec: { replicas: 5 } }),
  object('v1', 'ConfigMap', 'shop/one'),
  object('v1', 'ConfigMap', 'shop/two'),
  object('v1', 'Secret', 'stock/stray'),
];
const [settings, db] = ['changed ConfigMap settings', 'changed StatefulSet db'];
const [gone, lost] = ['missing Service gone', 'missing ConfigMap lost'];
const [one, two, stray] = ['foreign ConfigMap one', 'foreign ConfigMap two', 'foreign Secret stray'];
const all = [settings, db, one, two, stray, lost, gone];
const allBut = (...without: string[]) => all.filter((told) => !without.includes(told));

const question: ClusterQuestion = {
  cluster: 'prod-eu',
  declared: declared.map((declaration) => ({ overlay: 'prod-eu/fluss', object: declaration, ignored: [] })),
  namespaces: new Set(['shop', 'stock']),
  environments: new Set(),
  overlayOf: () => 'prod-eu/fluss',
  keysAt: () => () => [],
  because: () => [],
  now,
};

let faults: readonly Fault[];
let server: ApiServer;
let api: ClusterApi;
beforeEach(async () => {
  faults = [];
  server = await startApiServer(withFaults(() => faults, answerAsCluster(live, new Set(['api']))));
});
afterEach(async () => {
  api?.close();
  await server.close();
});

async function look(access: Partial<ClusterAccess> = {}): Promise<Findings> {
  const config = new KubeConfig();
  config.loadFromString(kubeconfig({ east: server.address }, secretValue('bearer')));
  api = await openClusterApi({ config, signal: new AbortController().signal, wait: async () => {}, ...access });
  return clusterDrift(question, api);
}

const told = ({ differences }: Findings) =>
  differences.map((each) => `${each.what} ${each.object?.kind} ${each.object?.name}`).sort();
const settled = (findings: Findings) =>
  settleLedger([findings], [baseline([accept(difference())])], now, ['prod-eu']).settled.length;

it('tells all that differs where nothing is in the way, and that what was accepted is gone', async () => {
  const findings = await look();
  expect(told(findings)).toEqual(all);
  expect(findings.unseen).toEqual([]);
  expect(settled(findings)).toBe(1);
  const { requests, lists, dryRuns } = findings.effort;
  expect({ requests, dryRuns }).toEqual({ requests: server.asked.length, dryRuns: 3 });
  // Discovery, and the second page of what there are three of.
  expect(requests).toBe(lists + dryRuns + 2 + 1);
});

it.each<[string, readonly Fault[]]>([
  ['too many requests', [{ at: /GET .*services/, deed: refuses(429, 'too many', { 'retry-after': '1' }), times: 3 }]],
  ['a failure', [{ at: /GET/, deed: refuses(500, 'oops'), times: 1 }]],
  ['a broken connection', [{ at: /PATCH/, deed: breaksOff, times: 2 }]],
  ['a list that grew too old on its second page', [{ at: /continue=2/, deed: refuses(410, 'too old'), times: 2 }]],
  ['a token that ran out', [{ at: /GET .*services/, deed: refuses(401, 'Unauthorized'), times: 1 }]],
  [
    'a right to lists of namespaces alone',
    [{ at: /GET .*v1\/(configmap|deployment|service)s/, deed: refuses(403, 'not everywhere') }],
  ],
])('sees all in spite of %s', async (_, given) => {
  faults = given;
  const findings = await look();
  expect(told(findings)).toEqual(all);
  expect(findings.unseen).toEqual([]);
});

interface Partly {
  readonly faults: readonly Fault[];
  readonly told: readonly string[];
  /** What, and why. */
  readonly unseen: readonly (readonly [string, string])[];
}

const services = /GET \/api\/v1\/services/;
const noServices = { told: allBut(gone) };
const dryRun = /PATCH .*dryRun=All/;
const whether = 'whether Deployment api in shop differs, and of 2 more objects';
const because = (why: string) => [['services', why]] as const;

const partly: Readonly<Record<string, Partly>> = {
  '429 for ever': {
    faults: [{ at: services, deed: refuses(429, 'too many requests') }],
    ...noServices,
    unseen: because('too many requests'),
  },
  '429 for ever, in words of its own': {
    faults: [{ at: services, deed: says(429, 'Too many!') }],
    ...noServices,
    unseen: because('the API server answered 429'),
  },
  '500 for ever': { faults: [{ at: services, deed: refuses(500, 'oops') }], ...noServices, unseen: because('oops') },
  'connections that break': {
    faults: [{ at: services, deed: breaksOff }],
    ...noServices,
    unseen: because('ECONNRESET'),
  },
  'a list that grows too old whenever it goes on': {
    faults: [{ at: /configmaps.*continue=2/, deed: refuses(410, 'too old') }],
    told: allBut(settings, one, two, lost),
    unseen: [['configmaps', 'too old']],
  },
  'a failure on the second page': {
    faults: [{ at: /configmaps.*continue=2/, deed: refuses(500, 'oops') }],
    told: allBut(settings, one, two, lost),
    unseen: [['configmaps', 'oops']],
  },
  'a page that is no list': {
    faults: [{ at: services, deed: says(200, '{"kind":"Status","metadata":{}}') }],
    ...noServices,
    unseen: because('what was answered is no list of objects'),
  },
  'JSON that is none': {
    faults: [{ at: services, deed: says(200, '<h1>Welcome</h1>') }],
    ...noServices,
    unseen: because('is no JSON'),
  },
  'a kind that is gone since discovery': {
    faults: [{ at: /widgets/, deed: says(404, '404 page not found') }],
    told: all,
    unseen: [['widgets', 'the API server answered 404']],
  },
  'a token that ran out for good': {
    faults: [{ at: services, deed: refuses(401, 'Unauthorized') }],
    ...noServices,
    unseen: because('has its token run out?'),
  },
  'a namespace that may not be looked into': {
    faults: [
      { at: /GET \/api\/v1\/configmaps/, deed: refuses(403, 'not everywhere') },
      { at: /GET .*\/namespaces\/shop\/configmaps/, deed: refuses(403, 'not in shop') },
    ],
    told: allBut(settings, one, two),
    unseen: [['configmaps in shop', 'not in shop']],
  },
  'Secrets that may not be listed': {
    faults: [{ at: /secrets/, deed: refuses(403, 'no secrets') }],
    told: allBut(stray),
    unseen: [['secrets in shop, stock', 'no secrets']],
  },
  'Secrets of one namespace that may not be listed': {
    faults: [{ at: /stock\/secrets/, deed: refuses(403, 'no secrets') }],
    told: allBut(stray),
    unseen: [['secrets in stock', 'no secrets']],
  },
  'a dry run that is not allowed': {
    faults: [{ at: dryRun, deed: refuses(403, 'no patches') }],
    told: [...allBut(settings, db), 'changed Deployment api', settings, db].sort(),
    unseen: [[whether, 'no patches']],
  },
  'dry runs that are too many': {
    faults: [{ at: dryRun, deed: refuses(429, 'too many requests') }],
    told: allBut(settings, db),
    unseen: [[whether, 'too many requests']],
  },
  'dry runs that break off': {
    faults: [{ at: dryRun, deed: breaksOff }],
    told: allBut(settings, db),
    unseen: [[whether, 'ECONNRESET']],
  },
  'dry runs that nobody knows': {
    faults: [{ at: dryRun, deed: says(404, '404 page not found') }],
    told: allBut(settings, db),
    unseen: [[whether, 'the API server answered 404']],
  },
  'a dry run that answers something else': {
    faults: [{ at: dryRun, deed: says(200, '{}') }],
    told: allBut(settings, db),
    unseen: [[whether, 'what was answered is no object']],
  },
  'a token that runs out before dry runs': {
    faults: [{ at: dryRun, deed: refuses(401, 'Unauthorized') }],
    told: allBut(settings, db),
    unseen: [[whether, 'has its token run out?']],
  },
};

it.each(Object.entries(partly))('tells what it could not see because of %s, and all the rest', async (_, given) => {
  faults = given.faults;
  const findings = await look();
  expect(told(findings)).toEqual(given.told);
  expect(findings.unseen).toEqual(
    given.unseen.map(([what, why]) => expect.objectContaining({ cluster: 'prod-eu', what, why: expect.stringContaining(why) })),
  );
  // What was accepted may be there still.
  expect(settled(findings)).toBe(0);
});

it('waits for no answer longer than it was told to', async () => {
  faults = [
    { at: services, deed: keepsSilent },
    { at: dryRun, deed: keepsSilent },
  ];
  const findings = await look({ patience: 1500 });
  expect(told(findings)).toEqual(allBut(gone, settings, db));
  expect(findings.unseen).toEqual([
    expect.objectContaining({ what: 'services', why: expect.stringContaining('no answer within 1.5 s') }),
    expect.objectContaining({ what: whether, why: expect.stringContaining('no answer within 1.5 s') }),
  ]);
});

it('tells of an unconfirmed difference that it is one', async () => {
  faults = [{ at: dryRun, deed: refuses(403, 'no patches') }];
  const { differences } = await look();
  for (const { what, summary } of differences)
    expect(summary.includes('as far as can be told without a dry run')).toBe(what === 'changed');
});

it('takes a refusal of the object itself for a part of the answer', async () => {
  faults = [{ at: /PATCH .*statefulsets/, deed: refuses(422, 'spec.serviceName: is immutable') }];
  const findings = await look();
  expect(told(findings)).toEqual(all);
  expect(findings.unseen).toEqual([]);
  expect(findings.differences.find(({ object: of }) => of?.name === 'db')?.summary).toContain('is immutable');
});

it('says that an object is missing that was deleted since it was listed', async () => {
  faults = [
    { at: /PATCH .*statefulsets/, deed: (_, response) => void response.writeHead(201).end('{"metadata":{"name":"db"}}') },
  ];
  const findings = await look();
  expect(told(findings)).toEqual([...allBut(db), 'missing StatefulSet db'].sort());
  expect(findings.unseen).toEqual([]);
});

describe('where discovery is not complete', () => {
  const discovers = (change: Change): readonly Fault[] => [
    { at: /GET \/apis$/, deed: (_, response) => void response.end(JSON.stringify(discovery(false, change))) },
  ];
  const widgets = '1 declared Widget';

  it.each<[string, Change, string]>([
    ['is not installed', (version, id) => (id === 'example.com/v1' ? undefined : version), 'does not serve Widget'],
    [
      'does not answer',
      (version, id) => (id === 'example.com/v1' ? { ...version, freshness: 'Stale', resources: [] } : version),
      'what serves example.com/v1 does not answer',
    ],
  ])('says so of a declared kind whose API %s', async (_, change, why) => {
    faults = discovers(change);
    const findings = await look();
    expect(told(findings)).toEqual(all);
    expect(findings.unseen).toEqual([expect.objectContaining({ what: widgets, why: expect.stringContaining(why) })]);
    expect(settled(findings)).toBe(0);
  });

  it.each<[string, Change, string]>([
    [
      'does not answer',
      (version, id) => (id === 'batch/v1' ? { ...version, freshness: 'Stale', resources: [] } : version),
      'what serves batch/v1 does not answer',
    ],
    ['is left out', (version, id) => (id === 'batch/v1' ? undefined : version), 'does not say that it serves batch/v1'],
  ])('says so of kinds that nobody declares, whose API %s', async (_, change, why) => {
    faults = discovers(change);
    const findings = await look();
    expect(told(findings)).toEqual(all);
    expect(findings.unseen).toEqual([
      expect.objectContaining({ what: 'whatever there is of Job, CronJob', why: expect.stringContaining(why) }),
    ]);
  });

  it('sees what a server that did not answer just now serves all the same', async () => {
    faults = discovers((version, id) => (id === 'apps/v1' ? { ...version, freshness: 'Stale' } : version));
    const findings = await look();
    expect(told(findings)).toEqual(all);
    expect(findings.unseen).toEqual([]);
  });

  it('does not miss a kind that its API, which answers, does not have', async () => {
    const without = (version: { resources: unknown[] }) => ({ ...version, resources: version.resources.slice(0, 1) });
    faults = discovers((version, id) => (id === 'batch/v1' ? without(version) : version));
    expect((await look()).unseen).toEqual([]);
  });

  it.each<[string, Fault['deed'], string]>([
    ['refused', refuses(403, 'no discovery'), 'does not let this account ask which kinds there are'],
    ['refused to nobody known', refuses(401, 'Unauthorized'), 'does not accept the account'],
    ['failing', refuses(500, 'oops'), 'answered 500 to /apis'],
    ['in the form of an older Kubernetes', says(200, '{"kind":"APIGroupList","groups":[]}'), 'not with the kinds'],
    ['not to be had', breaksOff, 'ECONNRESET'],
  ])('looks at nothing where it is %s', async (_, deed, why) => {
    faults = [{ at: /GET \/apis$/, deed }];
    await expect(look()).rejects.toThrow(why);
  });
});

it('asks nothing more once the run is ended', async () => {
  const abort = new AbortController();
  const reason = new Error('ended by hand');
  faults = [{ at: services, deed: () => abort.abort(reason) }];
  await expect(look({ signal: abort.signal })).rejects.toBe(reason);
  expect(server.asked.some((path) => path.includes('dryRun'))).toBe(false);
});
