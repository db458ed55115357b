import { describe, expect, it } from 'vitest';
import { type CompileResult, compile } from '../../src/index.ts';
import { partOfFleet, withFiles } from '../support/fleet-files.ts';
import { clean, get, idOf, inputs, objectsOf, renders, variables, workloadsOf } from './fleet.ts';

/** Of the fleet only this System and its developers' cluster: many choices of it are compiled here. */
const own = partOfFleet(inputs, (path) =>
  /^(stowage\.yaml$|systems\/flts\/(system\.yaml$|files\/)|clusters\/dev\/(cluster\.yaml|sealing\.pem)$)/.test(path),
);

/** The pipeline as it is in `dev`, with more said of it. */
function pipeline(fields = ''): CompileResult {
  const head = 'apiVersion: stowage.dev/v1\nkind: Environment\nmetadata: { name: dev }\n';
  const entry = `{ profiles: [autoscaled, dev]${fields === '' ? '' : `, ${fields}`} }`;
  return compile(withFiles(own, { 'clusters/dev/dev.yaml': `${head}spec: { stage: dev, systems: { flts: ${entry} } }\n` }));
}

const components = (fields: string) => `components: { ${fields} }`;
const refusals = (result: CompileResult) => result.diagnostics.map(({ code, message }) => `${code}: ${message}`);

describe('addresses and lists follow what is on', () => {
  it('the evaluator waits for the trainers that there are', () => {
    const expected = (result?: CompileResult) => variables('dev/flts', 'Deployment/eval', result).get('EXPECTED_MODEL_TYPES');
    expect(expected()).toBe('GRU,LSTM,PROPHET');
    expect(expected(clean(pipeline(components('train-lstm: { enabled: false }'))))).toBe('GRU,PROPHET');
    expect(expected(clean(pipeline(components('train-gru: { enabled: false }, nonml-prophet: { enabled: false }'))))).toBe(
      'LSTM',
    );
  });

  it('the load goes to the balancer, and past it where there is none', () => {
    const target = (result?: CompileResult) => variables('dev/flts', 'Deployment/locust-worker', result).get('PREDICT_URL');
    expect(target()).toBe('http://inference-lb:80/predict');
    expect(target(clean(pipeline(components('inference-lb: { enabled: false }'))))).toBe('http://inference:8000/predict');
  });

  it('whoever is switched off leaves nothing behind', () => {
    const off = ['prometheus', 'locust-master', 'train-gru', 'inference-lb'];
    const result = clean(pipeline(components(off.map((name) => `${name}: { enabled: false }`).join(', '))));
    const ids = objectsOf('dev/flts', result).map(idOf);
    expect(ids.filter((id) => /prometheus|grafana|locust|train-gru|inference-lb/.test(id))).toEqual([]);
  });

  it('an optional run and the exploration can be switched on', () => {
    const result = clean(pipeline(components('eda: { enabled: true }, preprocess-run: { enabled: true }')));
    const ids = objectsOf('dev/flts', result).map(idOf);
    expect(ids).toEqual(expect.arrayContaining(['Deployment/eda', 'Service/eda', 'Job/preprocess-run']));
  });

  it.each([1, 3, 5])('%d brokers know each other, and topics have as many copies as they can', (count) => {
    const result = clean(pipeline(components(`kafka: { replicas: ${count} }`)));
    const all = variables('dev/flts', 'StatefulSet/kafka', result);
    const voters = Array.from({ length: count }, (_, i) => `${i}@kafka-${i}.kafka-headless.flts.svc.cluster.local:9093`);
    expect(all.get('KAFKA_CONTROLLER_QUORUM_VOTERS')).toBe(voters.join(','));
    expect(all.get('KAFKA_NODE_ID')).toBe("field metadata.labels['apps.kubernetes.io/pod-index']");
    expect(all.get('KAFKA_DEFAULT_REPLICATION_FACTOR')).toBe(count < 3 ? '1' : '3');
    expect(all.get('KAFKA_MIN_INSYNC_REPLICAS')).toBe(count < 3 ? '1' : '2');
  });

  it('a topic or bucket has its name from one place', () => {
    const result = clean(pipeline('parameters: { topics: { trained: trained-v2 }, buckets: { promotion: promoted } }'));
    const of = (id: string) => variables('dev/flts', id, result);
    expect(of('Deployment/train-gru').get('PRODUCER_TOPIC')).toBe('trained-v2');
    expect(of('Deployment/eval').get('MODEL_TRAINING_TOPIC')).toBe('trained-v2');
    expect(of('Deployment/inference').get('CONSUMER_TOPIC_1')).toBe('trained-v2');
    expect(of('Deployment/eval').get('PROMOTION_BUCKET')).toBe('promoted');
    expect(of('Job/minio-init').get('BUCKETS')?.split(' ')).toContain('promoted');
    expect(of('Deployment/locust-worker').get('ENDPOINT_DOWNLOAD')).toBe(
      'http://fastapi-app:8000/download/promoted/current.json',
    );
  });
});

describe('what cannot work is refused', () => {
  const trainers = ['train-gru', 'train-lstm', 'nonml-prophet'].map((name) => `${name}: { enabled: false }`).join(', ');
  const outside = 'external: { address: 192.0.2.7 }';

  it.each([
    [components(`mlflow: { ${outside} }`), 'an MLflow or a gateway outside cannot reach the MinIO in here'],
    [components(`minio: { ${outside} }, minio-init: { enabled: true }`), 'the buckets of a MinIO outside are not ours to make'],
    [components(`minio: { ${outside} }, minio-backup: { enabled: true }`), 'a MinIO outside is backed up where it is'],
    [components('postgres: { enabled: false }'), 'MLflow has no database'],
    [
      components(`mlflow: { ${outside} }, minio: { ${outside} }, postgres-backup: { enabled: true }`),
      'there is no database to dump',
    ],
    [components(trainers), 'without a trainer there is never a model to promote'],
    [components('kafka: { replicas: 2 }'), 'Kafka needs one broker, or an odd number'],
    [components('kafka: { replicas: 4 }'), 'Kafka needs one broker, or an odd number'],
    [components('minio: { replicas: 2 }'), 'several MinIO pods'],
    [components('postgres: { replicas: 2 }'), 'this Postgres does not replicate itself'],
    ['parameters: { partitions: 7 }', 'there are more inference pods than partitions'],
    ['parameters: { topics: { trained: training-data } }', 'two uses share a topic'],
    [components('locust-worker: { enabled: false }'), 'a Locust master without workers'],
    [components('locust-master: { enabled: false }, locust-worker: { enabled: true }'), 'Locust workers have no master'],
    [components('locust-master: { replicas: 2 }'), 'several Locust masters'],
    [components('prometheus: { enabled: false }, grafana: { enabled: true }'), 'Grafana has no data source'],
    [components('mlflow: { ingress: { enabled: true } }'), 'an ingress is on and has no host'],
    ['parameters: { strict: true }', 'production takes its images from a registry'],
    ['parameters: { strict: true }', 'in production MinIO and MLflow are reached from inside'],
    ['parameters: { strict: true }', 'in production Kafka survives the loss of a broker'],
  ])('%s: %s', (fields, message) => {
    const result = pipeline(fields);
    expect(refusals(result).some((one) => one.startsWith(`validation-failed: ${message}`))).toBe(true);
    expect(result.files.size).toBe(0);
  });
});

const pipelines = renders.filter(({ system }) => system === 'flts');

/** CPUs and GiB that the pods of long standing ask for, at the fewest replicas. */
function requested(objects: (typeof renders)[number]['objects']): { cpu: number; memory: number } {
  const sum = { cpu: 0, memory: 0 };
  for (const { object, pod } of workloadsOf(objects)) {
    if (object.kind === 'Job' || object.kind === 'CronJob') continue;
    const autoscaler = objects.find(
      (one) => one.kind === 'HorizontalPodAutoscaler' && one.metadata.name === object.metadata.name,
    );
    const replicas = autoscaler?.spec.minReplicas ?? object.spec.replicas;
    for (const { resources } of pod.containers) {
      sum.cpu += replicas * cpus(resources.requests.cpu);
      sum.memory += replicas * gibibytes(resources.requests.memory);
    }
  }
  return sum;
}

const cpus = (text: string) => (text.endsWith('m') ? Number(text.slice(0, -1)) / 1000 : Number(text));
const gibibytes = (text: string) => Number(text.slice(0, -2)) / (text.endsWith('Mi') ? 1024 : 1);

describe.each(pipelines)('$name', ({ environment, objects }) => {
  const [cpu, memory] =
    environment === 'dev' ? [4, 8] : environment.startsWith('prod') ? [30, 50e9 / 2 ** 30] : [Infinity, Infinity];

  it('asks for no more than it was given', () => {
    const sum = requested(objects);
    expect(sum.cpu).toBeGreaterThan(1);
    expect(sum.cpu).toBeLessThanOrEqual(cpu);
    expect(sum.memory).toBeLessThanOrEqual(memory);
  });

  it('says of every container what it needs and what it may have', () => {
    for (const { id, containers } of workloadsOf(objects))
      for (const { name, resources } of containers)
        for (const kind of ['requests', 'limits'])
          expect(Object.keys(resources?.[kind] ?? {}).sort(), `${id} ${name} ${kind}`).toEqual(['cpu', 'memory']);
  });
});

it('a Service leads to every host that has an address only', () => {
  const name = 'flts-external-backend/flts';
  for (const [bridge, port] of [
    ['docker-minio-bridge', 9000],
    ['docker-mlflow-bridge', 5000],
    ['docker-fastapi-bridge', 8000],
  ] as const) {
    const service = get(name, `Service/${bridge}`);
    expect(service.spec.selector).toBeUndefined();
    expect(service.spec.ports.map((one: { port: number }) => one.port)).toEqual([port]);
    const slice = get(name, `EndpointSlice/${bridge}`);
    expect(slice.metadata.labels['kubernetes.io/service-name']).toBe(bridge);
    expect(slice.ports).toEqual(service.spec.ports);
    expect(slice.endpoints).toEqual([{ addresses: ['192.168.65.254'], conditions: { ready: true } }]);
  }
});
