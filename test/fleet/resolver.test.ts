import { load, loadAll } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import type { Any } from './fleet.ts';
import { addressesIn, hostsByPlace } from './resolver/addresses-in.ts';
import { complaintsAbout } from './resolver/complaints.ts';
import { renderOf } from './resolver/render.ts';
import { whole } from './resolver/whole-render.ts';

const surroundings = { externals: ['traces.site.internal'] };
const complaints = (text: string) => complaintsAbout(renderOf(loadAll(text) as Any[], surroundings));

it('has nothing to say about a whole render', () => {
  expect(complaints(whole)).toEqual([]);
});

const web = 'Deployment/web';

describe('says what is broken:', () => {
  it.each([
    // Hosts and ports in variables, arguments and files.
    ['@db:5432/shop', '@dbx:5432/shop', [`${web} DATABASE_URL → dbx:5432: no such Service`]],
    ['@db:5432/shop', '@db:5433/shop', [`${web} DATABASE_URL → db:5433: its Service has no such port`]],
    ['@db:5432/shop', '@db.shop:5433/shop', [`${web} DATABASE_URL → db.shop:5433: its Service has no such port`]],
    ['@db:5432/shop', '@db.shpo:5432/shop', [expect.stringContaining('db.shpo:5432: no such Service here')]],
    ['@db:5432/shop', '@db.other.svc:5432/shop', [expect.stringContaining('not in the namespace shop')]],
    ['@db:5432/shop', '@db.shop.svc.cluster.locl:5432/x', [expect.stringContaining('the cluster is cluster.local')]],
    ['$(PASSWORD)', '$(PASSWROD)', [`${web} DATABASE_URL: $(PASSWROD) is no variable before it`]],
    ['BROKER_HOST, value: queue', 'BROKER_HOST, value: quoue', [`${web} BROKER_HOST → quoue:9092: no such Service`]],
    [
      "BROKER_PORT, value: '9092'",
      "BROKER_PORT, value: '9093'",
      [`${web} BROKER_HOST → queue:9093: its Service has no such port`],
    ],
    ['queue-0.queue-headless.shop', 'queue-2.queue-headless.shop', [expect.stringContaining('no such pod')]],
    ['queue-0.queue-headless.shop', 'queue-0.queue.shop', [expect.stringContaining('only a headless Service names its pods')]],
    ['cluster.local:9093', 'cluster.local:9094', [expect.stringContaining('no such port in these pods')]],
    [
      'https://s3.example.com',
      'https://s3.site.internal',
      [expect.stringContaining('s3.site.internal:443: no such Service here')],
    ],
    ['https://s3.example.com', 'http://198.51.100.1:9000', [expect.stringContaining('not among the external addresses')]],
    ['traces.site.internal:4318', 'traces.site.internal:4317', [expect.stringContaining('egress is closed')]],
    ['{ port: 7000 }] }\n---', '{ port: 7070 }] }\n---', [`${web} BRIDGE → legacy:7000: egress is closed`]],
    ['http://legacy:7000', 'http://legacy:7001', [`${web} BRIDGE → legacy:7001: its Service has no such port`]],
    ["args: ['queue:9092']", "args: ['queues:9092']", [`${web} command → queues:9092: no such Service`]],
    ["--bind, ':8080'", "--bind, ':8081'", [`${web} command → localhost:8081: the pod has no such port`]],
    ['--queue-host=queue', '--queue-host=broker', [`${web} command → broker: no such Service`]],
    ["QUEUE: 'queue:9092'", "QUEUE: 'queue:29092'", [`${web} QUEUE → queue:29092: its Service has no such port`]],
    ['targets: [localhost:9090]', 'targets: [db:9090]', [`${web} prometheus.yml → db:9090: its Service has no such port`]],
    ['names: [queue-headless]', 'names: [queue-peers]', [`${web} prometheus.yml → queue-peers:9093: no such Service`]],
    ['port: 9093 }] }\n  haproxy', 'port: 9999 }] }\n  haproxy', [expect.stringContaining('no such port in these pods')]],
    [
      '2 queue-headless:9092',
      '2 queue-headless:9091',
      [expect.stringContaining('haproxy.cfg → queue-headless:9091: no such port')],
    ],
    ['bind *:8080', 'bind *:8023', [`${web} haproxy.cfg → localhost:8023: the pod has no such port`]],
    ['queue.host: queue', 'queue.host: queu', [`${web} settings.properties → queu: no such Service`]],
    ['jdbc:postgresql://db:5432', 'jdbc:postgresql://pg:5432', [`${web} settings.properties → pg:5432: no such Service`]],
    ['"QUEUE", "queue:9092"', '"QUEUE", "kafka:9092"', [`${web} load.py → kafka:9092: no such Service`]],
    ['$HOSTNAME.queue-headless', '$HOSTNAME.queue-peers', [expect.stringContaining('queue-0.queue-peers:9093: no such Service')]],
    ['queue-${ID}.queue-headless:9093', 'queue-${ID}.queue-headless:93', [expect.stringContaining('no such port in these pods')]],
    // What policies cut.
    [
      'app: db } } }], ports: [{ port: 5432',
      'app: db } } }], ports: [{ port: 5431',
      expect.arrayContaining([
        `${web} DATABASE_URL → db:5432: egress is closed`,
        'NetworkPolicy/web opens port 5431, which Deployment/db has not',
      ]),
    ],
    [
      'from: [{ podSelector: { matchLabels: { app: web',
      'from: [{ podSelector: { matchLabels: { app: wab',
      expect.arrayContaining([
        `${web} DATABASE_URL → db:5432: ingress is closed`,
        'NetworkPolicy/db names pods {"matchLabels":{"app":"wab"}}, which are not there',
      ]),
    ],
    [
      'podSelector: { matchLabels: { app: db } }\n',
      'podSelector: { matchLabels: { app: bd } }\n',
      ['NetworkPolicy/db selects no pods'],
    ],
    // What selects and names.
    ['spec: { selector: { app: db }', 'spec: { selector: { app: bd }', expect.arrayContaining(['Service/db selects no pods'])],
    [
      'targetPort: http }',
      'targetPort: web }',
      expect.arrayContaining(['Service/web leads to port web, which Deployment/web has not']),
    ],
    ['{ name: metrics, port: 9090 }', '{ name: metrics, port: 9090, protocol: UDP }', [expect.stringContaining('by UDP')]],
    [
      'serviceName: queue-headless',
      'serviceName: queues',
      expect.arrayContaining([expect.stringContaining('has no Service queues')]),
    ],
    [
      'service-name: legacy',
      'service-name: legcy',
      expect.arrayContaining([
        'Service/legacy has neither a selector nor an EndpointSlice',
        'EndpointSlice/legacy belongs to Service legcy, which is not there',
      ]),
    ],
    [
      'ports: [{ name: http, port: 7000 }]\nendpoints',
      'ports: [{ name: web, port: 7000 }]\nendpoints',
      ['EndpointSlice/legacy has no port http for its Service'],
    ],
    [
      'service: { name: web, port: { name: http',
      'service: { name: wab, port: { name: http',
      ['Ingress/web → wab: no such Service'],
    ],
    [
      'service: { name: web, port: { name: http',
      'service: { name: web, port: { number: 8080',
      ['Ingress/web → web: no port 8080'],
    ],
    [
      'namespaceSelector: {} }], ports: [{ port: 8080',
      'namespaceSelector: {} }], ports: [{ port: 9090',
      ['Ingress/web → web: ingress is closed'],
    ],
    ['cert-manager.io/cluster-issuer', 'cert-manager.io/cluster-isuer', ['Ingress/web: the secret web-tls has 0 makers']],
    [
      'hosts: [shop.example.com]',
      'hosts: [shop.example.org]',
      [expect.stringContaining('is not among'), expect.stringContaining('leads nowhere')],
    ],
    [
      'endpoints: [{ port: metrics',
      'endpoints: [{ port: metric',
      ['ServiceMonitor/web scrapes port metric, which no Service of it has'],
    ],
    ["prometheus.io/port: '9090'", "prometheus.io/port: '9091'", [`${web} asks to be scraped on 9091, which is no port of it`]],
    ['path: /, port: http } }', 'path: /, port: https } }', [`${web} livenessProbe: port https is not one of web`]],
    ['configMapRef: { name: web-env', 'configMapRef: { name: web-evn', [`${web} names ConfigMap web-evn, which is not there`]],
    ['configMap: { name: web-files', 'configMap: { name: web-file', [`${web} names ConfigMap web-file, which is not there`]],
    [
      'configMap: { name: web-files }',
      'configMap: { name: web-files, items: [{ key: a, path: a }] }',
      [`${web} mounts a, which ConfigMap web-files has not`],
    ],
    [
      'name: conf, mountPath: /conf',
      'name: conf, mountPath: /conf, subPath: b',
      [`${web} mounts b, which ConfigMap web-files has not`],
    ],
    [
      'name: conf, mountPath: /conf',
      'name: config, mountPath: /conf',
      [`${web} has a volume conf that nobody mounts`, `${web} mounts config, which is no volume of it`],
    ],
    ['secretKeyRef: { name: db', 'secretKeyRef: { name: bd', [`${web} names SealedSecret bd, which is not there`]],
    ['claimName: db', 'claimName: bd', ['Deployment/db names PersistentVolumeClaim bd, which is not there']],
    [
      '- name: db\n',
      '- name: db\n          envFrom: [{ secretRef: { name: dbx } }]\n',
      ['Deployment/db names SealedSecret dbx, which is not there'],
    ],
    [
      'kind: ServiceAccount\nmetadata: { name: shop',
      'kind: ServiceAccount\nmetadata: { name: shp',
      expect.arrayContaining([`${web} runs as ServiceAccount shop, which is not there`]),
    ],
    [
      'roleRef: { kind: Role, name: web',
      'roleRef: { kind: Role, name: wab',
      ['RoleBinding/web binds Role wab, which is not there'],
    ],
    [
      'scaleTargetRef: { kind: Deployment, name: web',
      'scaleTargetRef: { kind: Deployment, name: wab',
      ['HorizontalPodAutoscaler/web scales Deployment/wab, which is not there'],
    ],
    [
      'resource: { name: cpu',
      'resource: { name: memory',
      ['HorizontalPodAutoscaler/web measures memory, of which Deployment/web requests none'],
    ],
    [
      'labelSelector: { matchLabels: { app: web',
      'labelSelector: { matchLabels: { app: db',
      [`${web} spreads pods other than its own`],
    ],
    [
      'spec: { selector: { matchLabels: { app: web } } }',
      'spec: { selector: { matchLabels: { app: wab } } }',
      ['PodDisruptionBudget/web selects 0 workloads'],
    ],
  ])('%s → %s', (before, after, expected) => {
    expect(whole.split(before)).toHaveLength(2);
    expect(complaints(whole.replace(before, () => after))).toEqual(expected);
  });
});

it('lets a policy wait for pods that a program makes, if told of them', () => {
  const policy = load('{ kind: NetworkPolicy, metadata: { name: jobs }, spec: { podSelector: { matchLabels: { app: job } } } }');
  const objects = [...(loadAll(whole) as Any[]), policy];
  expect(complaintsAbout(renderOf(objects, surroundings))).toEqual(['NetworkPolicy/jobs selects no pods']);
  expect(complaintsAbout(renderOf(objects, { ...surroundings, madeAtRunTime: [{ app: 'job' }] }))).toEqual([]);
});

describe('finds addresses where they hide:', () => {
  it.each([
    ['ecto://$(USER):$(PASSWORD)@db-0.db:5432/x?a=b', ['db-0.db:5432']],
    ['server.1=zk-0.zk:2888:3888;2181', ['zk-0.zk:2888', 'zk-0.zk:3888', 'zk-0.zk:2181']],
    ["'bootstrap.servers' = 'a.b:9124'", ['a.b:9124']],
    ['https://s3.example.com and http://0.0.0.0:80', ['0.0.0.0:80', 's3.example.com:443']],
    ['arn:aws:iam::123456789012:role/x s3://bucket/mlflow', []],
    ['PLAINTEXT://:9092,CONTROLLER://localhost:9093', ['localhost:9092', 'localhost:9093']],
    [
      '1@kafka-0.kafka-headless:9093,2@kafka-1.kafka-headless:9093',
      ['kafka-0.kafka-headless:9093', 'kafka-1.kafka-headless:9093'],
    ],
    ['redis://:¤@cache:6379', ['cache:6379']],
    ['redis://cache', ['cache:6379']],
    ['http://web:¤/x', ['web']],
    ['web.shop.svc.cluster.local', ['web.shop.svc.cluster.local']],
    ['busybox:1.36.1 at 12:30:00, {"h":80}', []],
    ['rate(x[5m:30s]) sum by (le:bucket)', []],
  ])('%s', (text, found) => {
    const shown = ({ host, port }: { host: string; port?: number }) => (port === undefined ? host : `${host}:${port}`);
    expect([...new Set(addressesIn(text).map(shown))].sort()).toEqual([...found].sort());
  });

  it.each([
    ['pg_dump -U x -h postgres -p 5432 x', [{ host: 'postgres', port: 5432 }]],
    ['until nc -z -w 2 kafka 9092; do :; done', [{ host: 'kafka', port: 9092 }]],
    ['run --master-host locust --x', [{ host: 'locust' }]],
    ['run --master-host=locust', [{ host: 'locust' }]],
    ['jobmanager.rpc.address: flink\nother: flank', [{ host: 'flink' }]],
    ['host = "db"\naccess: proxy', [{ host: 'db' }]],
  ])('%s', (text, found) => {
    expect(hostsByPlace(text)).toEqual(found);
  });
});
