import { describe, expect, it } from 'vitest';
import { type Any, get, objectsOf, parseObjects } from './fleet.ts';
import { choices, type Place } from './flts.inventory.ts';

const places = (Object.keys(choices) as Place[]).map((place) => ({ place, name: `${place}/flts`, choice: choices[place] }));

const fileOf = (name: string, map: string, file: string): string => get(name, `ConfigMap/${map}`).data[file];
const lines = (text: string) => text.split('\n').map((line) => line.trim().replaceAll(/\s+/g, ' '));

describe.each(places)('$name', ({ place, name, choice }) => {
  const argsOf = (id: string): string[] => {
    const { command = [], args = [] } = get(name, id).spec.template.spec.containers[0];
    return [...command, ...args];
  };

  it('tells HAProxy of every pod that there can be', () => {
    const said = lines(fileOf(name, 'inference-lb-config', 'haproxy.cfg'));
    const headless = place === 'flts-external-backend' ? place : 'flts';
    expect(said).toEqual(
      expect.arrayContaining([
        'log stdout format raw local0',
        'maxconn 4096',
        'mode http',
        'timeout connect 5s',
        'timeout client 60s',
        'timeout server 60s',
        'timeout http-request 10s',
        'parse-resolv-conf',
        'hold valid 10s',
        'bind *:8023',
        'http-check send meth GET uri /healthz',
        'http-check expect status 200',
        'bind *:9000',
        'stats uri /stats',
        'stats refresh 10s',
        'http-request use-service prometheus-exporter if { path /metrics }',
      ]),
    );
    const [template = '', ...more] = said.filter((line) => /^server/.test(line));
    expect(more).toEqual([]);
    const [word, , slots, address, ...options] = template.split(' ');
    expect([word, Number(slots)]).toEqual(['server-template', choice.inference]);
    expect(address).toBe(`inference-headless.${headless}.svc.cluster.local:8000`);
    expect(options.join(' ')).toBe('check inter 5s fall 3 rise 2 resolvers cluster init-addr none');
    expect(said.filter((line) => /^balance/.test(line))).toEqual(['balance leastconn']); // the chart takes turns
    expect(said.filter((line) => /stats admin/.test(line))).toEqual([]); // which the chart opens to anybody
  });

  it('lets Prometheus scrape all that export metrics', () => {
    const [config] = parseObjects(fileOf(name, 'prometheus-config', 'prometheus.yml')) as [Any];
    expect(config.global).toEqual({ scrape_interval: '15s', evaluation_interval: '15s' });
    const jobs = Object.fromEntries(config.scrape_configs.map(({ job_name, ...job }: Any) => [job_name, job]));
    const targets = (job: Any) => job.static_configs.flatMap((one: Any) => one.targets);
    expect(jobs.inference).toEqual({
      dns_sd_configs: [
        { names: [expect.stringMatching(/^inference-headless\./)], type: 'A', port: 9091, refresh_interval: '15s' },
      ],
    });
    expect(targets(jobs['inference-lb'])).toEqual(['inference-lb-stats:9000']);
    expect(targets(jobs.prometheus)).toEqual(['localhost:9090']);
    // Beyond the sources, which know of no other metrics; the others of the chart have none in the format.
    expect(Object.keys(jobs).sort()).toEqual(['grafana', 'inference', 'inference-lb', 'minio', 'prometheus']);
    expect(targets(jobs.grafana)).toEqual(['grafana:3000']);
    expect(targets(jobs.minio)).toEqual(choice.external ? [] : ['minio:9000']); // one outside is watched where it is
    for (const { metrics_path } of [jobs.inference, jobs['inference-lb']])
      expect([undefined, '/metrics']).toContain(metrics_path);
    expect(argsOf('Deployment/prometheus')).toEqual(
      expect.arrayContaining([
        '--config.file=/etc/prometheus/prometheus.yml',
        '--storage.tsdb.path=/prometheus',
        '--storage.tsdb.retention.time=7d',
      ]),
    );
  });

  it('gives Grafana one source by the uid that dashboards know, and where they lie', () => {
    const [sources] = parseObjects(fileOf(name, 'grafana-datasources', 'datasources.yaml')) as [Any];
    expect(sources.datasources).toEqual([
      expect.objectContaining({
        uid: 'inference-prom',
        type: 'prometheus',
        access: 'proxy',
        isDefault: true,
        url: 'http://prometheus:9090',
      }),
    ]);
    const dashboards = Object.values(get(name, 'ConfigMap/grafana-dashboards').data as Record<string, string>).map(
      (text) => JSON.parse(text) as Any,
    );
    const inference = dashboards.find((dashboard) => dashboard.title === 'Inference Metrics');
    expect(inference.panels).toHaveLength(8);
    const metrics = [
      ...['queue_len', 'active_workers', 'jobs_processed_total', 'model_ready', 'queue_wait_seconds', 'latency_seconds'],
      ...['worker_utilization', 'jobs_outcome_total'],
    ];
    metrics.forEach((metric, index) => {
      expect(JSON.stringify(inference.panels[index].targets)).toContain(`inference_${metric}`);
    });
  });

  it('prepares data as the sources do', () => {
    const { data, preprocessing } = JSON.parse(fileOf(name, 'preprocess-config', 'config.json'));
    expect(JSON.stringify(data)).toContain('"dataset"');
    expect(JSON.stringify(data)).toContain('"processed-data"');
    expect(Object.keys(preprocessing).sort()).toEqual(['lags', 'nan', 'outliers', 'scaling', 'time_features']);
  });
});

describe.each(places.filter(({ choice }) => !choice.external))('$name', ({ name }) => {
  const argsOf = (id: string): string[] => {
    const { command = [], args = [] } = get(name, id).spec.template.spec.containers[0];
    return [...command, ...args];
  };

  it('starts its programs as the sources do', () => {
    expect(argsOf('StatefulSet/kafka')).toEqual([]);
    expect(argsOf('StatefulSet/minio')).toEqual(['server', '/data', '--console-address', ':9001']);
    expect(argsOf('StatefulSet/postgres')).toEqual([]);
    expect(argsOf('Deployment/mlflow')).toEqual([
      ...['mlflow', 'server', '--host=0.0.0.0', '--port=5000', '--default-artifact-root=s3://mlflow'],
    ]);
    for (const id of ['fastapi-app', 'train-gru', 'train-lstm', 'nonml-prophet', 'eval', 'inference', 'inference-lb', 'grafana'])
      expect(argsOf(`Deployment/${id}`), id).toEqual([]);
    // By itself the image runs once and exits, and a Deployment would run it for ever.
    expect(argsOf('Deployment/preprocess').join(' ')).toMatch(/^uvicorn \S+ --host 0\.0\.0\.0 --port 8020$/);
    expect(argsOf('Deployment/locust-master')).toEqual(
      expect.arrayContaining(['--master', '--web-host=0.0.0.0', '--locustfile=/mnt/locust/locustfile.py']),
    );
    expect(argsOf('Deployment/locust-worker')).toEqual(
      expect.arrayContaining(['--worker', '--master-host=locust', '--locustfile=/mnt/locust/locustfile.py']),
    );
    expect(argsOf('Deployment/locust-master').join(' ')).toMatch(/--host=(\$\(TARGET_HOST\)|http:\/\/inference-lb(:80)?)( |$)/);
  });

  it('loads the API with what the sources weigh', () => {
    const script = fileOf(name, 'locust-scripts', 'locustfile.py');
    const tasks = [...script.matchAll(/@task\((\d+)\)\s+def (\w+)[\s\S]*?(?=@task|$)/g)].map(([text, weight]) => ({
      weight: Number(weight),
      text,
    }));
    expect(tasks.map(({ weight }) => weight)).toEqual([80, 10, 10]);
    expect(tasks[0]?.text).toContain('PREDICT_URL');
    expect(tasks[1]?.text).toContain('/healthz');
    expect(tasks[2]?.text).toContain('ENDPOINT_DOWNLOAD');
    const columns = [
      ...['ts', 'down', 'up', 'rnti_count', 'mcs_down', 'mcs_down_var', 'mcs_up', 'mcs_up_var'],
      ...['rb_down', 'rb_down_var', 'rb_up', 'rb_up_var'],
    ];
    for (const column of ['index_col', 'inference_length', 'data', ...columns]) expect(script).toContain(`"${column}"`);
    expect(script).toMatch(/^ROWS = 30$/m);
    const { containers } = get(name, 'Deployment/locust-worker').spec.template.spec;
    const read = containers[0].env ?? [];
    const shared = objectsOf(name).find((object) => object.metadata.name.startsWith('locust-env-'))?.data ?? {};
    for (const variable of [...Object.keys(shared), ...read.map((one: Any) => one.name)])
      expect(script, variable).toContain(`"${variable}"`);
  });
});
