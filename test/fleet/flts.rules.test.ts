import { dump } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { type CompileResult, compile } from '../../src/index.ts';
import { asBytes, partOfFleet } from '../support/fleet-files.ts';
import { type Any, clean, get, idOf, inputs, objectsOf, variables, workloadsOf } from './fleet.ts';
import { complaintsAbout } from './resolver/complaints.ts';
import { renderOf } from './resolver/render.ts';

const own = partOfFleet(inputs, (path) =>
  /^(stowage\.yaml|systems\/flts\/(?!releases)|clusters\/dev\/(cluster|sealing))/.test(path),
);

/** FLTS alone, as it is being worked on, in an environment that chooses this. */
function choose(entry: Any, cluster?: [string, string]): CompileResult {
  const environment = {
    apiVersion: 'stowage.dev/v1',
    kind: 'Environment',
    metadata: { name: 'try' },
    spec: { stage: 'dev', systems: { flts: entry } },
  };
  const files = new Map<string, string | Uint8Array>([...own, ['clusters/dev/try.yaml', dump(environment)]]);
  if (cluster !== undefined) {
    const text = new TextDecoder().decode(own.get('clusters/dev/cluster.yaml'));
    expect(text).toContain(cluster[0]);
    files.set('clusters/dev/cluster.yaml', text.replace(...cluster));
  }
  return compile(asBytes(files));
}

const name = 'try/flts';
const autoscale = (fields: Any) => ({ components: { inference: { autoscale: { min: 2, max: 8, cpu: 70, ...fields } } } });
const nodePort = (port: number, number: number) => ({
  service: { type: 'NodePort' },
  ports: { http: { port, nodePort: number } },
});
const here = '192.168.65.254';
const backend = {
  minio: { external: { address: here, ports: { api: 9000 } } },
  mlflow: { external: { address: here, port: 5000 } },
  'fastapi-app': { external: { address: here, port: 8000 } },
};
const strict = (rest: Any = {}) => ({
  parameters: { strict: true, registry: 'registry.example.com/flts/', domain: 'flts.example.org' },
  ...rest,
  components: { kafka: { replicas: 3 }, ...rest.components },
});

describe('refuses what would not work:', () => {
  it.each([
    ['a tracker outside with the store in here', { components: { mlflow: backend.mlflow } }, /MinIO/],
    ['a gateway outside with the store in here', { components: { 'fastapi-app': backend['fastapi-app'] } }, /MinIO/],
    ['a backend outside without its address', { components: { mlflow: { external: {} } } }, /external|address|host/],
    ['no store at all', { components: { minio: { enabled: false } } }, /minio/],
    ['no tracker at all', { components: { mlflow: { enabled: false } } }, /mlflow/],
    ['no gateway at all', { components: { 'fastapi-app': { enabled: false } } }, /fastapi-app/],
    ['no database for the tracker', { components: { postgres: { enabled: false } } }, /postgres/],
    [
      'no trainer',
      { components: Object.fromEntries(['train-gru', 'train-lstm', 'nonml-prophet'].map((id) => [id, { enabled: false }])) },
      /trainer/,
    ],
    ['a topic for two uses', { parameters: { topics: { trained: 'training-data' } } }, /topic/],
    ['two brokers', { components: { kafka: { replicas: 2 } } }, /broker|quorum/],
    ['four brokers', { components: { kafka: { replicas: 4 } } }, /broker|quorum/],
    ['several object stores', { components: { minio: { replicas: 2 } } }, /MinIO/],
    ['several databases', { components: { postgres: { replicas: 2 } } }, /Postgres/],
    ['fewer partitions than inference pods', { ...autoscale({}), parameters: { partitions: 4 } }, /partition/],
    ['a smallest number above the greatest', autoscale({ min: 9 }), /min|max/],
    ['an ingress without a domain', { components: { grafana: { ingress: { enabled: true } } } }, /domain/],
    ['dashboards without data', { components: { prometheus: { enabled: false }, grafana: { enabled: true } } }, /prometheus/],
    [
      'Locust workers alone',
      { components: { 'locust-master': { enabled: false }, 'locust-worker': { enabled: true } } },
      /master/,
    ],
    ['a Locust master alone', { components: { 'locust-worker': { replicas: 0 } } }, /workers/],
    [
      'a budget that blocks every drain',
      { components: { inference: { disruptionBudget: { minAvailable: 2 } } } },
      /drain|evict|block/,
    ],
    ['a node port twice', { components: { inference: nodePort(8000, 30080), grafana: nodePort(3000, 30080) } }, /30080/],
    ['a node port out of range', { components: { grafana: nodePort(3000, 8080) } }, /8080/],
    ['in production an image from nowhere', strict({ parameters: { strict: true } }), /registry/],
    ['in production one broker', strict({ components: { kafka: { replicas: 1 } } }), /Kafka/],
    ['in production the store on a node port', strict({ components: { minio: { service: { type: 'NodePort' } } } }), /MinIO/],
    ['in production the tracker on a node port', strict({ components: { mlflow: { service: { type: 'NodePort' } } } }), /MLflow/],
    ['a storage class that the cluster has not', { profiles: ['production'], ...strict() }, /ssd-retain/],
  ])('%s', (_, entry, message) => {
    const result = choose(entry);
    const errors = result.diagnostics.filter((one) => one.severity === 'error').map((one) => one.message);
    expect(
      errors.filter((error) => message.test(error)),
      errors.join('\n'),
    ).not.toEqual([]);
    expect(result.ok).toBe(false);
  });

  it('an autoscaler where nobody measures', () => {
    const result = choose(autoscale({}), ['metricsServer: true', 'metricsServer: false']);
    expect(result.diagnostics.map((one) => one.message).join('\n')).toMatch(/does not measure/);
    expect(result.ok).toBe(false);
  });
});

describe('lets one choice move all that hangs on it:', () => {
  it('the trainers and the models that are waited for', () => {
    const result = clean(choose({ components: { 'train-lstm': { enabled: false } } }));
    expect(variables(name, 'Deployment/eval', result).get('EXPECTED_MODEL_TYPES')).toBe('GRU,PROPHET');
    expect(objectsOf(name, result).map(idOf)).not.toContain('Service/train-lstm');
    expect(complaintsAbout(renderOf(objectsOf(name, result)))).toEqual([]);
  });

  it('a topic and both of its ends', () => {
    const topics = { training: 'a', inference: 'b', trained: 'c', selected: 'd', evaluated: 'e', unselected: 'f' };
    const result = clean(choose({ parameters: { topics } }));
    const of = (id: string, key: string) => variables(name, `Deployment/${id}`, result).get(key);
    expect([
      of('preprocess', 'PRODUCER_TOPIC_0'),
      of('train-gru', 'CONSUMER_TOPIC'),
      of('nonml-prophet', 'CONSUMER_TOPIC'),
    ]).toEqual(['a', 'a', 'a']);
    expect([of('preprocess', 'PRODUCER_TOPIC_1'), of('inference', 'CONSUMER_TOPIC_0')]).toEqual(['b', 'b']);
    expect([of('train-lstm', 'PRODUCER_TOPIC'), of('eval', 'MODEL_TRAINING_TOPIC'), of('inference', 'CONSUMER_TOPIC_1')]).toEqual(
      ['c', 'c', 'c'],
    );
    expect([of('eval', 'MODEL_SELECTED_TOPIC'), of('inference', 'PROMOTION_TOPIC')]).toEqual(['d', 'd']);
    expect([of('inference', 'PRODUCER_TOPIC'), of('eval', 'DLQ_MODEL_SELECTED')]).toEqual(['e', 'f']);
  });

  it('a bucket, those who use it and the Job that makes it', () => {
    const buckets = { dataset: 'a1a', mlflow: 'b1b', promotion: 'c1c', logs: 'd1d' };
    const result = clean(choose({ parameters: { buckets } }));
    const of = (id: string, key: string) => variables(name, id, result).get(key);
    expect(of('Job/minio-init', 'BUCKETS')?.split(' ')).toEqual(expect.arrayContaining(Object.values(buckets)));
    expect(of('Deployment/fastapi-app', 'MINIO_DEFAULT_BUCKET')).toBe('a1a');
    expect(get(name, 'Deployment/mlflow', result).spec.template.spec.containers[0].args.join(' ')).toContain('s3://b1b');
    expect(of('Deployment/eval', 'PROMOTION_BUCKET')).toBe('c1c');
    expect(of('Deployment/locust-worker', 'ENDPOINT_DOWNLOAD')).toContain('/download/c1c/');
    expect(of('Deployment/inference', 'INFERENCE_LOG_BUCKET')).toBe('d1d');
    const settings = JSON.parse(get(name, 'ConfigMap/preprocess-config', result).data['config.json']);
    expect(JSON.stringify(settings.data)).toContain('a1a');
  });

  it('the brokers, their quorum and every replication', () => {
    const result = clean(choose({ components: { kafka: { replicas: 5 } } }));
    const kafka = variables(name, 'StatefulSet/kafka', result);
    expect(kafka.get('KAFKA_CONTROLLER_QUORUM_VOTERS')?.split(',')).toHaveLength(5);
    for (const topic of ['OFFSETS_TOPIC', 'TRANSACTION_STATE_LOG', 'DEFAULT'])
      expect(kafka.get(`KAFKA_${topic}_REPLICATION_FACTOR`)).toBe('3');
    expect(kafka.get('KAFKA_MIN_INSYNC_REPLICAS')).toBe('2');
  });

  it('the inference pods, the slots of HAProxy and the partitions', () => {
    const result = clean(choose(autoscale({ max: 17 })));
    expect(get(name, 'ConfigMap/inference-lb-config', result).data['haproxy.cfg']).toMatch(/server-template \S+ 17 /);
    expect(variables(name, 'StatefulSet/kafka', result).get('KAFKA_NUM_PARTITIONS')).toBe('17');
  });

  it('the balancer that is off, and the load that then goes past it', () => {
    const result = clean(choose({ components: { 'inference-lb': { enabled: false } } }));
    expect(variables(name, 'Deployment/locust-worker', result).get('TARGET_HOST')).toBe('http://inference:8000');
    expect(get(name, 'ConfigMap/prometheus-config', result).data['prometheus.yml']).not.toContain('inference-lb-stats');
    expect(complaintsAbout(renderOf(objectsOf(name, result)))).toEqual([]);
  });

  it('the balancer that is off, and the host that then leads nowhere', () => {
    const components = {
      grafana: { ingress: { enabled: true } },
      'inference-lb': { enabled: false, ingress: { enabled: true } },
    };
    const result = clean(choose({ parameters: { domain: 'a.example.org' }, components }));
    const { rules, tls } = get(name, 'Ingress/flts', result).spec;
    // Not refused, as the sources have it: an ingress is part of its component and goes with it.
    expect(rules.map((rule: Any) => rule.host)).toEqual(['grafana.a.example.org']);
    expect(tls[0].hosts).toEqual(['grafana.a.example.org']);
  });

  it('a whole backend outside, without a trace of the one in here', () => {
    const result = clean(choose({ components: backend }));
    const workloads = workloadsOf(objectsOf(name, result)).map(({ id }) => id);
    for (const id of ['minio', 'postgres']) expect(workloads).not.toContain(`StatefulSet/${id}`);
    for (const id of ['mlflow', 'fastapi-app']) expect(workloads).not.toContain(`Deployment/${id}`);
    expect(workloads).not.toContain('Job/minio-init');
    expect(variables(name, 'Deployment/locust-worker', result).get('GATEWAY_BASE')).toBe('http://fastapi-app:8000');
    expect(complaintsAbout(renderOf(objectsOf(name, result), { externals: [here] }))).toEqual([]);
  });

  it('EDA, which is off, with all that belongs to it', () => {
    const result = clean(choose({ components: { eda: { enabled: true } } }));
    const ids = objectsOf(name, result).map(idOf);
    expect(ids).toEqual(expect.arrayContaining(['Deployment/eda', 'Service/eda', 'NetworkPolicy/eda']));
    expect(variables(name, 'Deployment/eda', result).get('GATEWAY_URL')).toBe('http://fastapi-app:8000');
    expect(complaintsAbout(renderOf(objectsOf(name, result)))).toEqual([]);
    const { spec } = get(name, 'Deployment/eda', result);
    expect(spec.template.spec.securityContext.runAsUser).toBe(10001);
    expect(spec.template.spec.containers[0]).toMatchObject({
      image: 'eda:1.0.0',
      ports: [{ name: 'eda', containerPort: 8010 }],
      readinessProbe: { tcpSocket: { port: 'eda' } },
      resources: { requests: { cpu: '100m', memory: '256Mi' }, limits: { cpu: '200m', memory: '512Mi' } },
    });
  });

  it('a run of the preprocessing as a Job', () => {
    const objects = objectsOf(name, clean(choose({ components: { 'preprocess-run': { enabled: true } } })));
    expect(objects.map(idOf)).toEqual(expect.arrayContaining(['Job/preprocess-run', 'Deployment/preprocess']));
    expect(complaintsAbout(renderOf(objects))).toEqual([]);
  });
});
