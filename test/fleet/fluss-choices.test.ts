import { dump } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { type CompileResult, compile } from '../../src/index.ts';
import { asBytes, partOfFleet } from '../support/fleet-files.ts';
import { type Any, clean, get, idOf, inputs, objectsOf, propertiesOf, variables, variablesOf } from './fleet.ts';

const own = partOfFleet(inputs, (path) =>
  /^(stowage\.yaml|systems\/fluss\/(?!releases)|clusters\/dev\/(cluster|sealing))/.test(path),
);

const decoder = new TextDecoder();

/** Fluss alone, as it is being worked on, in an environment that chooses this; every secret may have its value. */
function choose(entry: Any, sealed = false, more: Record<string, string> = {}): CompileResult {
  const environment = {
    apiVersion: 'stowage.dev/v1',
    kind: 'Environment',
    metadata: { name: 'try' },
    spec: { stage: 'dev', systems: { fluss: entry } },
  };
  const files = new Map<string, string | Uint8Array>([
    ...own,
    ['clusters/dev/try.yaml', dump(environment)],
    ...Object.entries(more),
  ]);
  const cluster = 'clusters/dev/cluster.yaml';
  if (sealed)
    files.set(
      cluster,
      decoder
        .decode(own.get(cluster))
        .replace(/^ {2}sealing:.*$/m, '  secrets: external-secrets\n  externalSecrets: { store: vault, path: "${secret}" }')
        .replace('  customResources:\n', '  customResources:\n    - external-secrets.io/v1/ExternalSecret\n'),
    );
  return compile(asBytes(files));
}

const name = 'try/fluss';
const autoscale = { min: 1, max: 3, cpu: 70 };
const roleArn = 'arn:aws:iam::123456789012:role/fluss';
const bucket = 'example-fluss';
const members = 'zk-1.example.com:2181,zk-2.example.com:2181';
const zookeeper = { external: { url: members } };
const store = { external: { url: 'http://s3.example.com:9000' } };
const properties = (result: CompileResult) => propertiesOf(get(name, 'ConfigMap/fluss-conf-file', result).data['server.yaml']);

describe('refuses what would not work:', () => {
  it.each([
    ['coordinators by autoscaler', { components: { coordinator: { autoscale } } }, /several coordinators/],
    ['an ensemble by autoscaler', { components: { zookeeper: { autoscale } } }, /names of all/],
    ['object stores by autoscaler', { components: { minio: { enabled: true, autoscale } } }, /several MinIO/],
    ['JobManagers by autoscaler', { components: { jobmanager: { enabled: true, autoscale } } }, /several JobManagers/],
    [
      'tablet servers by autoscaler on disks of their own',
      { profiles: ['minimal'], components: { tablet: { autoscale } }, parameters: { snapshotInterval: '1min' } },
      /directory that all share/,
    ],
    ['a path that Fluss would cut', { parameters: { pathRoot: '/a#b' } }, /pathRoot/],
    ['a region that Fluss would cut', { parameters: { region: 'eu#1' } }, /region/],
    ['a bucket that Fluss would cut', { parameters: { bucket: 'flu#ss' } }, /bucket/],
    ['a ZooKeeper that Fluss would cut', { components: { zookeeper: { external: { url: `${members}/a#b` } } } }, /follows a #/],
    [
      'a store that Fluss would cut',
      { components: { minio: { external: { url: 'https://s3.example.com/a#b' } } } },
      /follows a #/,
    ],
    ['ZooKeeper outside without its address', { profiles: ['external-zookeeper'] }, /give `external` its `url`/],
    ['S3 outside without its address', { components: { minio: { external: {} } } }, /give `external` its `url`/],
    ['S3 outside with a blank one', { components: { minio: { external: { url: '' } } } }, /give `external` its `url`/],
    ['AWS without a role', { profiles: ['external-s3'] }, /role that exists/],
    ['AWS without a bucket', { profiles: ['external-s3'], parameters: { roleArn } }, /set the parameter `bucket`/],
    [
      'keys for our own MinIO by workload identity',
      { profiles: ['with-minio'], parameters: { s3Keys: false } },
      /key pairs only/,
    ],
    ['neither a key pair nor a role', { parameters: { s3Keys: false }, components: { minio: store } }, /must be a role/],
    ['a login at our own ZooKeeper', { parameters: { zookeeperSasl: true } }, /asks nobody/],
    [
      'a login at ZooKeeper without a password',
      { parameters: { zookeeperSasl: true }, components: { zookeeper } },
      /how to log in/,
    ],
    ['servers that log in without a password', { parameters: { internalSasl: true } }, /password for each other/],
    ['clients that log in without a password', { profiles: ['client-sasl'] }, /password to log in/],
    ['logins that nobody writes', { profiles: ['client-sasl'] }, /take the profile `sasl`/],
    [
      'clients that log in, and a catalog that does not',
      { profiles: ['sasl'], parameters: { clientSasl: true } },
      /not `clientSasl` alone/,
    ],
    ['logins of nobody', { profiles: ['sasl'] }, /one who logs in/],
    ['a configuration of your own without its name', { profiles: ['custom-config'] }, /takes both/],
    ['a name of it alone', { parameters: { configMap: 'mine' } }, /takes both/],
    ['an ingress without a host', { components: { jobmanager: { enabled: true, ingress: { enabled: true } } } }, /has no host/],
  ])('%s', (_, entry, message) => {
    const result = choose(entry);
    const errors = result.diagnostics.filter((one) => one.severity === 'error').map((one) => `${one.code} ${one.message}`);
    expect(
      errors.filter((error) => message.test(error)),
      errors.join('\n'),
    ).not.toEqual([]);
    expect(errors.filter((error) => error.startsWith('expression-failed'))).toEqual([]);
    expect(result.ok).toBe(false);
  });

  it('half a key pair of S3', () => {
    const pair = decoder.decode(inputs.get('clusters/prod-eu/sealed/prod-eu/fluss/fluss-s3.yaml'));
    const told = (text: string) =>
      choose({ components: { minio: store } }, false, { 'clusters/dev/sealed/try/fluss/fluss-s3.yaml': text })
        .diagnostics.map((one) => one.message)
        .filter((message) => /half a key pair/.test(message));
    expect(told(pair)).toEqual([]);
    expect(told(pair.replaceAll(/^ *secret-key: .*\n/gm, ''))).toHaveLength(1);
  });
});

describe('takes from outside', () => {
  it('ZooKeeper by its members', () => {
    const result = clean(choose({ profiles: ['external-zookeeper'], components: { zookeeper } }));
    expect(properties(result)).toMatchObject({ 'zookeeper.address': members });
  });

  it.each([
    ['eu-central-1', 'https://s3.eu-central-1.amazonaws.com'],
    ['cn-north-1', 'https://s3.cn-north-1.amazonaws.com.cn'],
  ])('S3 at AWS in %s, without an address', (region, endpoint) => {
    const known = properties(clean(choose({ profiles: ['external-s3'], parameters: { region, roleArn, bucket } })));
    expect(known).toMatchObject({ 's3.endpoint': endpoint, 's3.path-style-access': 'false', 's3.assumed.role.arn': roleArn });
    expect(Object.keys(known)).not.toContain('s3.assumed.role.sts.endpoint');
  });

  it('S3 at AWS with the bucket in the path, and still the tokens of AWS', () => {
    const minio = { external: { url: 'https://s3.eu-central-1.amazonaws.com' } };
    const known = properties(clean(choose({ components: { minio }, parameters: { region: 'eu-central-1', roleArn, bucket } })));
    expect(Object.keys(known)).not.toContain('s3.assumed.role.sts.endpoint');
  });

  it('the host of the page of Flink, as a parameter or outright', () => {
    const ingress = (fields: Any) => ({ components: { jobmanager: { enabled: true, ingress: { enabled: true, ...fields } } } });
    for (const entry of [
      ingress({ host: 'flink.example.com' }),
      { ...ingress({}), parameters: { flinkHost: 'flink.example.com' } },
    ])
      expect(get(name, 'Ingress/flink-ui', clean(choose(entry))).spec.rules[0].host).toBe('flink.example.com');
  });
});

describe('logs in by SASL', () => {
  const servers = ['Deployment/coordinator-server', 'StatefulSet/tablet-server'];
  const init = (id: string, result: CompileResult) =>
    get(name, id, result).spec.template.spec.initContainers.find((one: Any) => one.name === 'logins');
  const logins = (id: string, result: CompileResult) =>
    Object.fromEntries(variablesOf(init(id, result), objectsOf(name, result)));
  const login = (part: string, secret: string, number = '') => ({
    [`FLUSS_JAAS_${part}_USERNAME${number}`]: `secret ${secret}/username`,
    [`FLUSS_JAAS_${part}_PASSWORD${number}`]: `secret ${secret}/password`,
  });
  const protocols = (id: string, result: CompileResult) =>
    ['INTERNAL', 'CLIENT'].map((one) => variables(name, id, result).get(`${one}_PROTOCOL`));

  it('nowhere unless it is told', () => {
    const result = clean(choose({}));
    for (const id of servers) {
      expect(init(id, result)).toBeUndefined();
      expect(protocols(id, result)).toEqual([undefined, undefined]);
    }
    expect(Object.keys(get(name, 'ConfigMap/fluss-conf-file', result).data)).not.toContain('logins.sh');
    expect(
      objectsOf(name, result)
        .map(idOf)
        .filter((id) => id.includes('sasl')),
    ).toEqual([]);
  });

  it('with passwords that the servers do not have, but a file in memory that an init container writes', () => {
    const parameters = { zookeeperSasl: true, internalSasl: true };
    const result = clean(choose({ profiles: ['sasl', 'client-sasl'], parameters, components: { zookeeper } }, true));
    expect(get(name, 'ConfigMap/fluss-conf-file', result).data['logins.sh']).toContain('jaas.conf');
    for (const id of servers) {
      const { containers, volumes } = get(name, id, result).spec.template.spec;
      expect([...variables(name, id, result).values()].filter((value) => /sasl|\$\(/.test(value))).toEqual([]);
      expect(containers[0].volumeMounts).toContainEqual({ name: 'logins', mountPath: '/etc/fluss/conf', readOnly: true });
      expect(volumes).toContainEqual({ name: 'logins', emptyDir: { medium: 'Memory', sizeLimit: '1Mi' } });
      const { image, command, volumeMounts } = init(id, result);
      expect({ image, command }).toEqual({ image: containers[0].image, command: ['bash', '/opt/conf/logins.sh'] });
      expect(volumeMounts).toContainEqual({ name: 'logins', mountPath: '/etc/fluss/conf' });
      expect(protocols(id, result)).toEqual(['SASL', 'SASL']);
    }
  });

  it('at a ZooKeeper outside', () => {
    const result = clean(choose({ profiles: ['sasl'], parameters: { zookeeperSasl: true }, components: { zookeeper } }, true));
    for (const id of servers) {
      expect(logins(id, result)).toEqual({
        ...login('ZOOKEEPER', 'fluss-zookeeper-sasl'),
        FLUSS_JAAS_ZOOKEEPER_MODULE: expect.stringMatching(/DigestLoginModule$/),
      });
      expect(protocols(id, result)).toEqual(['PLAINTEXT', 'PLAINTEXT']);
    }
    expect(get(name, 'ExternalSecret/fluss-zookeeper-sasl', result)).toBeDefined();
  });

  it('at each other', () => {
    const result = clean(choose({ profiles: ['sasl'], parameters: { internalSasl: true } }, true));
    for (const id of servers) {
      expect(logins(id, result)).toEqual(login('INTERNAL', 'fluss-internal-sasl'));
      expect(protocols(id, result)).toEqual(['SASL', 'PLAINTEXT']);
    }
  });

  it('as a client: Flink by its catalog, and others by secrets that somebody else makes', () => {
    const reporting = Object.fromEntries(
      ['username', 'password'].map((key) => [
        `FLUSS_JAAS_CLIENT_${key.toUpperCase()}_1`,
        { secretKeyRef: { name: 'reporting', key } },
      ]),
    );
    const more = { initContainers: { logins: { env: reporting } } };
    const profiles = ['with-flink', 'sasl', 'client-sasl'];
    const result = clean(choose({ profiles, components: { coordinator: more, tablet: more } }, true));
    for (const id of servers) {
      expect(logins(id, result)).toEqual({
        ...login('CLIENT', 'fluss-client-sasl', '_0'),
        ...login('CLIENT', 'reporting', '_1'),
      });
      expect(protocols(id, result)).toEqual(['PLAINTEXT', 'SASL']);
    }
    const { volumes } = get(name, 'Deployment/flink-jobmanager', result).spec.template.spec;
    expect(volumes).toEqual([{ name: 'catalog', secret: { secretName: 'flink-fluss-catalog-sasl' } }]);
    expect(objectsOf(name, result).map(idOf)).not.toContain('ConfigMap/flink-fluss-catalog');
    const { data } = get(name, 'ExternalSecret/flink-fluss-catalog-sasl', result).spec.target.template;
    expect(data['catalog.sql']).toContain("'bootstrap.servers' = 'coordinator-server.fluss.svc.cluster.local:9124'");
  });
});

describe('lets an environment', () => {
  it('bring its own server.yaml, and keeps the scripts and the network', () => {
    const usual = clean(choose({}));
    const result = clean(choose({ profiles: ['custom-config'], parameters: { configMap: 'mine' } }));
    for (const id of ['Deployment/coordinator-server', 'StatefulSet/tablet-server']) {
      const { containers, volumes } = get(name, id, result).spec.template.spec;
      expect(volumes).toContainEqual({ name: 'custom', configMap: { name: 'mine' } });
      expect(containers[0].volumeMounts).toContainEqual({ name: 'custom', mountPath: '/opt/custom' });
      expect(containers[0].volumeMounts).toContainEqual({ name: 'conf', mountPath: '/opt/conf' });
    }
    const policies = (one: CompileResult) => objectsOf(name, one).filter(({ kind }) => kind === 'NetworkPolicy');
    expect(policies(result)).toEqual(policies(usual));
  });

  it('take secrets of its own, as variables and as files', () => {
    const secret = { secretKeyRef: { name: 'mine', key: 'token' } };
    const files = { mine: { mountPath: '/etc/fluss/secrets/mine', source: { secret: { secretName: 'mine' } } } };
    const result = clean(
      choose({
        env: { pod: { TOKEN: secret } },
        components: { coordinator: { volumes: files }, tablet: { volumes: files } },
        config: { 'fluss-conf-file': { 'server.yaml': { properties: { 'some.token': '$${env:TOKEN}' } } } },
      }),
    );
    expect(properties(result)['some.token']).toBe('${env:TOKEN}');
    for (const id of ['Deployment/coordinator-server', 'StatefulSet/tablet-server'])
      expect(variables(name, id, result).get('TOKEN')).toBe('secret mine/token');
  });

  it('reach S3 by workload identity: no key pair, and an account with a role', () => {
    const profiles = ['external-s3', 'workload-identity'];
    const result = clean(choose({ profiles, parameters: { roleArn, bucket, region: 'eu-central-1' } }));
    const account = get(name, 'ServiceAccount/fluss-server', result);
    expect(account.metadata.annotations).toMatchObject({ 'eks.amazonaws.com/role-arn': roleArn });
    for (const id of ['Deployment/coordinator-server', 'StatefulSet/tablet-server']) {
      expect([...variables(name, id, result).keys()].filter((key) => key.startsWith('AWS_'))).toEqual([]);
      expect(get(name, id, result).spec.template.spec.serviceAccountName).toBe('fluss-server');
    }
    expect(objectsOf(name, result).map(idOf)).not.toContain('SealedSecret/fluss-s3');
    expect(properties(result)['s3.assumed.role.arn']).toBe(roleArn);
  });

  it('have the coordinator as a StatefulSet, which advertises its pod', () => {
    const result = clean(choose({ profiles: ['with-flink', 'coordinator-statefulset'] }));
    const { spec } = get(name, 'StatefulSet/coordinator-server', result);
    expect(spec.serviceName).toBe('coordinator-server-hs');
    expect(spec.volumeClaimTemplates).toHaveLength(1);
    expect(get(name, 'Service/coordinator-server-hs', result).spec.clusterIP).toBe('None');
    const advertised = variables(name, 'StatefulSet/coordinator-server', result).get('ADVERTISED_HOST');
    expect(advertised).toBe('$(POD_NAME).coordinator-server-hs.fluss.svc.cluster.local');
    const order = spec.template.spec.containers[0].env.map((one: Any) => one.name);
    expect(order.indexOf('POD_NAME')).toBeLessThan(order.indexOf('ADVERTISED_HOST'));
    const ids = objectsOf(name, result).map(idOf);
    expect(ids.filter((id) => /^(Deployment|Service)\/coordinator-server$/.test(id))).toEqual([]);
    const catalog = get(name, 'ConfigMap/flink-fluss-catalog', result).data['catalog.sql'];
    expect(catalog).toContain('coordinator-server-hs.fluss.svc.cluster.local:9124');
  });

  it('have metrics by JMX, and opens nothing for them', () => {
    const result = clean(choose({ profiles: ['jmx'] }));
    expect(properties(result)).toMatchObject({ 'metrics.reporters': 'prometheus,jmx', 'metrics.reporter.jmx.port': '9250' });
    const policies = objectsOf(name, result).filter(({ kind }) => kind === 'NetworkPolicy');
    expect(JSON.stringify(policies)).not.toContain('9250');
  });

  it('run queries in Flink, whose results the JobManager fetches at a port of their own', () => {
    const result = clean(choose({ profiles: ['with-flink'] }));
    const pods = (one: string) => [{ podSelector: { matchLabels: { 'app.kubernetes.io/name': one } } }];
    expect(get(name, 'NetworkPolicy/flink-jobmanager', result).spec.egress).toContainEqual({ to: pods('flink-taskmanager') });
    expect(get(name, 'NetworkPolicy/flink-taskmanager', result).spec.ingress).toContainEqual({ from: pods('flink-jobmanager') });
  });

  it('reach the listener of clients from Flink, and that of servers from servers alone', () => {
    const result = clean(choose({ profiles: ['with-minio', 'with-flink'] }));
    const opened = (id: string) =>
      Object.fromEntries(
        get(name, `NetworkPolicy/${id}`, result)
          .spec.ingress.filter(({ from, ports }: Any) => ports !== undefined && from[0].podSelector !== undefined)
          .map(({ from, ports }: Any) => [
            from[0].podSelector.matchLabels['app.kubernetes.io/name'],
            ports.map(({ port }: Any) => port),
          ]),
      );
    const flink = { 'flink-jobmanager': [9124], 'flink-taskmanager': [9124] };
    expect(opened('coordinator-server')).toEqual({ 'tablet-server': [9123], ...flink });
    expect(opened('tablet-server')).toEqual({ 'coordinator-server': [9123], ...flink });
    expect(Object.values(opened('minio'))).toEqual(Array.from({ length: 5 }, () => [9000]));
  });

  it.each([
    ['https://s3.eu-central-1.amazonaws.com', 443],
    ['http://s3.example.com:9000', 9000],
  ])('reach a store outside by the port of its address: %s', (url, port) => {
    const parameters = { roleArn, bucket, region: 'eu-central-1' };
    const result = clean(choose({ profiles: ['with-flink'], parameters, components: { minio: { external: { url } } } }));
    for (const id of ['coordinator-server', 'tablet-server', 'flink-jobmanager', 'flink-taskmanager']) {
      const { egress } = get(name, `NetworkPolicy/${id}`, result).spec;
      expect(egress.find((rule: Any) => rule.to?.[0].ipBlock).ports).toEqual([{ port }]);
    }
  });

  it('reach ZooKeeper by the port of its clients and no other', () => {
    const result = clean(choose({ profiles: ['external-zookeeper'], components: { zookeeper } }));
    const { egress } = get(name, 'NetworkPolicy/coordinator-server', result).spec;
    expect(egress.find((rule: Any) => rule.to?.[0].ipBlock).ports).toEqual([{ port: 2181 }]);
  });
});
