import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { throwawayCertificate, throwawayText } from '../sealing/throwaway.ts';
import { type CapabilitiesRun, token, withLiveCluster } from '../support/capabilities-run.ts';
import { type Files, temporaryFolder } from '../support/fleet-files.ts';
import {
  isDefaultIngress,
  isDefaultStorage,
  type LiveCluster,
  liveCluster,
  node,
  storageClass,
} from '../support/live-cluster.ts';

const path = 'clusters/dev/cluster.yaml';
const fingerprint = throwawayCertificate('valid').fingerprint;
const head = (kind: string, name: string) => `apiVersion: stowage.dev/v1\nkind: ${kind}\nmetadata: { name: ${name} }\n`;

function fleet(facts: string, system = '{ components: { web: { image: "example/web:1" } } }'): Files {
  return new Map([
    ['stowage.yaml', `${head('Fleet', 'f')}spec: { repository: { url: "https://git.example.com/f.git" } }\n`],
    [path, `${head('Cluster', 'dev')}spec:\n${facts.replace(/^(?=.)/gm, '  ')}`],
    ['clusters/dev/dev.yaml', `${head('Environment', 'dev')}spec: { systems: { shop: {} } }\n`],
    ['clusters/dev/test.yaml', `${head('Environment', 'test')}spec: { systems: { shop: { namespace: test } } }\n`],
    ['systems/shop/system.yaml', `${head('System', 'shop')}spec: ${system}\n`],
  ]);
}

/** A file that says of the cluster what it says of itself when nothing else is put there. */
const same = `kubernetes: "1.35" # as the provider has it
storageClasses: {}
ingressClasses: {}
capacity: { cpu: 4, memory: 8Gi, storage: 1Ti }
metricsServer: false
`;

interface Given {
  readonly facts?: string;
  readonly live?: Partial<LiveCluster>;
  readonly system?: string;
}

/** What becomes of the facts, and what is told of it; the second run finds nothing more to change. */
async function written({ facts = same, live = {}, system }: Given) {
  const folder = temporaryFolder(fleet(facts, system));
  const cluster = liveCluster(live);
  return withLiveCluster(cluster, async (run) => {
    const ended = await run(folder, 'dev');
    expect({ ended }).toMatchObject({ ended: { code: 0, err: '' } });
    expect(await run(folder, 'dev')).toEqual({ code: 0, err: '', out: 'no fact differs\n' });
    const text = readFileSync(join(folder, path), 'utf8');
    return {
      facts: text.slice(text.indexOf('spec:\n') + 'spec:\n'.length).replace(/^ {2}/gm, ''),
      told: ended.out.split('\n').flatMap((line) => /^ {2}(.*→.*)$/.exec(line)?.[1] ?? []),
      out: ended.out,
      folder,
    };
  });
}

/** A run that is expected to end otherwise. */
async function ended(given: Given, use: (run: CapabilitiesRun, folder: string, server: { asked: string[] }) => Promise<void>) {
  const folder = temporaryFolder(fleet(given.facts ?? same, given.system));
  await withLiveCluster(liveCluster(given.live), (run, server) => use(run, folder, server));
}

test('a cluster that is as its file says changes nothing, and is told so', async () => {
  expect(await written({})).toMatchObject({ facts: same, out: 'no fact differs\n' });
});

test('the version keeps its quotes and the comment beside it, whatever a provider puts behind the number', async () => {
  const { facts, out } = await written({ live: { version: { major: '1', minor: '36+' } } });
  expect(facts).toBe(same.replace('1.35', '1.36'));
  expect(out).toBe(`${path}\n  kubernetes: 1.35 → 1.36\n1 fact written; \`stowage compile\` holds the fleet against them\n`);
});

describe('classes', () => {
  const facts = `kubernetes: "1.35"
storageClasses:
  # the fast one
  gp3: { default: true, accessModes: [ReadWriteOnce] }
  gone: { accessModes: [ReadWriteMany] } # was here once
  ssd:
    accessModes: [ReadWriteOnce] # by hand
ingressClasses: { nginx: { default: true, namespace: edge } }
runtimeClasses: [gvisor, kata, old]
capacity: { cpu: 4, memory: 8Gi }
metricsServer: false
`;
  const live = {
    storageClasses: [storageClass('gp3'), storageClass('ssd', isDefaultStorage), storageClass('nfs')],
    ingressClasses: [storageClass('nginx', isDefaultIngress), storageClass('traefik')],
    runtimeClasses: [storageClass('kata'), storageClass('nvidia')],
  };

  test('come and go, change the default, and keep what the API does not know', async () => {
    const { facts: after, told, out } = await written({ facts, live });
    expect(after).toBe(`kubernetes: "1.35"
storageClasses:
  # the fast one
  gp3: { accessModes: [ReadWriteOnce] }
  ssd:
    accessModes: [ReadWriteOnce] # by hand
    default: true
  nfs: {}
ingressClasses: { nginx: { default: true, namespace: edge }, traefik: {} }
runtimeClasses: [kata, nvidia]
capacity: { cpu: 4, memory: 8Gi }
metricsServer: false
`);
    expect(told).toEqual([
      'storageClasses.gp3.default: true → none',
      'storageClasses.nfs: none → {}',
      'storageClasses.ssd.default: none → true',
      'storageClasses.gone: { accessModes: [ReadWriteMany] } → none',
      'ingressClasses.traefik: none → {}',
      'runtimeClasses: none → nvidia',
      'runtimeClasses: old → none',
      'runtimeClasses: gvisor → none',
    ]);
    expect(out).toContain('storageClasses.nfs offers any access mode until `accessModes` says which\n');
    expect(out).toContain('ingressClasses.traefik: say the namespace of its controller where that is not ingress-nginx\n');
  });

  test('are written where the file says nothing of them, also that there are none', async () => {
    const bare = 'kubernetes: "1.35"\ncapacity: { cpu: 4, memory: 8Gi }\nmetricsServer: false\n';
    expect((await written({ facts: bare, live })).facts).toBe(`${bare}storageClasses:
  gp3: {}
  nfs: {}
  ssd:
    default: true
ingressClasses:
  nginx:
    default: true
  traefik: {}
runtimeClasses:
  - kata
  - nvidia
`);
    expect((await written({ facts: bare })).facts).toBe(`${bare}storageClasses: {}\ningressClasses: {}\n`);
  });

  test('of several default ones the youngest counts, as for Kubernetes', async () => {
    const both = [
      storageClass('old', isDefaultStorage, '2024-01-01T00:00:00Z'),
      storageClass('new', { 'storageclass.beta.kubernetes.io/is-default-class': 'true' }, '2025-01-01T00:00:00Z'),
      storageClass('no', { 'storageclass.kubernetes.io/is-default-class': 'false' }, '2026-01-01T00:00:00Z'),
    ];
    const { told } = await written({ live: { storageClasses: both } });
    expect(told).toEqual([
      'storageClasses.new: none → { default: true }',
      'storageClasses.no: none → {}',
      'storageClasses.old: none → {}',
    ]);
  });
});

describe('custom resources', () => {
  const monitored =
    '{ requires: { customResources: [{ apiVersion: example.com/v1, kind: Widget }] }, components: { web: { image: "example/web:1", ports: { http: 80 }, metrics: {} } } }';

  test('are those that the fleet uses or that somebody listed, of all that the cluster serves', async () => {
    const { facts, told } = await written({
      facts: `${same}customResources:\n  - cert-manager.io/v1/Certificate # for everybody\n  - gone.example.com/v1/Thing\n  - external-secrets.io/v1beta1/ExternalSecret\n`,
      system: monitored,
      live: {
        kinds: [
          'unused.example.com/v1/Whatever',
          'cert-manager.io/v1/Certificate',
          'external-secrets.io/v1/ExternalSecret',
          'monitoring.coreos.com/v1/ServiceMonitor',
          'example.com/v1/Widget',
        ],
      },
    });
    expect(facts).toBe(
      `${same}customResources:\n  - cert-manager.io/v1/Certificate # for everybody\n  - external-secrets.io/v1/ExternalSecret\n  - example.com/v1/Widget\n  - monitoring.coreos.com/v1/ServiceMonitor\n`,
    );
    expect(told).toEqual([
      'customResources: external-secrets.io/v1beta1/ExternalSecret → external-secrets.io/v1/ExternalSecret',
      'customResources: none → example.com/v1/Widget',
      'customResources: none → monitoring.coreos.com/v1/ServiceMonitor',
      'customResources: gone.example.com/v1/Thing → none',
    ]);
  });

  test('are not written where the fleet uses none, nor what Kubernetes itself has', async () => {
    expect((await written({ live: { kinds: ['example.com/v1/Widget'] } })).told).toEqual([]);
  });
});

describe('nodes', () => {
  const gpu = { 'nvidia.com/gpu': '4', cpu: '0', memory: '0' };
  const plain = node({ allocatable: { cpu: '4', memory: '8Gi' } });
  const present = { 'nvidia.com/gpu.present': 'true' };
  const pools = `${same}gpuPools:\n  nvidia: { resource: nvidia.com/gpu, labels: { nvidia.com/gpu.present: "true" }, taint: nvidia.com/gpu, count: 2 } # two, for now\n`;

  test('count with what they have for pods, unless none may run there', async () => {
    const away = { allocatable: { cpu: '64', memory: '256Gi' } };
    const { told, facts } = await written({
      live: {
        nodes: [
          node({ allocatable: { cpu: '3920m', memory: '7900000Ki' } }),
          node({ allocatable: { cpu: '3920m', memory: '7900000Ki' }, taints: [{ key: 'mine', effect: 'NoSchedule' }] }),
          node({ allocatable: { cpu: '1930m', memory: '7900000Ki' } }),
          node({ ...away, unschedulable: true }),
          node({ ...away, taints: [{ key: 'node-role.kubernetes.io/control-plane', effect: 'NoSchedule' }] }),
        ],
      },
    });
    expect(told).toEqual(['capacity.cpu: 4 → 9770m', 'capacity.memory: 8Gi → 23144Mi']);
    expect(facts).toContain('capacity: { cpu: 9770m, memory: 23144Mi, storage: 1Ti }\n');
  });

  test('of a large cluster are summed without what nobody reads', async () => {
    const nodes = Array.from({ length: 30 }, () => node({ allocatable: { cpu: '15890m', memory: '64300000Ki' } }));
    expect((await written({ live: { nodes } })).told).toEqual(['capacity.cpu: 4 → 476', 'capacity.memory: 8Gi → 1839Gi']);
  });

  test('with GPUs are counted in the pool that describes them', async () => {
    const nodes = [plain, node({ allocatable: gpu, labels: present }), node({ allocatable: gpu, labels: present })];
    const { facts, told } = await written({ facts: pools, live: { nodes } });
    expect(told).toEqual(['gpuPools.nvidia.count: 2 → 8']);
    expect(facts).toBe(pools.replace('count: 2', 'count: 8'));
  });

  test('leave alone a pool that may be of any size', async () => {
    const any = pools.replace(', count: 2', '');
    const nodes = [plain, node({ allocatable: gpu, labels: present })];
    expect((await written({ facts: any, live: { nodes } })).told).toEqual([]);
  });

  test('with GPUs that no pool describes become one, told apart by a label that only they have', async () => {
    const labels = { 'node.kubernetes.io/instance-type': 'g2', 'amd.com/gpu.product': 'x1' };
    const taints = [{ key: 'amd.com/gpu', effect: 'NoSchedule' }];
    const amd = { 'amd.com/gpu': '2', cpu: '0', memory: '0' };
    const nodes = [plain, node({ allocatable: amd, labels, taints }), node({ allocatable: amd, labels, taints })];
    const { facts, told } = await written({ facts: pools.replace('count: 2', 'count: 0'), live: { nodes } });
    expect(told).toEqual([
      'gpuPools.amd: none → { resource: amd.com/gpu, labels: { amd.com/gpu.product: x1 }, taint: amd.com/gpu, count: 4 }',
    ]);
    expect(facts).toContain('# two, for now\n  amd:\n');
  });

  test('get another name where the usual one is taken', async () => {
    const nodes = [plain, node({ allocatable: gpu, labels: { 'cloud.google.com/gke-accelerator': 'l4' } })];
    const { told } = await written({ facts: pools.replace('count: 2', 'count: 0'), live: { nodes } });
    expect(told).toEqual([
      'gpuPools.nvidia-2: none → { resource: nvidia.com/gpu, labels: { cloud.google.com/gke-accelerator: l4 }, count: 4 }',
    ]);
  });
});

describe('the metrics server', () => {
  test.each([
    ['True', 'true'],
    ['False', undefined],
    [undefined, undefined],
  ])('that is available: %s', async (metricsServer, after) => {
    const { told } = await written({ live: { metricsServer } });
    expect(told).toEqual(after === undefined ? [] : [`metricsServer: false → ${after}`]);
  });
});

describe('the certificate', () => {
  const sealing = (pin: string) => `${same}sealing: { certificate: sealing.pem, sha256: "${pin}" } # pinned\n`;
  const folderOf = (facts: string, pem = 'valid.pem') =>
    temporaryFolder(new Map([...fleet(facts), ['clusters/dev/sealing.pem', throwawayText(pem)]]));

  test('of a controller that has a new one is written and pinned, and what is to be done is said', async () => {
    const folder = folderOf(sealing(fingerprint));
    const other = throwawayCertificate('other').fingerprint;
    await withLiveCluster(liveCluster({ certificate: throwawayText('other.pem') }), async (run) => {
      const { code, out, err } = await run(folder, 'dev');
      expect({ code, err }).toEqual({ code: 0, err: '' });
      expect(out).toContain(`  clusters/dev/sealing.pem: certificate ${fingerprint} → certificate ${other}\n`);
      expect(out).toContain(`  sealing.sha256: ${fingerprint} → ${other}\n`);
      expect(out).toContain('`stowage seal --rotate-certificate -e dev -e test`');
      expect(readFileSync(join(folder, 'clusters/dev/sealing.pem'), 'utf8')).toBe(throwawayText('other.pem'));
      expect(readFileSync(join(folder, path), 'utf8')).toContain(sealing(other).split('\n').at(-2));
      expect((await run(folder, 'dev')).out).toBe('no fact differs\n');
    });
  });

  test('that is the pinned one changes nothing, however the pin is written', async () => {
    const colons = fingerprint.toUpperCase().match(/../g)?.join(':') ?? '';
    await withLiveCluster(liveCluster({ certificate: throwawayText('valid.pem') }), async (run) => {
      expect(await run(folderOf(sealing(colons)), 'dev')).toEqual({ code: 0, err: '', out: 'no fact differs\n' });
    });
  });

  test('in the file itself is replaced there', async () => {
    const inline = (name: string) =>
      `${same}sealing:\n  certificate: |\n${throwawayText(name).replace(/^(?=.)/gm, '    ')}  sha256: ${throwawayCertificate(name.replace('.pem', '')).fingerprint}\n`;
    const folder = temporaryFolder(fleet(inline('valid.pem')));
    await withLiveCluster(liveCluster({ certificate: throwawayText('other.pem') }), async (run) => {
      expect(await run(folder, 'dev')).toMatchObject({ code: 0, err: '' });
      expect(readFileSync(join(folder, path), 'utf8')).toBe(fleet(inline('other.pem')).get(path));
    });
  });

  test('is looked for where sealed secrets are unsealed although the file says nothing of it', async () => {
    const folder = temporaryFolder(fleet(same));
    const live = liveCluster({ kinds: ['bitnami.com/v1alpha1/SealedSecret'], certificate: throwawayText('valid.pem') });
    await withLiveCluster(live, async (run) => {
      expect((await run(folder, 'dev')).out).toContain('  sealing.certificate: none → sealing.pem\n');
      expect(readFileSync(join(folder, path), 'utf8')).toContain(fingerprint);
    });
  });

  test.each([
    ['is not there', undefined, 'has no controller kube-system/sealed-secrets-controller'],
    ['is none', 'hello', 'gave out something that is no certificate'],
    ['is too weak', throwawayText('short.pem'), 'is refused'],
  ])('that %s is a fact that nobody knows', async (_, certificate, said) => {
    const folder = folderOf(sealing(fingerprint));
    await withLiveCluster(liveCluster({ certificate }), async (run) => {
      const { code, err, out } = await run(folder, 'dev');
      expect({ code, err, out }).toEqual({
        code: 3,
        err: expect.stringContaining(said),
        out: 'no fact differs, as far as could be seen\n',
      });
      expect(err).toMatch(/^unknown: sealing: /);
    });
  });
});

describe('what cannot be read', () => {
  test('stays as it is and is told, and the rest is written', async () => {
    const live = { version: { major: '1', minor: '36' }, faults: { '/api/v1/nodes': 403, '/apis/storage.k8s.io': 404 } };
    await ended({ live }, async (run, folder) => {
      const { code, out, err } = await run(folder, 'dev');
      expect(code).toBe(3);
      expect(err).toMatch(/^unknown: storageClasses: https:\S+ has no API for storage classes$/m);
      expect(err).toMatch(
        /^unknown: gpuPools, capacity: https:\S+ does not let this account ask for nodes\n {2}→ it needs to list nodes$/m,
      );
      expect(out).toContain('1 fact written, as far as could be seen');
      expect(readFileSync(join(folder, path), 'utf8')).toBe(String(fleet(same.replace('1.35', '1.36')).get(path)));
    });
  });

  test.each([
    ['/apis', '{"kind": "APIGroupList", "groups": []}', 'customResources'],
    ['/apis/storage.k8s.io', '{"items": [{"metadata": {"name": "no name: \\u001b[31m"}}]}', 'storageClasses'],
    ['/apis/networking.k8s.io', '[]', 'ingressClasses'],
    ['/apis/apiregistration.k8s.io', '{"status": 7}', 'metricsServer'],
    ['/api/v1/nodes', '{"items": []}', 'gpuPools, capacity'],
    ['/version', '{"major": "1"}', 'kubernetes'],
  ])('because %s answers %s leaves its facts alone', async (at, body, fields) => {
    const faults = at === '/apis' ? { '/apis/': 404, '/apis': body } : { [at]: body };
    await ended({ live: { faults } }, async (run, folder) => {
      const { code, err } = await run(folder, 'dev');
      expect(code).toBe(3);
      expect(err).toContain(`unknown: ${fields}: `);
      expect(err).not.toContain('\u001b');
      expect(readFileSync(join(folder, path), 'utf8')).toBe(String(fleet(same).get(path)));
    });
  });

  test('by an account that the server does not take is told once', async () => {
    await ended({ live: { faults: { '/': 401 } } }, async (run, folder) => {
      const { code, err, out } = await run(folder, 'dev');
      expect({ code, out }).toEqual({ code: 3, out: '' });
      expect(err).toMatch(/^https:\S+ does not accept the account of the kubeconfig\nhas its token run out\?\n$/);
    });
  });
});

describe('--check', () => {
  test('writes nothing, and fails where the file would change', async () => {
    await ended({ live: { metricsServer: 'True' } }, async (run, folder) => {
      expect(await run(folder, 'dev', { check: true })).toEqual({
        code: 1,
        err: '',
        out: `${path}\n  metricsServer: false → true\n1 fact differs\n`,
      });
      expect(readFileSync(join(folder, path), 'utf8')).toBe(String(fleet(same).get(path)));
    });
    await ended({}, async (run, folder) => expect((await run(folder, 'dev', { check: true })).code).toBe(0));
  });
});

test('--json tells the same as data', async () => {
  await ended({ live: { metricsServer: 'True', faults: { '/api/v1/nodes': 403 } } }, async (run, folder) => {
    const { code, out, err } = await run(folder, 'dev', { json: true });
    expect({ code, err }).toEqual({ code: 3, err: '' });
    expect(JSON.parse(out)).toEqual({
      command: 'capabilities',
      ok: false,
      cluster: 'dev',
      server: expect.stringMatching(/^https:/),
      path,
      written: true,
      files: [path],
      changes: [{ field: 'metricsServer', before: false, after: true }],
      unknown: [
        {
          fields: ['gpuPools', 'capacity'],
          why: expect.stringContaining('does not let this account ask for nodes'),
          hint: 'it needs to list nodes',
        },
      ],
      notes: [],
    });
  });
});

describe('the context', () => {
  test('of the call wins over that of the file, and one of them must be there', async () => {
    const said = `${same}context: live\n`;
    await ended({ facts: said }, async (run, folder, server) => {
      expect((await run(folder, 'dev', { context: undefined })).code).toBe(0);
      expect(server.asked.every((line) => line.endsWith(` Bearer ${token}`))).toBe(true);
      expect(await run(folder, 'dev', { context: 'nowhere' })).toMatchObject({
        code: 3,
        err: expect.stringContaining('has no context `nowhere`'),
      });
    });
    await ended({}, async (run, folder, server) => {
      const { code, err } = await run(folder, 'dev', { context: undefined });
      expect({ code, err, asked: server.asked }).toEqual({
        code: 2,
        err: 'nothing says which context of the kubeconfig leads to cluster dev\nsay it in the call: --context <name>; or for good: `context: <name>` in clusters/dev/cluster.yaml\n',
        asked: [],
      });
    });
  });
});

test('a cluster that is not there, or whose file has problems, is told before anybody is asked', async () => {
  await ended({}, async (run, folder, server) => {
    expect(await run(folder, 'dve')).toMatchObject({ code: 2, err: expect.stringContaining('did you mean `dev`?') });
    writeFileSync(join(folder, path), `${head('Cluster', 'dev')}spec: { kubernetes: 1 }\n`);
    expect(await run(folder, 'dev')).toMatchObject({ code: 3, err: expect.stringContaining(`${path} has problems`) });
    expect(server.asked).toEqual([]);
  });
});
