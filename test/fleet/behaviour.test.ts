import { describe, expect, it } from 'vitest';
import { compile } from '../../src/index.ts';
import { withFiles } from '../support/fleet-files.ts';
import {
  type Any,
  changed,
  clean,
  get,
  idOf,
  inputs,
  objectsOf,
  propertiesOf,
  renders,
  variables,
  workloadsOf,
} from './fleet.ts';

const hpo = 'thunderline-hpo-demo/thunderline';
const web = 'Deployment/thunderline-web';
const worker = 'Deployment/thunderline-worker';
const dev = 'clusters/dev/dev.yaml';
const devHost = 'parameters: { host: localhost } # by port-forward';

/** The components that a policy names, with the ports; an address range as it is. */
function peersOf(policy: Any, direction: 'ingress' | 'egress'): Record<string, number[]> {
  const side = direction === 'ingress' ? 'from' : 'to';
  return Object.fromEntries(
    (policy.spec[direction] ?? [])
      .filter((rule: Any) => rule[side] !== undefined)
      .map((rule: Any) => {
        const [peer] = rule[side];
        const name =
          peer.podSelector?.matchLabels['app.kubernetes.io/name'] ?? peer.ipBlock?.cidr ?? JSON.stringify(peer.namespaceSelector);
        return [name, rule.ports?.map((one: Any) => one.port)];
      }),
  );
}

const peers = (name: string, id: string, direction: 'ingress' | 'egress', result?: ReturnType<typeof compile>) =>
  peersOf(get(name, `NetworkPolicy/${id}`, result), direction);

describe('the addresses of the runner and the tracker follow the toggles', () => {
  const addresses = (name: string, id: string, result?: ReturnType<typeof compile>) => {
    const all = variables(name, id, result);
    return ['CEREBROS_ENABLED', 'CEREBROS_URL', 'CEREBROS_REMOTE_URL', 'MLFLOW_TRACKING_URI'].map((key) => all.get(key));
  };

  it.each([web, worker])('%s: off', (id) => {
    expect(addresses('dev/thunderline', id)).toEqual(['false', undefined, undefined, undefined]);
  });

  it.each([web, worker])('%s: on', (id) => {
    const runner = 'http://thunderline-cerebros:8088';
    expect(addresses(hpo, id)).toEqual(['true', runner, runner, 'http://thunderline-mlflow:5000']);
  });

  it('only the tracker, for there may be one without a runner', () => {
    const result = clean(changed(dev, [devHost, `${devHost}\n      components: { mlflow: { enabled: true } }`]));
    const tracker = 'http://thunderline-mlflow:5000';
    expect(addresses('dev/thunderline', web, result)).toEqual(['false', undefined, undefined, tracker]);
  });

  it('external, and then nothing of them runs here', () => {
    const [runner, tracker] = ['https://cerebros.example.com', 'http://mlflow.example.com:5001'];
    const external = `components: { cerebros: { external: { url: "${runner}" } }, mlflow: { external: { url: "${tracker}" } } }`;
    const result = clean(changed(dev, [devHost, `${devHost}\n      ${external}`]));
    for (const id of [web, worker]) expect(addresses('dev/thunderline', id, result)).toEqual(['true', runner, runner, tracker]);
    const ids = objectsOf('dev/thunderline', result).map(idOf);
    expect(ids.filter((id) => /cerebros|mlflow/.test(id))).toEqual([]);
    expect(peers('dev/thunderline', 'thunderline-worker', 'egress', result)['0.0.0.0/0']).toBeDefined();
  });

  it('external while the profile switches them on: what is given wins', () => {
    const result = clean(
      changed('clusters/dev/thunderline-hpo-demo.yaml', [
        'parameters: {',
        'components: { mlflow: { external: { url: "http://mlflow.example.com:5001" } } }\n      parameters: {',
      ]),
    );
    expect(variables(hpo, web, result).get('MLFLOW_TRACKING_URI')).toBe('http://mlflow.example.com:5001');
    expect(variables(hpo, 'Deployment/thunderline-cerebros', result).get('MLFLOW_TRACKING_URI')).toBe(
      'http://mlflow.example.com:5001',
    );
  });

  it('and a runner without a tracker is refused', () => {
    const result = changed(dev, [devHost, `${devHost}\n      components: { cerebros: { enabled: true } }`]);
    expect(result.ok).toBe(false);
    expect(JSON.stringify(result.diagnostics)).toContain('the Cerebros runner records to MLflow and is not told where');
  });
});

describe('Livebook', () => {
  const sealed = 'clusters/dev/sealed/thunderline-livebook-tls/thunderline/livebook.yaml';
  const tls = 'thunderline-livebook-tls/thunderline';

  it('with an ingress and no sealed password is refused', () => {
    const result = compile(withFiles(inputs, { [sealed]: undefined }));
    expect(result.ok).toBe(false);
    expect(JSON.stringify(result.diagnostics)).toContain('Livebook is reachable from outside without a password');
    expect(result.files.size).toBe(0);
  });

  it('without an ingress may wait for its password', () => {
    const result = compile(withFiles(inputs, { [sealed.replace('livebook-tls', 'hpo-demo')]: undefined }));
    expect(result.ok).toBe(true);
    const { annotations } = get(hpo, 'SealedSecret/thunderline-livebook', result).metadata;
    expect(annotations['stowage.dev/missing-keys']).toContain('LIVEBOOK_PASSWORD');
    expect(objectsOf(hpo, result).map((object) => object.kind)).not.toContain('Ingress');
  });

  it('has one certificate and nobody else who manages its secret', () => {
    const ingress = get(tls, 'Ingress/thunderline-livebook');
    const { spec } = get(tls, 'Certificate/thunderline-livebook');
    expect(spec).toMatchObject({
      secretName: 'livebook-tls',
      issuerRef: { kind: 'ClusterIssuer', name: 'letsencrypt-prod' },
      duration: '2160h',
      renewBefore: '360h',
      dnsNames: ['livebook.example.com'],
    });
    expect(ingress.spec).toMatchObject({
      ingressClassName: 'nginx',
      rules: [{ host: 'livebook.example.com', http: { paths: [{ path: '/', pathType: 'Prefix' }] } }],
      tls: [{ hosts: ['livebook.example.com'], secretName: 'livebook-tls' }],
    });
    expect(Object.keys(ingress.metadata.annotations ?? {}).filter((key) => key.includes('cert-manager'))).toEqual([]);
  });
});

describe('who may talk to whom', () => {
  it.each([
    ['dev/thunderline', { 'thunderline-postgresql': [5432], 'thunderline-minio': [9000] }],
    [
      'staging/thunderline',
      { 'thunderline-postgresql': [5432], 'thunderline-minio': [9000], 'thunderline-otelcol': expect.arrayContaining([4318]) },
    ],
    ['prod-eu/thunderline', { '10.20.0.0/24': [5432], '0.0.0.0/0': [443], '10.20.0.128/25': [4318] }],
    ['prod-us/thunderline', { '10.30.0.0/24': [5432], '0.0.0.0/0': [443], '10.30.0.128/25': [4318] }],
  ])('%s: web and worker with each other, both to Postgres, S3 and the collector, and no further', (name, stores) => {
    expect(peers(name, 'thunderline-worker', 'egress')).toEqual({ 'thunderline-web': [4000], ...stores });
    expect(peers(name, 'thunderline-web', 'egress')).toEqual({ 'thunderline-worker': [4000], ...stores });
    expect(peers(name, 'thunderline-worker', 'ingress')).toEqual({ 'thunderline-web': [4000] });
    expect(peers(name, 'thunderline-web', 'ingress')).toMatchObject({ 'thunderline-worker': [4000] });
  });

  it.each(renders)('$name: every pod has a policy for both directions, and every rule an address or a port', ({ objects }) => {
    const policies = objects.filter((object) => object.kind === 'NetworkPolicy');
    const workloads = workloadsOf(objects).map(({ object }) => object.metadata.name);
    // Pods that a program creates at run time are told by other labels.
    const ofWorkloads = policies.filter((one) => one.spec.podSelector.matchLabels !== undefined);
    expect(ofWorkloads.map((one) => one.metadata.name).sort()).toEqual(workloads.sort());
    for (const { spec } of policies) {
      expect(spec.policyTypes).toEqual(['Ingress', 'Egress']);
      // Anybody may come where a Service is published, and then by a port.
      for (const rule of spec.ingress ?? []) expect(rule.from?.length ?? rule.ports?.length).toBeGreaterThan(0);
      for (const rule of spec.egress) expect(rule.to?.length ?? rule.ports?.length).toBeGreaterThan(0);
    }
  });
});

describe('the federation stays inside the cluster', () => {
  const name = 'thunderline-federation-demo/thunderline';
  it('has no ingress, no published Service and none of the secrets', () => {
    const kinds = objectsOf(name).map((object) => object.kind);
    expect(kinds).not.toContain('Ingress');
    const { spec } = get(name, 'Service/thunderline-federation');
    expect([undefined, 'ClusterIP']).toContain(spec.type);
    expect(spec.externalIPs ?? spec.ports.find((one: Any) => one.nodePort)).toBeUndefined();
    expect(variables(name, 'Deployment/thunderline-federation').size).toBe(0);
    expect(get(name, 'Deployment/thunderline-federation').spec.template.spec.hostNetwork).toBeUndefined();
  });

  it('lets in whoever is in the cluster, and nobody from outside', () => {
    const inside = { '{}': [8081], 'thunderline-flower-client': [8081] };
    expect(peers(name, 'thunderline-federation', 'ingress')).toEqual(inside);
    for (const { from } of get(name, 'NetworkPolicy/thunderline-federation').spec.ingress)
      for (const peer of from) expect(Object.keys(peer)).not.toContain('ipBlock');
    expect(peers(name, 'thunderline-flower-client', 'egress')).toEqual({ 'thunderline-federation': [8081] });
  });

  it('lets them in where it has no clients of its own', () => {
    const client = 'flower-client: { enabled: true }';
    const result = clean(changed('clusters/dev/thunderline-federation-demo.yaml', [client, 'flower-client: {}']));
    expect(peers(name, 'thunderline-federation', 'ingress', result)).toEqual({ '{}': [8081] });
  });

  it('runs its clients on the nodes with GPUs', () => {
    const { spec } = get(name, 'Deployment/thunderline-flower-client').spec.template;
    expect(spec.nodeSelector).toEqual({ 'nvidia.com/gpu.present': 'true' });
    expect(spec.tolerations).toEqual([{ key: 'nvidia.com/gpu', operator: 'Exists', effect: 'NoSchedule' }]);
    expect(spec.containers[0].resources.limits).toMatchObject({ 'nvidia.com/gpu': '1' });
    expect(spec.containers[0].args).toEqual(['--insecure', '--superlink', 'thunderline-federation:8081']);
  });

  it('refuses clients without a server', () => {
    const clients = 'components: { flower-client: { enabled: true } }';
    const lonely = changed(dev, [devHost, `${devHost}\n      ${clients}`]);
    expect(JSON.stringify(lonely.diagnostics)).toContain('Flower clients have no server to join');
  });
});

const serverProperties = (name: string) => propertiesOf(get(name, 'ConfigMap/fluss-conf-file').data['server.yaml']);

const members = (count: number) =>
  Array.from({ length: count }, (_, index) => `zookeeper-${index}.zookeeper-hs.fluss.svc.cluster.local:2181`).join(',');

describe('the servers of Fluss', () => {
  const own = {
    'remote.data.dir': 's3://fluss/remote-data',
    's3.endpoint': 'http://minio.fluss.svc.cluster.local:9000',
    's3.assumed.role.sts.endpoint': 'http://minio.fluss.svc.cluster.local:9000',
    's3.path-style-access': 'true',
    's3.region': 'us-east-1',
  };
  const production = (area: string, region: string) => ({
    'zookeeper.address': [1, 2, 3].map((index) => `zk-${index}.prod-${area}.internal:2181`).join(','),
    'remote.data.dir': `s3://example-fluss-${area}/remote-data`,
    's3.endpoint': `https://s3.${region}.amazonaws.com`,
    's3.path-style-access': 'false',
    's3.region': region,
    's3.assumed.role.arn': `arn:aws:iam::123456789012:role/fluss-${area}`,
    'default.replication.factor': '3',
  });

  it.each([
    ['dev/fluss', { 'zookeeper.address': members(1), 'default.replication.factor': '1', ...own }],
    ['staging/fluss', { 'zookeeper.address': members(3), 'default.replication.factor': '3', ...own }],
    ['prod-eu/fluss', production('eu', 'eu-central-1')],
    ['prod-us/fluss', production('us', 'us-east-2')],
  ])('%s: know ZooKeeper and the remote store, and no key of it', (name, properties) => {
    const known = serverProperties(name);
    expect(known).toMatchObject({ 'zookeeper.path.root': '/fluss', 'internal.listener.name': 'INTERNAL', ...properties });
    expect(Object.keys(known).filter((key) => /key|listeners|server\.id|data\.dir$/.test(key))).toEqual(['remote.data.dir']);
    expect(known['s3.assumed.role.arn']).toMatch(/^arn:/);
    for (const id of ['Deployment/coordinator-server', 'StatefulSet/tablet-server'])
      expect(variables(name, id).get('AWS_SECRET_ACCESS_KEY')).toMatch(
        /^secret (minio-credentials\/root-password|fluss-s3\/secret-key)$/,
      );
  });

  it.each(renders.filter(({ system }) => system === 'fluss'))('$name: advertise names that resolve', ({ name }) => {
    const listeners = {
      CLIENT_PORT: '9124',
      INTERNAL_PORT: '9123',
      POD_IP: 'field status.podIP',
      POD_NAME: 'field metadata.name',
    };
    const coordinator = Object.fromEntries(variables(name, 'Deployment/coordinator-server'));
    const tablet = Object.fromEntries(variables(name, 'StatefulSet/tablet-server'));
    expect(coordinator).toMatchObject({ ...listeners, ADVERTISED_HOST: 'coordinator-server.fluss.svc.cluster.local' });
    expect(tablet).toMatchObject({ ...listeners, ADVERTISED_HOST: 'tablet-server-hs.fluss.svc.cluster.local' });
    const script = get(name, 'ConfigMap/fluss-conf-file').data['start.sh'];
    expect(script).toContain('bind.listeners: INTERNAL://$POD_IP:$INTERNAL_PORT, CLIENT://$POD_IP:$CLIENT_PORT');
    expect(script).toContain('advertised.listeners: CLIENT://$host:$CLIENT_PORT');
    expect(get(name, 'Service/coordinator-server').spec.clusterIP).toBeUndefined();
    expect(get(name, 'Service/tablet-server-hs').spec).toMatchObject({ clusterIP: 'None', publishNotReadyAddresses: true });
    const { readinessProbe } = get(name, 'StatefulSet/tablet-server').spec.template.spec.containers[0];
    const timeout = Number(tablet.READINESS_HEALTH_CHECK_TIMEOUT_SECONDS);
    expect(readinessProbe.failureThreshold * readinessProbe.periodSeconds).toBeGreaterThan(timeout);
  });

  it.each([
    ['dev/fluss', { zookeeper: true, minio: true, flink: false }],
    ['staging/fluss', { zookeeper: true, minio: true, flink: true }],
    ['prod-eu/fluss', { zookeeper: false, minio: false, flink: true }],
    ['prod-us/fluss', { zookeeper: false, minio: false, flink: true }],
  ])('%s: have their own %o', (name, own) => {
    const ids = objectsOf(name).map(idOf);
    expect({
      zookeeper: ids.includes('StatefulSet/zookeeper'),
      minio: ids.includes('StatefulSet/minio'),
      flink: ids.includes('Deployment/flink-jobmanager') && ids.includes('Deployment/flink-taskmanager'),
    }).toEqual(own);
  });

  it.each(['staging/fluss', 'prod-eu/fluss', 'prod-us/fluss'])('%s: are in the catalog of Flink by the client port', (name) => {
    const catalog = get(name, 'ConfigMap/flink-fluss-catalog').data['catalog.sql'];
    expect(catalog).toContain("'bootstrap.servers' = 'coordinator-server.fluss.svc.cluster.local:9124'");
    const offered = get(name, 'Service/coordinator-server').spec.ports.find((one: Any) => one.name === 'client');
    expect(offered.port).toBe(9124);
    expect(variables(name, 'Deployment/flink-jobmanager').get('FLINK_PROPERTIES')).toContain('rest.address: flink-jobmanager');
    expect(variables(name, 'Deployment/flink-taskmanager').get('FLINK_PROPERTIES')).toMatch(
      /^jobmanager\.rpc\.address: flink-jobmanager$/m,
    );
  });

  it('number the ensemble of ZooKeeper from 1, and name every member', () => {
    const servers = (variables('staging/fluss', 'StatefulSet/zookeeper').get('ZOO_SERVERS') as string).split(' ');
    expect(servers).toEqual(
      [0, 1, 2].map((index) => `server.${index + 1}=zookeeper-${index}.zookeeper-hs.fluss.svc.cluster.local:2888:3888;2181`),
    );
    expect(get('staging/fluss', 'Service/zookeeper-hs').spec).toMatchObject({
      clusterIP: 'None',
      publishNotReadyAddresses: true,
    });
    expect(get('staging/fluss', 'StatefulSet/zookeeper').spec.podManagementPolicy).toBe('Parallel');
  });
});
