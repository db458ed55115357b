import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { dump } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { type Any, get, idOf, objectsOf, parseObjects, renders } from './fleet.ts';

/** The files of all ConfigMaps that a render brings, with the environments in which each text appears. */
function filesNamed(pattern: RegExp): { name: string; file: string; text: string }[] {
  return renders.flatMap(({ name, objects }) =>
    objects
      .filter((object) => object.kind === 'ConfigMap')
      .flatMap((object) => Object.entries(object.data as Record<string, string>))
      .filter(([file]) => pattern.test(file))
      .map(([file, text]) => ({ name, file, text })),
  );
}

/** Runs a program over the text of a file; what it says when it refuses. */
function refusal(program: string, args: readonly string[], file: string, text: string): string | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'stowage-config-file-'));
  try {
    const path = join(folder, file);
    writeFileSync(path, text);
    execFileSync(program, [...args, path], { stdio: 'pipe', encoding: 'utf8', cwd: folder });
    return undefined;
  } catch (error) {
    const { stdout, stderr, message } = error as { stdout?: string; stderr?: string; message: string };
    return `${stdout ?? ''}${stderr ?? ''}` || message;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function isThere(program: string, args: readonly string[]): boolean {
  try {
    execFileSync(program, args, { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

const sought = 'scrape_configs: [{ job_name: pods, kubernetes_sd_configs: [{ role: pod }] }]\n';
const seeksInKubernetes = refusal('promtool', ['check', 'config', '--syntax-only'], 'prometheus.yml', sought) === undefined;

/** Debian builds its promtool without discovery in Kubernetes: all but that is then held against it. */
function withoutKubernetes(text: string): string {
  const [config] = parseObjects(text) as [Any];
  if (seeksInKubernetes) return text;
  for (const job of config.scrape_configs) delete job.kubernetes_sd_configs;
  return dump(config);
}

interface Reader {
  readonly program: string;
  readonly version: readonly string[];
  readonly args: readonly string[];
  readonly pattern: RegExp;
  readonly broken: (text: string) => string;
  /** The text without what this build of the program cannot know. */
  readonly readable?: (text: string) => string;
}

const readers: readonly Reader[] = [
  {
    program: 'haproxy',
    version: ['-v'],
    args: ['-c', '-f'],
    pattern: /^haproxy\.cfg$/,
    broken: (text: string) => text.replace('default_backend inference', 'default_backend nowhere'),
  },
  {
    program: 'promtool',
    version: ['--version'],
    args: ['check', 'config', '--syntax-only'], // tokens and rules lie in the pod
    pattern: /^prometheus\.yml$/,
    broken: (text: string) => text.replace('scrape_interval', 'scrape_intervall'),
    readable: withoutKubernetes,
  },
  {
    program: 'python3',
    version: ['--version'],
    args: ['-m', 'py_compile'],
    pattern: /\.py$/,
    broken: (text: string) => `${text}\ndef (:\n`,
  },
  {
    program: 'sh',
    version: ['-c', ':'],
    args: ['-n'],
    pattern: /\.sh$/,
    broken: (text: string) => `${text}\nif true; then\n`,
  },
];

describe.each(readers)('$program reads its files', ({ program, version, args, pattern, broken, readable = (text) => text }) => {
  const installed = isThere(program, version);
  const files = filesNamed(pattern);

  it('of which there are some', () => {
    expect(files.length).toBeGreaterThan(0);
  });

  const reason = installed ? '' : ` (skipped: ${program} is not installed)`;
  it.skipIf(!installed).each(files)(`$file of $name${reason}`, ({ file, text }) => {
    expect(refusal(program, args, file, readable(text))).toBeUndefined();
  });

  it.skipIf(!installed)(`and refuses a broken one${reason}`, () => {
    const [first] = files as [(typeof files)[number]];
    expect(refusal(program, args, first.file, broken(first.text))).toBeDefined();
  });

  it.runIf(process.env.CI === 'true')('and is installed where everything must be checked', () => {
    expect(installed, `${program} is missing; .ci/run installs it`).toBe(true);
  });
});

const pipelines = renders.filter(({ system }) => system === 'flts').map(({ name }) => ({ name }));

/** What the programs export that Prometheus reads; of the histograms the bases. */
const exported = {
  inference: [
    ...['inference_queue_len', 'inference_active_workers', 'inference_jobs_processed_total', 'inference_model_ready'],
    ...['inference_worker_utilization', 'inference_jobs_outcome_total'],
  ],
  'inference-histograms': ['inference_queue_wait_seconds', 'inference_latency_seconds'],
  'inference-lb': [
    ...['haproxy_backend_http_responses_total', 'haproxy_server_http_responses_total', 'haproxy_server_status'],
    ...['haproxy_backend_total_time_average_seconds', 'haproxy_backend_queue_time_average_seconds'],
    ...['haproxy_frontend_current_sessions', 'haproxy_backend_current_sessions', 'haproxy_backend_current_queue'],
    ...['haproxy_backend_connection_errors_total', 'haproxy_backend_response_errors_total'],
    'haproxy_server_check_failures_total',
  ],
  minio: [
    ...['minio_cluster_usage_total_bytes', 'minio_cluster_capacity_usable_free_bytes', 'minio_cluster_usage_object_total'],
    ...['minio_cluster_bucket_total', 'minio_s3_requests_total', 'minio_s3_requests_errors_total'],
  ],
  prometheus: ['up', 'scrape_duration_seconds', 'prometheus_tsdb_head_samples_appended_total'],
};
const words = /^(?:sum|avg|max|count|rate|histogram_quantile|by|le|instance|job|code|server|state|outcome|api|proxy)$/;

/** The metrics that a query names: what is left without label values, label names and functions. */
function metricsIn(query: string): string[] {
  const bare = query.replaceAll(/\{[^}]*\}|\[[^\]]*\]|"[^"]*"/g, ' ');
  return [...bare.matchAll(/[a-z_][a-z0-9_]*/g)].map(([word]) => word).filter((word) => !words.test(word));
}

function jobsOf(name: string): string[] {
  const [config] = parseObjects(get(name, 'ConfigMap/prometheus-config').data['prometheus.yml']) as [Any];
  return config.scrape_configs.map((job: Any) => job.job_name);
}

describe.each(pipelines)('the dashboards of $name', ({ name }) => {
  const [datasources] = parseObjects(get(name, 'ConfigMap/grafana-datasources').data['datasources.yaml']) as [Any];
  const dashboards = Object.entries(get(name, 'ConfigMap/grafana-dashboards').data as Record<string, string>).map(
    ([file, text]) => ({ file, dashboard: JSON.parse(text) as Any }),
  );
  const known = new Set([
    ...exported.inference,
    ...exported['inference-histograms'].flatMap((metric) => [`${metric}_bucket`, `${metric}_sum`, `${metric}_count`]),
    ...exported['inference-lb'],
    ...exported.minio,
    ...exported.prometheus,
  ]);

  it.each(dashboards)('$file is what Grafana takes', ({ dashboard }) => {
    expect(dashboard.schemaVersion).toBeGreaterThanOrEqual(36);
    expect(dashboard.uid).toMatch(/^[a-zA-Z0-9_-]{1,40}$/);
    expect(dashboard.title.length).toBeGreaterThan(0);
    // An id belongs to one installation; with one, a provisioned dashboard overwrites another.
    expect(dashboard.id).toBeUndefined();
    const ids = dashboard.panels.map((panel: Any) => panel.id);
    expect(ids.every((id: unknown) => Number.isInteger(id))).toBe(true);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it.each(dashboards)('$file lays its panels beside each other on the grid', ({ dashboard }) => {
    const cells = dashboard.panels.flatMap(({ gridPos: { x, y, w, h } }: Any) => {
      expect(x + w).toBeLessThanOrEqual(24);
      return Array.from({ length: w * h }, (_, index) => `${x + (index % w)}/${y + Math.floor(index / w)}`);
    });
    expect(new Set(cells).size).toBe(cells.length);
  });

  it.each(dashboards)('$file asks the data source that is provisioned for metrics that are exported', ({ dashboard }) => {
    const uids = datasources.datasources.map((one: Any) => one.uid);
    for (const panel of dashboard.panels) {
      expect(uids, panel.title).toContain(panel.datasource.uid);
      expect(panel.targets.length, panel.title).toBeGreaterThan(0);
      expect(new Set(panel.targets.map((target: Any) => target.refId)).size).toBe(panel.targets.length);
      for (const { expr, datasource } of panel.targets) {
        expect(uids, expr).toContain(datasource.uid);
        const metrics = metricsIn(expr);
        expect(metrics.length, expr).toBeGreaterThan(0);
        expect(
          metrics.filter((metric) => !known.has(metric)),
          expr,
        ).toEqual([]);
      }
    }
  });

  it('show every metric of the inference pods', () => {
    const asked = new Set(dashboards.flatMap(({ dashboard }) => dashboard.panels.flatMap(metricsOfPanel)));
    const histograms = exported['inference-histograms'].map((metric) => `${metric}_bucket`);
    expect([...exported.inference, ...histograms].filter((metric) => !asked.has(metric))).toEqual([]);
  });

  it('are found by the provider, with uids of their own', () => {
    const [provider] = parseObjects(get(name, 'ConfigMap/grafana-dashboard-provider').data['provider.yaml']) as [Any];
    const { mounts, volumes } = mountsOf(name);
    const mount = mounts.find((one) => one.mountPath === provider.providers[0].options.path);
    const volume = volumes.find((one) => one.name === mount?.name);
    expect(volume?.configMap.name.replace(/-[a-z0-9]{10}$/, '')).toBe('grafana-dashboards');
    expect(new Set(dashboards.map(({ dashboard }) => dashboard.uid)).size).toBe(dashboards.length);
  });

  it('and every job that they name is scraped', () => {
    const jobs = jobsOf(name);
    expect(jobs).toEqual(expect.arrayContaining(['inference', 'inference-lb', 'prometheus']));
    const queries = dashboards.flatMap(({ dashboard }) => dashboard.panels.flatMap((panel: Any) => panel.targets)) as Any[];
    for (const [, job] of queries.flatMap(({ expr }) => [...expr.matchAll(/job="([^"]+)"/g)])) expect(jobs).toContain(job);
  });
});

function metricsOfPanel(panel: Any): string[] {
  return panel.targets.flatMap((target: Any) => metricsIn(target.expr));
}

function mountsOf(name: string): { mounts: Any[]; volumes: Any[] } {
  const pod = get(name, 'Deployment/grafana').spec.template.spec;
  return { mounts: pod.containers[0].volumeMounts, volumes: pod.volumes };
}

describe.each(pipelines)('the load balancer of $name', ({ name }) => {
  const text = get(name, 'ConfigMap/inference-lb-config').data['haproxy.cfg'] as string;
  const slots = Number(/^ {2}server-template \S+ (\d+) /m.exec(text)?.[1]);

  it('has a slot for every pod that there may be', () => {
    const autoscaler = objectsOf(name).find((object) => idOf(object) === 'HorizontalPodAutoscaler/inference');
    expect(slots).toBe(autoscaler?.spec.maxReplicas ?? get(name, 'Deployment/inference').spec.replicas);
  });

  it('finds them by the headless Service, and starts before there are any', () => {
    const namespace = objectsOf(name).find((object) => object.kind === 'Namespace')?.metadata.name;
    expect(text).toContain(` inference-headless.${namespace}.svc.cluster.local:8000 check `);
    expect(get(name, 'Service/inference-headless').spec.clusterIP).toBe('None');
    expect(text).toMatch(/resolvers cluster init-addr none$/m);
  });
});
