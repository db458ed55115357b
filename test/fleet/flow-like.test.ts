import { describe, expect, it } from 'vitest';
import { type Any, get, idOf, objectsOf, variables, variablesOf, workloadsOf } from './fleet.ts';
import { type Choice, choose, chosen, complaintsOf, one } from './flow-like.ts';

const environments = ['dev', 'staging', 'prod-eu', 'prod-us'];
const api = 'Deployment/flow-like-api';
const dev = objectsOf('dev/flow-like');
const own = (objects: readonly Any[], id: string) => variablesOf(one(objects, id).spec.template.spec.containers[0], objects);

describe('sizes', () => {
  // requests → limits, CPU/memory
  const usual: Record<string, string> = {
    'Deployment/flow-like-api': '100m/256Mi → 1/1Gi',
    'Deployment/flow-like-web': '10m/64Mi → 100m/128Mi',
    'Deployment/flow-like-executor-pool': '100m/256Mi → 1/1Gi',
    'StatefulSet/flow-like-postgres': '250m/512Mi → 2/2Gi',
    'Job/flow-like-db-migrate': '100m/256Mi → 500m/512Mi',
    'Deployment/flow-like-redis': '50m/128Mi → 500m/512Mi', // the request has no limit; one keeps its neighbours safe
    'Deployment/flow-like-prometheus': '250m/512Mi → 1/2Gi',
    'Deployment/flow-like-grafana': '100m/256Mi → 500m/512Mi',
    'Deployment/flow-like-tempo': '100m/256Mi → 500m/1Gi',
    'Deployment/flow-like-postgres-exporter': '10m/32Mi → 100m/128Mi',
    'Deployment/flow-like-redis-exporter': '10m/32Mi → 100m/128Mi',
  };
  const small = {
    'Deployment/flow-like-api': '100m/256Mi → 500m/512Mi',
    'Deployment/flow-like-web': '10m/32Mi → 100m/64Mi',
    'Deployment/flow-like-executor-pool': '100m/256Mi → 500m/512Mi',
    'StatefulSet/flow-like-postgres': '100m/256Mi → 1/1Gi',
    'Deployment/flow-like-redis': '50m/64Mi → 500m/512Mi',
  };
  const { 'StatefulSet/flow-like-postgres': _, 'Deployment/flow-like-postgres-exporter': __, ...withoutDatabase } = usual;
  const production = { ...withoutDatabase, 'Deployment/flow-like-api': '250m/512Mi → 2/2Gi' };

  it.each([
    ['dev', { ...usual, ...small }],
    ['staging', usual],
    ['prod-eu', production],
    ['prod-us', production],
  ])('%s', (environment, expected) => {
    const objects = objectsOf(`${environment}/flow-like`);
    const told = workloadsOf(objects).map(({ id, main: { resources } }) => {
      const [requests, limits] = [resources.requests, resources.limits];
      return [id, `${requests.cpu}/${requests.memory} → ${limits.cpu}/${limits.memory}`];
    });
    expect(Object.fromEntries(told)).toEqual(expected);
  });

  it.each([
    ['dev', '100m 2 256Mi 2Gi'],
    ['staging', '100m 2 256Mi 2Gi'],
    ['prod-eu', '250m 4 512Mi 4Gi'],
    ['prod-us', '250m 4 512Mi 4Gi'],
  ])('%s: executor Jobs are %s', (environment, expected) => {
    const told = variables(`${environment}/flow-like`, api);
    const names = ['K8S_CPU_REQUEST', 'K8S_CPU_LIMIT', 'K8S_MEMORY_REQUEST', 'K8S_MEMORY_LIMIT'];
    expect(names.map((name) => told.get(name)).join(' ')).toBe(expected);
  });

  const scaled = (objects: readonly Any[]) =>
    Object.fromEntries(
      objects
        .filter((object) => object.kind === 'HorizontalPodAutoscaler')
        .map(({ metadata, spec }) => {
          const [cpu, memory] = spec.metrics.map((one: Any) => `${one.resource.name} ${one.resource.target.averageUtilization}`);
          return [metadata.name, `${spec.minReplicas}–${spec.maxReplicas}, ${cpu}, ${memory}`];
        }),
    );

  it('scales what is to scale, and says no replicas beside it', () => {
    const production = { 'flow-like-api': '3–20, cpu 70, memory 80' };
    expect(scaled(dev)).toEqual({});
    expect(scaled(objectsOf('prod-eu/flow-like'))).toEqual(production);
    expect(scaled(objectsOf('prod-us/flow-like'))).toEqual(production);
    expect(scaled(objectsOf('staging/flow-like'))).toEqual({
      'flow-like-api': '1–10, cpu 70, memory 80',
      'flow-like-web': '1–5, cpu 70, memory 80',
      'flow-like-executor-pool': '1–10, cpu 70, memory 80',
    });
    for (const environment of environments)
      for (const { object } of workloadsOf(objectsOf(`${environment}/flow-like`))) {
        if (object.kind === 'Job') continue;
        const follows = object.metadata.name in scaled(objectsOf(`${environment}/flow-like`));
        expect(object.spec.replicas ?? 'unsaid', object.metadata.name).toBe(follows ? 'unsaid' : (object.spec.replicas ?? 1));
        expect(object.spec.replicas === undefined || object.spec.replicas === 1).toBe(true);
      }
  });
});

describe('who it runs as', () => {
  const users: Record<string, number> = {
    ...{ api: 1000, web: 1000, 'executor-pool': 1000, 'db-migrate': 1000, postgres: 999, redis: 999 },
    ...{ prometheus: 65534, grafana: 472, tempo: 10001, 'postgres-exporter': 65534, 'redis-exporter': 59000 },
  };

  it.each(environments)('%s', (environment) => {
    for (const { object, pod, main } of workloadsOf(objectsOf(`${environment}/flow-like`))) {
      const key = object.metadata.name.replace('flow-like-', '');
      expect(pod.securityContext, key).toMatchObject({ runAsNonRoot: true, runAsUser: users[key], fsGroup: users[key] });
      expect(pod.securityContext.seccompProfile).toEqual({ type: 'RuntimeDefault' });
      expect(main.securityContext.allowPrivilegeEscalation).toBe(false);
      // Its image renders configuration when it starts.
      expect(main.securityContext.readOnlyRootFilesystem, key).toBe(key === 'web' ? undefined : true);
    }
    const { labels } = get(`${environment}/flow-like`, 'Namespace/flow-like').metadata;
    expect(labels['pod-security.kubernetes.io/enforce']).toBe('restricted');
  });

  it('rolls nothing beside itself that holds a volume', () => {
    for (const name of ['redis', 'prometheus', 'grafana', 'tempo'])
      expect(one(dev, `Deployment/flow-like-${name}`).spec.strategy).toEqual({ type: 'Recreate' });
  });
});

describe('who may reach whom', () => {
  const world = '0.0.0.0/0';
  const peerOf = (peer: Any) => {
    if (peer === undefined) return 'anywhere';
    const { podSelector, namespaceSelector, ipBlock } = peer;
    if (ipBlock) return ipBlock.except ? 'outside' : ipBlock.cidr;
    if (namespaceSelector) return 'any namespace';
    return podSelector.matchLabels?.['app.kubernetes.io/name']?.replace('flow-like-', '') ?? 'Jobs';
  };
  const rules = (objects: readonly Any[], name: string, direction: 'ingress' | 'egress') =>
    (one(objects, `NetworkPolicy/flow-like-${name}`).spec[direction] ?? [])
      .map((rule: Any) => {
        const side = direction === 'ingress' ? rule.from : rule.to;
        return `${peerOf(side?.[0])} ${(rule.ports ?? []).map((port: Any) => port.port).join(' ')}`.trim();
      })
      .filter((rule: string) => rule !== 'anywhere 53 53'); // DNS, for everybody

  it.each<[string, string[]]>([
    ['api', ['anywhere 443 6443', `${world} 443`, 'postgres 5432', 'executor-pool 8080', 'redis 6379', 'tempo 4317']],
    ['executor', ['api 8080', `${world} 443`, 'outside 443', 'tempo 4317']],
    ['executor-pool', ['api 8080', `${world} 443`, 'outside 443', 'tempo 4317']],
    ['db-migrate', ['postgres 5432']],
    ['web', []],
    ['redis', []],
    ['postgres', ['postgres']],
    ['tempo', ['prometheus 9090']],
    ['grafana', ['prometheus 9090', 'tempo 3200']],
  ])('out of %s', (name, expected) => {
    expect(rules(dev, name, 'egress').sort()).toEqual(expected.sort());
  });

  it('out of Prometheus, which asks the API server for pods and kubelets for containers', () => {
    const own = ['postgres-exporter 9187', 'redis-exporter 9121', 'grafana 3000', 'tempo 3200', 'api 9090', 'executor-pool 9090'];
    expect(rules(dev, 'prometheus', 'egress').sort()).toEqual([...own, 'anywhere 443 6443', 'anywhere 10250'].sort());
  });

  it.each<[string, string[]]>([
    ['api', ['any namespace 9090', 'Jobs 8080', 'executor-pool 8080', 'prometheus 9090']],
    ['executor', []],
    ['executor-pool', ['any namespace 9090', 'api 8080', 'prometheus 9090']],
    ['redis', ['api 6379', 'redis-exporter 6379']],
    ['postgres', ['postgres', 'api 5432', 'db-migrate 5432', 'postgres-exporter 5432']],
    ['tempo', ['Jobs 4317', 'api 4317', 'executor-pool 4317', 'grafana 3200', 'prometheus 3200']],
  ])('into %s', (name, expected) => {
    expect(rules(dev, name, 'ingress').sort()).toEqual(expected.sort());
  });

  it.each([
    ['prod-eu', '10.20.0.0/24'],
    ['prod-us', '10.30.0.0/24'],
  ])('%s: API and migration reach the database outside, and nobody else does', (environment, cidr) => {
    const objects = objectsOf(`${environment}/flow-like`);
    const policies = objects.filter((object) => object.kind === 'NetworkPolicy').map((object) => object.metadata.name);
    const reaching = policies.filter((name) => rules(objects, name.replace('flow-like-', ''), 'egress').includes(`${cidr} 5432`));
    expect(reaching.sort()).toEqual(['flow-like-api', 'flow-like-db-migrate']);
  });

  it('tells the pods of executor Jobs by what Kubernetes puts on them, and no others', () => {
    const { matchExpressions } = one(dev, 'NetworkPolicy/flow-like-executor').spec.podSelector;
    const selects = (labels: Record<string, string>) =>
      matchExpressions.every(({ key, operator }: Any) => key in labels === (operator === 'Exists'));
    const job = { 'batch.kubernetes.io/job-name': 'flow-like-1', 'job-name': 'flow-like-1' };
    expect(selects(job)).toBe(true);
    for (const { object } of workloadsOf(dev)) {
      const { labels } = object.spec.template.metadata;
      expect(selects(object.kind === 'Job' ? { ...labels, ...job } : labels), object.metadata.name).toBe(false);
    }
    const sink = { 'app.kubernetes.io/name': 'flow-like-cron', 'app.kubernetes.io/component': 'sink-trigger', ...job };
    expect(selects(sink)).toBe(false);
    expect(one(chosen({ profiles: ['event-sinks'] }), 'NetworkPolicy/flow-like-sink-trigger').spec.podSelector).toEqual({
      matchLabels: { 'app.kubernetes.io/component': 'sink-trigger' },
    });
  });
});

describe('what it may do in the cluster', () => {
  const granted = (objects: readonly Any[]) =>
    Object.fromEntries(
      objects
        .filter((object) => /^(Cluster)?Role$/.test(object.kind))
        .map((object) => [idOf(object), object.rules.map((rule: Any) => `${rule.resources.join(' ')}: ${rule.verbs.join(' ')}`)]),
    );
  const usual = {
    'Role/flow-like-api': ['jobs: create get delete'], // all that the dispatcher does; the chart grants seven verbs, pods and logs
    'Role/flow-like-prometheus': ['pods: get list watch'],
    // Not nodes/proxy, by which one gets into every pod, nor what else the chart grants.
    'ClusterRole/flow-like-flow-like-prometheus': ['nodes: get list watch', 'nodes/metrics: get'],
  };

  it.each(environments)('%s', (environment) => {
    expect(granted(objectsOf(`${environment}/flow-like`))).toEqual(usual);
  });

  it('with event sinks it manages CronJobs too', () => {
    expect(granted(chosen({ profiles: ['event-sinks'] }))['Role/flow-like-api']).toEqual([
      'jobs: create get delete',
      'cronjobs: create get list patch delete',
    ]);
  });

  it('and only the API and Prometheus have a token', () => {
    const tokens = workloadsOf(dev).filter(({ pod }) => pod.automountServiceAccountToken !== false);
    expect(tokens.map(({ id }) => id).sort()).toEqual([api, 'Deployment/flow-like-prometheus']);
    expect(one(dev, 'ServiceAccount/default').automountServiceAccountToken).toBe(false);
  });
});

describe('executor Jobs', () => {
  it('are made of what the configuration says, under both sets of names', () => {
    const told = own(
      chosen({ parameters: { jobTimeout: 60, jobRetries: 0, registry: 'registry.example.com', version: 'v2' } }),
      api,
    );
    for (const name of ['K8S_NAMESPACE', 'KUBERNETES_NAMESPACE']) expect(told.get(name)).toBe('field metadata.namespace');
    for (const name of ['K8S_JOB_TIMEOUT', 'JOB_TIMEOUT_SECONDS']) expect(told.get(name)).toBe('60');
    for (const name of ['K8S_JOB_MAX_RETRIES', 'JOB_MAX_RETRIES']) expect(told.get(name)).toBe('0');
    for (const name of ['K8S_EXECUTOR_POOL_URL', 'EXECUTOR_URL'])
      expect(told.get(name)).toBe('http://flow-like-executor-pool:8080');
    expect(told.get('K8S_EXECUTOR_IMAGE')).toBe('registry.example.com/flow-like-k8s-executor:v2');
    expect(told.get('API_BASE_URL')).toBe('http://flow-like-api:8080');
    expect(told.has('K8S_RUNTIME_CLASS')).toBe(false);
    expect(told.has('K8S_EXECUTOR_RUNTIME_CLASS')).toBe(false);
  });

  it('run in Kata where the cluster has it', () => {
    const told = own(chosen({ parameters: { runtimeClass: 'kata' }, runtimeClasses: ['kata'] }), api);
    for (const name of ['K8S_RUNTIME_CLASS', 'K8S_EXECUTOR_RUNTIME_CLASS']) expect(told.get(name)).toBe('kata');
  });

  it('and are refused it where the cluster has not', () => {
    for (const runtimeClasses of [[], ['gvisor']])
      expect(complaintsOf(choose({ parameters: { runtimeClass: 'kata' }, runtimeClasses })).join()).toMatch(
        /`executor` asks for RuntimeClass `kata` .*, and cluster try does not list it/,
      );
  });

  it('as the way that runs go, need a namespace that takes pods without a securityContext', () => {
    const objects = chosen({ profiles: ['executor-jobs'] });
    expect(one(objects, 'Namespace/flow-like').metadata.labels['pod-security.kubernetes.io/enforce']).toBe('baseline');
    for (const name of ['EXECUTION_BACKEND', 'ASYNC_EXECUTION_BACKEND'])
      expect(own(objects, api).get(name)).toBe('kubernetes_job');
  });
});

describe('where it is refused', () => {
  const ingress = { ingress: { enabled: true } };
  it.each<[string, Choice, RegExp]>([
    ...['s3Endpoint', 's3Region', 'metaBucket', 'contentBucket', 'logBucket'].map((name): [string, Choice, RegExp] => [
      `storage without ${name}`,
      { parameters: { [name]: undefined } },
      new RegExp(`parameter \`${name}\` has no default`),
    ]),
    ['storage without a protocol', { parameters: { s3Endpoint: 's3.example.com' } }, /`s3Endpoint` must match/],
    ['storage without keys', { sealed: ['api-keys'] }, /seal S3_ACCESS_KEY_ID and S3_SECRET_ACCESS_KEY/],
    ['an API without a key pair', { sealed: ['storage'] }, /seal BACKEND_KEY and BACKEND_PUB/],
    [
      'a database outside without a login',
      { components: { postgres: { external: { host: 'pg.example.com' } } } },
      /seal DATABASE_URL of secret `db-external`/,
    ],
    ['two PostgreSQLs', { components: { postgres: { replicas: 2 } } }, /does not replicate itself/],
    ['two Redis', { components: { redis: { replicas: 2 } } }, /cannot share one volume/],
    ['a queue that nobody empties', { parameters: { asyncBackend: 'redis' } }, /takes one of `http`, `kubernetes_job`/],
    ['runs without a pool', { components: { 'executor-pool': { enabled: false } } }, /executor pool, which is off/],
    [
      'traces without metrics',
      { parameters: { monitoring: false }, components: { tempo: { enabled: true } } },
      /Prometheus, which is off/,
    ],
    ['the API without a host', { components: { api: ingress } }, /ingress of the API is on and has no host/],
    ['the web app without a host', { components: { web: ingress } }, /ingress of the web app is on and has no host/],
    ['Grafana without a host', { components: { grafana: ingress } }, /ingress of Grafana is on and has no host/],
  ])('%s', (_, choice, message) => {
    expect(complaintsOf(choose(choice)).join('\n')).toMatch(message);
  });

  it('and nowhere else', () => {
    expect(complaintsOf(choose())).toEqual([]);
  });
});

describe('the database', () => {
  it('of its own: the password stays in its Secret', () => {
    expect(variables('dev/flow-like', api).get('DATABASE_URL')).toBe(
      'postgresql://$(POSTGRES_USERNAME):$(POSTGRES_PASSWORD)@flow-like-postgres:5432/$(POSTGRES_DATABASE)',
    );
  });

  it.each(['prod-eu', 'prod-us'])('%s: outside, by a sealed URL, for the API and the migration', (environment) => {
    for (const id of [api, 'Job/flow-like-db-migrate'])
      expect(variables(`${environment}/flow-like`, id).get('DATABASE_URL')).toBe('secret flow-like-db-external/DATABASE_URL');
    expect(variables(`${environment}/flow-like`, 'Job/flow-like-db-migrate').get('DB_HOST')).toBe(`pg.${environment}.internal`);
    const secret = get(`${environment}/flow-like`, 'SealedSecret/flow-like-db-external');
    expect(Object.keys(secret.spec.encryptedData)).toEqual(['DATABASE_URL']);
  });

  it('loses data to a migration only where somebody said so', () => {
    const told = environments.map((name) => variables(`${name}/flow-like`, 'Job/flow-like-db-migrate').get('ACCEPT_DATA_LOSS'));
    expect(told).toEqual(['true', 'false', 'false', 'false']);
  });
});

describe('what can be off', () => {
  const without = (choice: Choice) => {
    const all = chosen().map(idOf);
    const left = chosen(choice).map(idOf);
    return all.filter((id) => !left.includes(id) && /^(Deployment|StatefulSet)/.test(id)).sort();
  };

  it('monitoring, with all that belongs to it', () => {
    const parts = ['grafana', 'postgres-exporter', 'prometheus', 'redis-exporter', 'tempo'];
    expect(without({ parameters: { monitoring: false } })).toEqual(parts.map((name) => `Deployment/flow-like-${name}`));
    const objects = chosen({ parameters: { monitoring: false } });
    expect(objects.filter((object) => /^Cluster/.test(object.kind))).toEqual([]);
    expect(own(objects, api).has('OTEL_EXPORTER_OTLP_ENDPOINT')).toBe(false);
  });

  it('tracing', () => {
    expect(without({ parameters: { tracing: false } })).toEqual(['Deployment/flow-like-tempo']);
    for (const name of ['OTEL_EXPORTER_OTLP_ENDPOINT', 'OTEL_SERVICE_NAME']) {
      expect(own(chosen({ parameters: { tracing: false } }), api).has(name)).toBe(false);
      expect(own(chosen(), api).has(name)).toBe(true);
    }
  });

  it('Redis, and then nobody is sent to it', () => {
    const choice = { components: { redis: { enabled: false } } };
    expect(without(choice)).toEqual(['Deployment/flow-like-redis', 'Deployment/flow-like-redis-exporter']);
    expect(own(chosen(choice), api).has('REDIS_URL')).toBe(false);
  });

  it('the password of Redis', () => {
    const objects = chosen({ parameters: { redisAuth: false } });
    expect(own(objects, api).get('REDIS_URL')).toBe('redis://flow-like-redis-master:6379');
    expect(own(chosen(), api).get('REDIS_URL')).toBe('redis://:$(REDIS_REDIS_PASSWORD)@flow-like-redis-master:6379');
    expect(own(objects, 'Deployment/flow-like-redis').has('REDIS_PASSWORD')).toBe(false);
  });

  it('the web app, and the pool where Jobs take the runs', () => {
    expect(without({ components: { web: { enabled: false } } })).toEqual(['Deployment/flow-like-web']);
    const choice = { profiles: ['executor-jobs'], components: { 'executor-pool': { enabled: false } } };
    expect(without(choice)).toEqual(['Deployment/flow-like-executor-pool']);
    expect(own(chosen(choice), api).has('EXECUTOR_URL')).toBe(false);
  });
});

describe('what can be on', () => {
  it('event sinks, whose ConfigMap and Secret the API knows by name', () => {
    const objects = chosen({ profiles: ['event-sinks'] });
    const ids = chosen().map(idOf);
    expect(
      objects
        .map(idOf)
        .filter((id) => !ids.includes(id))
        .sort(),
    ).toEqual([
      'ConfigMap/flow-like-sink-config',
      'NetworkPolicy/flow-like-sink-trigger',
      'SealedSecret/flow-like-sink-secrets',
      'ServiceAccount/flow-like-sink-trigger',
    ]);
    const config = objects.find((object) => object.metadata.name === 'flow-like-sink-config');
    expect(config?.data).toEqual({ 'base-url': 'http://flow-like-api:8080' });
    expect(one(objects, 'SealedSecret/flow-like-sink-secrets').metadata.annotations['stowage.dev/missing-keys']).toBe(
      'trigger-jwt',
    );
    expect(
      Object.fromEntries([...own(objects, api)].filter(([name]) => /^SINK|K8S_(SERVICE_ACCOUNT|CONFIGMAP|SECRET)/.test(name))),
    ).toEqual({
      SINK_SCHEDULER_PROVIDER: 'kubernetes',
      SINK_TRIGGER_IMAGE: 'ghcr.io/tm9657/flow-like/sink-trigger:v1.0.0',
      K8S_SERVICE_ACCOUNT: 'flow-like-sink-trigger',
      K8S_CONFIGMAP_NAME: 'flow-like-sink-config',
      K8S_SECRET_NAME: 'flow-like-sink-secrets',
    });
  });

  it('keys of language models, as references', () => {
    const told = own(chosen({ parameters: { openrouter: true, openai: true } }), 'Deployment/flow-like-executor-pool');
    expect(told.get('OPENROUTER_API_KEY')).toBe('secret flow-like-openrouter/OPENROUTER_API_KEY');
    expect(told.get('OPENROUTER_ENDPOINT')).toBe('https://openrouter.ai/api');
    expect(told.get('OPENAI_API_KEY')).toBe('secret flow-like-openai/OPENAI_API_KEY');
    expect(told.get('OPENAI_ENDPOINT')).toBe('https://api.openai.com/v1');
  });

  it('a volume for traces', () => {
    const objects = chosen({ components: { tempo: { volumes: { data: { persistent: true } } } } });
    expect(one(objects, 'PersistentVolumeClaim/flow-like-tempo').spec.resources.requests.storage).toBe('10Gi');
  });

  it('an ingress that takes uploads and runs of an hour', () => {
    const { metadata, spec } = get('prod-eu/flow-like', 'Ingress/flow-like');
    expect(spec.tls).toEqual([{ hosts: ['api.flow-like.eu.example.com'], secretName: 'flow-like-tls' }]);
    expect(spec.ingressClassName).toBe('nginx');
    expect(metadata.annotations).toMatchObject({
      'cert-manager.io/cluster-issuer': 'letsencrypt-prod',
      'nginx.ingress.kubernetes.io/proxy-body-size': '100m',
      'nginx.ingress.kubernetes.io/proxy-read-timeout': '3600',
      'nginx.ingress.kubernetes.io/proxy-send-timeout': '3600',
    });
  });

  it('a ServiceMonitor of the port that has metrics', () => {
    const { spec } = get('prod-eu/flow-like', 'ServiceMonitor/flow-like-api');
    expect(spec.endpoints).toEqual([{ port: 'metrics', path: '/metrics', interval: '30s', scrapeTimeout: '10s' }]);
  });
});
