import { describe, expect, it } from 'vitest';
import { type Any, get, objectsOf, variables, variablesOf, workloadsOf } from './fleet.ts';
import { choices, type Place } from './flts.inventory.ts';
import { type Column, sizes, stated, trimmed } from './flts.sizes.ts';
import { timings } from './flts.timings.ts';
import { values } from './flts.variables.ts';

const places = (Object.keys(choices) as Place[]).map((place) => ({ place, name: `${place}/flts`, choice: choices[place] }));
const columnOf = (place: Place): Column => (place === 'dev' ? 'dev' : choices[place].production ? 'prod' : 'base');

const specOf = (object: Any) => (object.spec.jobTemplate?.spec ?? object.spec).template.spec;
const cell = ({ requests, limits }: Any) => `${requests.cpu}/${requests.memory} → ${limits.cpu}/${limits.memory}`;

function amount(quantity: string): number {
  const [, digits, unit = ''] = /^([\d.]+)(m|Mi|Gi)?$/.exec(quantity) as RegExpExecArray;
  return Number(digits) * ({ '': 1, m: 1e-3, Mi: 2 ** 20, Gi: 2 ** 30 }[unit] as number);
}

const delays = (probe: Any) =>
  probe === undefined
    ? undefined
    : `${probe.initialDelaySeconds ?? 0}/${probe.periodSeconds ?? 10}/${probe.timeoutSeconds ?? 1} ×${probe.failureThreshold ?? 3}`;

describe.each(places)('$name', ({ place, name, choice }) => {
  const column = columnOf(place);
  const workloads = workloadsOf(objectsOf(name));

  it.each(workloads)('$id has every variable with its value', ({ id, main }) => {
    const expected = values[id]?.(choice) ?? {};
    const shown = (value: string | RegExp) => (typeof value === 'string' ? value : expect.stringMatching(value));
    expect(Object.fromEntries(variablesOf(main, objectsOf(name)))).toEqual(
      Object.fromEntries(Object.entries(expected).map(([key, value]) => [key, shown(value)])),
    );
  });

  it('gives each pod what the table says', () => {
    const found = Object.fromEntries(workloads.map(({ id, main }) => [id, cell(main.resources)]));
    const expected = workloads.map(({ id }) => [id, trimmed[id]?.[column] ?? sizes[id]?.[column]]);
    expect(found).toEqual(Object.fromEntries(expected));
  });

  it('fits what the seed states for the whole', () => {
    const [cpu, bytes] = stated[column] ?? [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY];
    const running = workloads.filter(({ object }) => /^(Deployment|StatefulSet)$/.test(object.kind));
    const fewest = objectsOf(name).find((object) => object.kind === 'HorizontalPodAutoscaler')?.spec.minReplicas;
    const sum = (what: string) =>
      running.reduce(
        (total, { object, main }) => total + amount(main.resources.requests[what]) * (object.spec.replicas ?? fewest),
        0,
      );
    expect(sum('cpu')).toBeGreaterThan(1);
    expect(sum('cpu')).toBeLessThanOrEqual(cpu);
    expect(sum('memory')).toBeLessThanOrEqual(bytes);
  });

  it('has as many pods as the table says', () => {
    const counted = workloads.filter(({ object }) => /^(Deployment|StatefulSet)$/.test(object.kind));
    const position = { base: 0, dev: 1, prod: 2 }[column];
    const scaled = objectsOf(name).some((object) => object.kind === 'HorizontalPodAutoscaler');
    const expected = counted.map(({ id }) => [
      id,
      id === 'Deployment/inference' && scaled ? undefined : sizes[id]?.replicas?.[position],
    ]);
    expect(Object.fromEntries(counted.map(({ id, object }) => [id, object.spec.replicas]))).toEqual(Object.fromEntries(expected));
  });

  it('runs each program as the user that its files belong to, restricted', () => {
    expect(Object.fromEntries(workloads.map(({ id, pod }) => [id, pod.securityContext.runAsUser]))).toEqual(
      Object.fromEntries(workloads.map(({ id }) => [id, sizes[id]?.user])),
    );
    const { labels } = get(name, `Namespace/${choice.external ? place : 'flts'}`).metadata;
    expect(labels['pod-security.kubernetes.io/enforce']).toBe('restricted');
    for (const { pod, containers } of workloads) {
      expect(pod.securityContext).toMatchObject({ runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } });
      expect(pod).toMatchObject({ automountServiceAccountToken: false, enableServiceLinks: false, serviceAccountName: 'flts' });
      for (const container of containers)
        expect(container.securityContext).toMatchObject({ allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } });
    }
  });

  it('limits every container', () => {
    for (const { id, containers } of workloads)
      for (const { name: container, resources } of containers)
        for (const kind of ['requests', 'limits'])
          for (const what of ['cpu', 'memory'])
            expect(resources?.[kind]?.[what], `${id} ${container} ${kind} ${what}`).toBeDefined();
  });

  it('asks whether programs live as often as the sources say', () => {
    for (const [id, expected] of Object.entries(timings)) {
      const found = workloads.find((one) => one.id === id);
      if (found === undefined) continue;
      const { livenessProbe, readinessProbe, startupProbe } = found.main;
      const given = { live: delays(livenessProbe), ready: delays(readinessProbe), startup: delays(startupProbe) };
      expect({ id, ...given }).toEqual({ live: undefined, ready: undefined, startup: undefined, id, ...expected });
    }
  });

  it('keeps one way of stopping a program that cannot be there twice', () => {
    for (const { id, object, pod } of workloads.filter(({ object }) => object.kind === 'Deployment')) {
      const claims = (pod.volumes ?? []).some((volume: Any) => volume.persistentVolumeClaim);
      if (claims) expect(object.spec.strategy?.type, id).toBe('Recreate');
    }
  });

  it('starts nothing by hand: no image that moves', () => {
    for (const { containers } of workloads)
      for (const { image, imagePullPolicy } of containers) {
        expect(image).toMatch(/:[\w.-]+$/);
        expect(image).not.toMatch(/:latest$/);
        expect([undefined, 'IfNotPresent']).toContain(imagePullPolicy);
      }
  });

  it('scales the inference', () => {
    const found = objectsOf(name).find((object) => object.kind === 'HorizontalPodAutoscaler');
    const [min, max, memory] = { base: [2, 10, 80], dev: [2, 8, 75], prod: [4, 20, 75] }[column] as [number, number, number];
    if (place === 'flts-external-backend') return expect(found).toBeUndefined();
    const utilisation = (resource: string, averageUtilization: number) => ({
      type: 'Resource',
      resource: { name: resource, target: { type: 'Utilization', averageUtilization } },
    });
    expect(found?.spec).toEqual({
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'inference' },
      minReplicas: min,
      maxReplicas: max,
      metrics: [utilisation('cpu', 70), utilisation('memory', memory)],
      behavior: {
        scaleUp: {
          stabilizationWindowSeconds: 60,
          selectPolicy: 'Max',
          policies: [
            { type: 'Percent', value: 50, periodSeconds: 60 },
            { type: 'Pods', value: 2, periodSeconds: 60 },
          ],
        },
        scaleDown: { stabilizationWindowSeconds: 300, policies: [{ type: 'Percent', value: 25, periodSeconds: 60 }] },
      },
    });
  });

  it('publishes what it should', () => {
    const published = objectsOf(name)
      .filter((object) => object.kind === 'Service' && (object.spec.type ?? 'ClusterIP') !== 'ClusterIP')
      .map(({ metadata, spec }) => [metadata.name, spec.type, ...spec.ports.map((port: Any) => port.nodePort).filter(Boolean)]);
    const expected = {
      dev: [
        ['inference', 'NodePort', 30080],
        ['inference-lb', 'NodePort', 30023],
        ['minio', 'NodePort', 30900, 30901],
        ['mlflow', 'NodePort', 30500],
      ],
      base: [], // where an Ingress is, or a developer's port-forward
      prod: [['inference-lb', 'LoadBalancer']],
    };
    expect(published.sort()).toEqual(expected[column]);
  });

  it('offers its ports by the numbers that others know', () => {
    const services = objectsOf(name).filter((object) => object.kind === 'Service' && object.spec.selector !== undefined);
    const offered = Object.fromEntries(
      services.map(({ metadata, spec }) => [metadata.name, spec.ports.map((port: Any) => port.port)]),
    );
    const expected = {
      kafka: [9092, 9093],
      preprocess: [8020],
      'train-gru': [8021],
      'train-lstm': [8021],
      'nonml-prophet': [8022],
      eval: [8050],
      inference: [8000, 9091],
      'inference-lb': [80],
      'inference-lb-stats': [9000],
      prometheus: [9090],
      grafana: [3000],
      ...(choice.external
        ? {}
        : { minio: [9000, 9001], postgres: [5432], mlflow: [5000], 'fastapi-app': [8000], locust: [8089, 5557, 5558] }),
    };
    expect(offered).toMatchObject(expected);
    for (const { metadata, spec } of services)
      expect(spec.clusterIP, metadata.name).toBe(metadata.name.endsWith('-headless') ? 'None' : undefined);
  });
});

const inCluster = places.filter(({ choice }) => !choice.external);
const production = places.filter(({ choice }) => choice.production);

describe.each(inCluster)('$name: its own backend', ({ place, name, choice }) => {
  it('makes every bucket that a program uses', () => {
    const made = (variables(name, 'Job/minio-init').get('BUCKETS') as string).split(' ');
    const used = ['dataset', 'processed-data', 'mlflow', 'model-promotion', 'inference-logs'];
    expect(made).toEqual(expect.arrayContaining(used));
    const { args } = get(name, 'Deployment/mlflow').spec.template.spec.containers[0];
    expect(args).toContain('--default-artifact-root=s3://mlflow');
    const script = get(name, 'ConfigMap/minio-init').data['make-buckets.sh'] as string;
    expect(script).toContain('--ignore-existing');
    expect(script).not.toMatch(/anonymous|policy set/); // the chart lets anybody read them
  });

  it('numbers the brokers and their voters alike', () => {
    const kafka = variables(name, 'StatefulSet/kafka');
    const voters = (kafka.get('KAFKA_CONTROLLER_QUORUM_VOTERS') as string).split(',');
    expect(voters.map((voter) => /^(\d+)@kafka-(\d+)\./.exec(voter)?.slice(1))).toEqual(
      Array.from({ length: choice.brokers }, (_, index) => [String(index), String(index)]),
    );
    expect(get(name, 'StatefulSet/kafka').spec).toMatchObject({ serviceName: 'kafka-headless', podManagementPolicy: 'Parallel' });
    expect(get(name, 'Service/kafka-headless').spec.publishNotReadyAddresses).toBe(true);
  });

  it('lets MLflow upgrade its schema with the database that it then uses', () => {
    const { initContainers, containers } = get(name, 'Deployment/mlflow').spec.template.spec;
    const uri = (container: Any) => container.env.find((one: Any) => one.name === 'MLFLOW_BACKEND_STORE_URI').value;
    const upgrade = initContainers.find((one: Any) => one.name === 'upgrade-schema');
    expect(initContainers.map((one: Any) => one.name)).toEqual(['wait-for-dependencies', 'upgrade-schema']);
    expect(upgrade.command.join(' ')).toContain('mlflow db upgrade');
    expect(uri(upgrade)).toBe(uri(containers[0]));
    expect([...containers[0].command, ...containers[0].args].join(' ')).not.toContain('postgresql://');
  });

  it('starts in order, and waits for nobody who waits for a model', () => {
    const waits = (id: string) =>
      specOf(get(name, id))
        .initContainers?.find((one: Any) => one.name === 'wait-for-dependencies')
        ?.args.map((address: string) => address.replace(/:.*/, '')) ?? [];
    const expected: Record<string, string[]> = {
      'Job/minio-init': ['minio'],
      'Deployment/mlflow': ['minio', 'postgres'],
      'Deployment/fastapi-app': ['minio'],
      'Deployment/preprocess': ['fastapi-app', 'kafka'],
      ...Object.fromEntries(
        ['train-gru', 'train-lstm', 'nonml-prophet'].map((id) => [
          `Deployment/${id}`,
          ['fastapi-app', 'kafka', 'minio', 'mlflow'],
        ]),
      ),
      'Deployment/eval': ['fastapi-app', 'kafka', 'minio', 'mlflow'],
      'Deployment/inference': ['fastapi-app', 'kafka', 'minio', 'mlflow'],
      'Deployment/locust-worker': ['fastapi-app', 'inference-lb', 'locust'], // whose addresses it knows
    };
    expect(Object.fromEntries(Object.keys(expected).map((id) => [id, waits(id).sort()]))).toEqual(expected);
    for (const { id } of workloadsOf(objectsOf(name))) expect(waits(id), id).not.toContain('inference');
    const wave = (id: string) => Number(get(name, id).metadata.annotations?.['argocd.argoproj.io/sync-wave'] ?? 0);
    expect(wave('StatefulSet/minio')).toBeLessThan(wave('Job/minio-init'));
    for (const id of ['Deployment/mlflow', 'Deployment/fastapi-app']) {
      expect(wave('Job/minio-init')).toBeLessThan(wave(id));
      for (const later of ['train-gru', 'eval', 'inference']) expect(wave(id)).toBeLessThan(wave(`Deployment/${later}`));
    }
    expect(wave('Deployment/locust-master')).toBeLessThan(wave('Deployment/locust-worker'));
  });

  it('keeps what must last where it lasts', () => {
    const sets = ['kafka', 'minio', 'postgres'].flatMap((id) => get(name, `StatefulSet/${id}`).spec.volumeClaimTemplates);
    const claims = [...sets, ...objectsOf(name).filter((object) => object.kind === 'PersistentVolumeClaim')];
    for (const { metadata, spec } of claims) {
      expect(spec.accessModes, metadata.name).toEqual(['ReadWriteOnce']);
      expect(spec.storageClassName, metadata.name).toBe(choices[place].production ? 'ssd-retain' : undefined);
    }
  });
});

describe.each(production)('$name: production', ({ name }) => {
  it('keeps enough pods through a drain', () => {
    const budgets = objectsOf(name).filter((object) => object.kind === 'PodDisruptionBudget');
    const said = budgets.map(({ metadata, spec: { selector: _, ...spec } }) => [metadata.name, spec]);
    expect(Object.fromEntries(said)).toEqual({
      kafka: { maxUnavailable: 1 },
      inference: { minAvailable: 2 },
      'inference-lb': { maxUnavailable: 1 },
    });
  });

  it('spreads over zones what has several pods', () => {
    const several = ['StatefulSet/kafka', 'Deployment/inference', 'Deployment/inference-lb'];
    for (const id of several) {
      const constraints = specOf(get(name, id)).topologySpreadConstraints ?? [];
      const keys = constraints.map((one: Any) => one.topologyKey);
      expect(keys, id).toEqual(expect.arrayContaining(['topology.kubernetes.io/zone', 'kubernetes.io/hostname']));
    }
  });

  it('leads three hosts to three programs, by one certificate', () => {
    const { metadata, spec } = get(name, 'Ingress/flts');
    const routes = spec.rules.map((rule: Any) => {
      const [{ backend }, ...more] = rule.http.paths;
      expect(more).toEqual([]);
      const service = get(name, `Service/${backend.service.name}`);
      const port = service.spec.ports.find((one: Any) => one.name === backend.service.port.name)?.port;
      return [rule.host.replace(/\..*/, ''), `${backend.service.name}:${port ?? backend.service.port.number}`];
    });
    expect(Object.fromEntries(routes)).toEqual({ mlflow: 'mlflow:5000', grafana: 'grafana:3000', api: 'inference-lb:80' });
    expect(spec).toMatchObject({ ingressClassName: 'nginx', tls: [{ secretName: 'flts-tls-prod' }] });
    expect(spec.tls).toHaveLength(1);
    expect(metadata.annotations).toMatchObject({ 'cert-manager.io/cluster-issuer': 'letsencrypt-prod' });
    expect(metadata.annotations['kubernetes.io/ingress.class']).toBeUndefined(); // the chart names the class twice
  });

  it('takes its own images from a registry', () => {
    for (const { main } of workloadsOf(objectsOf(name)))
      if (/\b(mlflow|fastapi-app|preprocess|train|nonml|eval|inference):/.test(main.image))
        expect(main.image).toMatch(/^[\w.-]+\.[\w.-]+\//);
  });

  it('copies the database and the buckets every night', () => {
    for (const id of ['postgres-backup', 'minio-backup']) {
      const { schedule, concurrencyPolicy } = get(name, `CronJob/${id}`).spec;
      expect(schedule).toMatch(/^\d+ [0-6] \* \* \*$/);
      expect(concurrencyPolicy).toBe('Forbid');
    }
    expect(get(name, 'ConfigMap/postgres-backup').data['dump-database.sh']).toContain('pg_dump');
    expect(get(name, 'ConfigMap/minio-backup').data['mirror-buckets.sh']).toContain('mc mirror');
  });
});

describe('flts-external-backend/flts: the backend on the developers’ host', () => {
  it('is reached by bridges to one address', () => {
    const ports = { mlflow: 5000, minio: 9000, fastapi: 8000 };
    for (const [name, port] of Object.entries(ports)) {
      const service = get('flts-external-backend/flts', `Service/docker-${name}-bridge`);
      const slice = get('flts-external-backend/flts', `EndpointSlice/docker-${name}-bridge`);
      expect(service.spec.selector).toBeUndefined();
      expect(service.spec.ports.map((one: Any) => one.port)).toEqual([port]);
      expect(slice).toMatchObject({ addressType: 'IPv4', endpoints: [{ addresses: ['192.168.65.254'] }], ports: [{ port }] });
    }
  });
});
