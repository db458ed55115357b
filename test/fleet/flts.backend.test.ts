import { describe, expect, it } from 'vitest';
import { type Any, get, objectsOf, variables, workloadsOf } from './fleet.ts';
import { choices, type Place } from './flts.inventory.ts';

const specOf = (object: Any) => (object.spec.jobTemplate?.spec ?? object.spec).template.spec;
const places = (Object.keys(choices) as Place[]).map((place) => ({ place, name: `${place}/flts`, choice: choices[place] }));
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
