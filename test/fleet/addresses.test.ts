import { describe, expect, it } from 'vitest';
import { type Any, changed, clean, inputs, objectsOf, parseObjects, renders, workloadsOf } from './fleet.ts';

interface Address {
  readonly from: string;
  readonly host: string;
  readonly port: number;
  /** What the pod says of itself; nobody need let it through. */
  readonly itself?: boolean;
}

/** `host:port`, also several ports after one host, and URLs that leave the port to their scheme. */
function addressesIn(text: string): { host: string; port: number }[] {
  const withPorts = [
    ...text.matchAll(/(?<![\w.%$-])([a-z0-9][a-z0-9.-]*[a-z0-9])((?::\d{2,5})+)(?:;(\d{2,5}))?(?![\w.])/g),
  ].flatMap(([, host = '', ports = '', last]) =>
    [...ports.split(':').slice(1), ...(last ? [last] : [])].map((port) => ({ host, port: Number(port) })),
  );
  const withoutPort = [...text.matchAll(/\b(https?):\/\/([a-z0-9.-]+[a-z0-9])(?![\w.:-])/g)].map(([, scheme, host = '']) => ({
    host,
    port: scheme === 'https' ? 443 : 80,
  }));
  return [...withPorts, ...withoutPort].filter(({ host }) => !/^[\d.]+$/.test(host));
}

/** Every address in the variables, arguments and files of the pods. */
function addressesOf(objects: readonly Any[]): Address[] {
  return workloadsOf(objects).flatMap(({ id: from, pod, containers }) => {
    const texts = containers.flatMap((container) => [
      ...(container.command ?? []),
      ...(container.args ?? []),
      ...(container.env ?? []).map((one: Any) => one.value ?? ''),
    ]);
    const maps = [
      ...containers.flatMap((one) => (one.envFrom ?? []).map((source: Any) => source.configMapRef.name)),
      ...(pod.volumes ?? []).flatMap((volume: Any) => (volume.configMap ? [volume.configMap.name] : [])),
    ];
    const files = objects
      .filter((object) => object.kind === 'ConfigMap' && maps.includes(object.metadata.name))
      .flatMap((object) => Object.entries(object.data as Record<string, string>))
      .filter(([name]) => !/\.(py|sh)$/.test(name))
      .map(([, text]) => text);
    const found = [...texts, ...files].flatMap((text) => addressesIn(text).map((address) => ({ from, ...address })));

    // Programs that take host and port apart.
    const variables = new Map<string, string>(pod.containers[0].env?.map((one: Any) => [one.name, one.value]));
    const advertised = variables.get('ADVERTISED_HOST');
    const own = ['CLIENT_PORT', 'INTERNAL_PORT'].flatMap((name) =>
      advertised ? [{ from, host: advertised, port: Number(variables.get(name)), itself: true }] : [],
    );
    const jobManager = /^jobmanager\.rpc\.address: (\S+)$/m.exec(variables.get('FLINK_PROPERTIES') ?? '')?.[1];
    const itself = from.endsWith('jobmanager');
    const flink = jobManager ? [6123, 6124].map((port) => ({ from, host: jobManager, port, itself })) : [];
    const database = variables.get('DB_HOST');
    const apart = database ? [{ from, host: database, port: Number(variables.get('DB_PORT')) }] : [];
    return [...found, ...own, ...flink, ...apart];
  });
}

/** Hosts that the description of an environment names under `external`, or in its parameters. */
function externalsOf(environment: string, system: string): Set<string> {
  const path = [...inputs.keys()].find((one) => one.startsWith('clusters/') && one.endsWith(`/${environment}.yaml`)) as string;
  const [described] = parseObjects(new TextDecoder().decode(inputs.get(path)));
  const { components = {}, parameters = {} } = described.spec.systems[system];
  return new Set([
    ...(Object.values(components) as Any[]).flatMap(({ external }) =>
      external ? [external.host, ...addressesIn(external.url ?? '').map(({ host }) => host)].filter((host) => host) : [],
    ),
    ...Object.values(parameters).flatMap((value) => addressesIn(String(value)).map(({ host }) => host)),
  ]);
}

interface Target {
  readonly workload: string;
  readonly port: number;
}

/** The workload and port of it that answer at an address; undefined where nobody does. */
function resolve(host: string, port: number, objects: readonly Any[]): Target | undefined {
  const namespace = objects.find((object) => object.kind === 'Namespace').metadata.name;
  const local = host.replace(new RegExp(`\\.${namespace}(\\.svc(\\.cluster\\.local)?)?$`), '');
  const [first = '', second, ...rest] = local.split('.');
  if (rest.length > 0) return undefined;
  const service = objects.find((object) => object.kind === 'Service' && object.metadata.name === (second ?? first));
  if (service === undefined) return undefined;
  const workload = workloadsOf(objects).find(({ object }) =>
    Object.entries(service.spec.selector).every(([key, value]) => object.spec.template.metadata.labels[key] === value),
  );
  if (workload === undefined) return undefined;
  const ports: Any[] = workload.main.ports;
  const headless = service.spec.clusterIP === 'None';
  if (second !== undefined) {
    const [, ordinal] = new RegExp(`^${workload.object.metadata.name}-(\\d+)$`).exec(first) ?? [];
    const has = workload.object.kind === 'StatefulSet' && workload.object.spec.serviceName === second && headless;
    if (!has || ordinal === undefined || Number(ordinal) >= workload.object.spec.replicas) return undefined;
    return ports.some((one) => one.containerPort === port) ? { workload: workload.id, port } : undefined;
  }
  const offered = service.spec.ports.find((one: Any) => one.port === port);
  const target = ports.find((one) => one.name === offered?.targetPort || one.containerPort === (offered?.targetPort ?? 0));
  return target && { workload: workload.id, port: target.containerPort };
}

function portsOf(id: string, objects: readonly Any[]): number[] {
  const workload = workloadsOf(objects).find((one) => one.id === id);
  return (workload?.main.ports ?? []).map((port: Any) => port.containerPort);
}

function policyOf(id: string, objects: readonly Any[]): Any {
  const labels = objects.find((object) => `${object.kind}/${object.metadata.name}` === id).spec.template.metadata.labels;
  const policies = objects.filter(
    (object) =>
      object.kind === 'NetworkPolicy' &&
      object.spec.podSelector.matchLabels &&
      Object.entries(object.spec.podSelector.matchLabels).every(([key, value]) => labels[key] === value),
  );
  expect(policies, `one policy of ${id}`).toHaveLength(1);
  return { labels, ...policies[0].spec };
}

function lets(rules: Any[] | undefined, side: 'from' | 'to', labels: Any, port: number): boolean {
  return (rules ?? []).some(
    (rule) =>
      // A rule without ports, as among the members of a cluster, lets all of them through.
      (rule.ports ?? [{ port }]).some((one: Any) => one.port === port) &&
      (rule[side] ?? []).some(
        (peer: Any) =>
          peer.podSelector?.matchLabels !== undefined &&
          peer.namespaceSelector === undefined &&
          Object.entries(peer.podSelector.matchLabels).every(([key, value]) => labels[key] === value),
      ),
  );
}

/** Addresses that lead nowhere, and connections that a policy cuts. */
function complaints(objects: readonly Any[], externals: ReadonlySet<string>): string[] {
  return addressesOf(objects).flatMap(({ from, host, port, itself }) => {
    const address = `${from} → ${host}:${port}`;
    const source = policyOf(from, objects);
    if (externals.has(host)) {
      const open = source.egress.some(
        (rule: Any) => rule.to?.some((peer: Any) => peer.ipBlock) && rule.ports.some((one: Any) => one.port === port),
      );
      return open ? [] : [`${address}: egress is closed`];
    }
    if (host === 'localhost' && portsOf(from, objects).includes(port)) return [];
    // A program may know under which name it is seen outside.
    if (objects.some((object) => object.kind === 'Ingress' && object.spec.rules.some((rule: Any) => rule.host === host)))
      return [];
    const target = resolve(host, port, objects);
    if (target === undefined) return [`${address}: nobody answers`];
    const replicas = objects.find((object) => `${object.kind}/${object.metadata.name}` === from).spec.replicas ?? 1;
    if (itself || (target.workload === from && replicas === 1)) return [];
    const destination = policyOf(target.workload, objects);
    return [
      ...(lets(source.egress, 'to', destination.labels, target.port) ? [] : [`${address}: egress is closed`]),
      ...(lets(destination.ingress, 'from', source.labels, target.port) ? [] : [`${address}: ingress is closed`]),
    ];
  });
}

describe.each(renders)('$name', ({ environment, system, objects }) => {
  const externals = externalsOf(environment, system);

  it('knows only addresses where somebody answers, and its policies let it through', () => {
    expect(addressesOf(objects).length).toBeGreaterThan(2);
    expect(complaints(objects, externals)).toEqual([]);
  });

  it('names every external address that it was given', () => {
    const named = new Set(addressesOf(objects).map(({ host }) => host));
    expect([...externals].filter((host) => !named.has(host))).toEqual([]);
  });

  it('routes every ingress to a port of its own Services, which lets the controller in', () => {
    for (const ingress of objects.filter((object) => object.kind === 'Ingress')) {
      const backends = ingress.spec.rules.flatMap((rule: Any) => rule.http.paths.map((path: Any) => path.backend.service));
      expect(backends.length).toBeGreaterThan(0);
      for (const { name, port } of backends) {
        const service = objects.find((object) => object.kind === 'Service' && object.metadata.name === name);
        const offered = service?.spec.ports.find((one: Any) => one.name === port.name || one.port === port.number);
        const target = resolve(name, offered?.port, objects) as Target;
        expect(target, `${name} ${JSON.stringify(port)}`).toBeDefined();
        expect(policyOf(target.workload, objects).ingress).toContainEqual({
          from: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'ingress-nginx' } } }],
          ports: [{ port: target.port }],
        });
      }
      const secured = ingress.spec.tls.flatMap((one: Any) => one.hosts);
      expect(ingress.spec.rules.map((rule: Any) => rule.host).sort()).toEqual([...secured].sort());
    }
  });
});

describe('what is on in no environment', () => {
  it('everything of Thunderline at once', () => {
    const result = clean(
      changed('clusters/dev/thunderline-hpo-demo.yaml', [
        'parameters: {',
        'components: { federation: { enabled: true }, flower-client: { enabled: true } }\n      parameters: {',
      ]),
    );
    const objects = objectsOf('thunderline-hpo-demo/thunderline', result);
    expect(addressesOf(objects)).toContainEqual({
      from: 'Deployment/thunderline-flower-client',
      host: 'thunderline-federation',
      port: 8081,
    });
    expect(complaints(objects, new Set())).toEqual([]);
  });

  it('everything of Fluss at once, three of each', () => {
    const result = clean(
      changed('clusters/staging/staging.yaml', [
        'components:\n        tablet: {',
        'parameters: { flinkHost: flink.example.com }\n      components:\n        jobmanager: { ingress: { enabled: true } }\n        taskmanager: { replicas: 3 }\n        tablet: {',
      ]),
    );
    expect(complaints(objectsOf('staging/fluss', result), new Set())).toEqual([]);
  });
});

describe('the resolver itself', () => {
  const { objects } = renders.find(({ name }) => name === 'staging/fluss') as (typeof renders)[number];

  it.each([
    ['zookeeper', 2181, true],
    ['zookeeper', 2888, false],
    ['zookeeper-2.zookeeper-hs.fluss.svc.cluster.local', 2888, true],
    ['zookeeper-3.zookeeper-hs.fluss.svc.cluster.local', 2888, false],
    ['zookeeper-0.zookeeper.fluss.svc.cluster.local', 2181, false],
    ['coordinator-server.fluss.svc.cluster.local', 9124, true],
    ['coordinator-server.other.svc.cluster.local', 9124, false],
    ['coordinator-server', 9125, false],
    ['postgres', 5432, false],
  ])('%s:%d', (host, port, answers) => {
    expect(resolve(host, port, objects) !== undefined).toBe(answers);
  });

  it('finds addresses where they hide', () => {
    expect(addressesIn('ecto://$(USER):$(PASSWORD)@db-0.db:5432/x?a=b')).toEqual([{ host: 'db-0.db', port: 5432 }]);
    expect(addressesIn('server.1=zk-0.zk:2888:3888;2181')).toEqual([2888, 3888, 2181].map((port) => ({ host: 'zk-0.zk', port })));
    expect(addressesIn("'bootstrap.servers' = 'a.b:9124'")).toEqual([{ host: 'a.b', port: 9124 }]);
    expect(addressesIn('https://s3.example.com and http://0.0.0.0:80')).toEqual([{ host: 's3.example.com', port: 443 }]);
    expect(addressesIn('arn:aws:iam::123456789012:role/x s3://bucket/mlflow 0.0.0.0:8081')).toEqual([]);
  });
});
