import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { dump, load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { type Any, objectsOf } from './fleet.ts';
import { fileOf, one } from './flow-like.ts';

/** Metrics that exist, by the scrape job whose program exports them. */
const exported: Readonly<Record<string, readonly string[]>> = {
  'flow-like-api': [
    ...['http_requests_total', 'api_active_connections'],
    ...['bucket', 'sum', 'count'].map((part) => `http_request_duration_seconds_${part}`),
  ],
  'flow-like-executor': [
    ...['flow_executions_total', 'executor_active_jobs'],
    ...['bucket', 'sum', 'count'].map((part) => `flow_execution_duration_seconds_${part}`),
  ],
  postgres: [
    ...['pg_up', 'pg_stat_activity_count', 'pg_stat_activity_max_tx_duration', 'pg_settings_max_connections'],
    ...['pg_database_size_bytes', 'pg_locks_count'],
    ...['blks_hit', 'blks_read', 'deadlocks', 'xact_commit', 'xact_rollback', 'temp_bytes'].map(
      (one) => `pg_stat_database_${one}`,
    ),
    ...['fetched', 'inserted', 'updated', 'deleted'].map((one) => `pg_stat_database_tup_${one}`),
  ],
  redis: [
    ...['up', 'memory_used_bytes', 'memory_max_bytes', 'connected_clients', 'blocked_clients', 'db_keys', 'uptime_in_seconds'],
    ...['keyspace_hits_total', 'keyspace_misses_total', 'commands_total', 'expired_keys_total', 'evicted_keys_total'],
    ...['net_input_bytes_total', 'net_output_bytes_total'],
  ].map((one) => `redis_${one}`),
  tempo: [
    ...[
      'distributor_spans_received_total',
      'distributor_bytes_received_total',
      'ingester_live_traces',
      'ingester_blocks_flushed_total',
    ].map((one) => `tempo_${one}`),
    'tempodb_blocklist_length',
  ],
  cadvisor: [
    ...['cpu_usage_seconds_total', 'memory_working_set_bytes', 'network_receive_bytes_total', 'network_transmit_bytes_total'],
  ].map((one) => `container_${one}`),
};
/** Of Prometheus itself for every job and alert; and what Tempo learns from spans and writes there. */
const always = ['up', 'ALERTS'];
const fromSpans = ['traces_spanmetrics_calls_total', 'traces_spanmetrics_latency_bucket', 'traces_service_graph_request_total'];

/** The names of metrics in a query; functions are followed by a bracket, labels stand in braces or after `by`. */
function metricsIn(query: string): string[] {
  const bare = query
    .replace(/"[^"]*"/g, '')
    .replace(/\{[^}]*\}/g, '')
    .replace(/\[[^\]]*\]/g, '')
    .replace(/\b(by|without)\s*\([^)]*\)/g, '');
  return [...bare.matchAll(/[A-Za-z_:][\w:]*(?!\w)(?!\s*\()/g)]
    .map(([name]) => name)
    .filter((name) => !['or', 'and', 'unless', 'by', 'without', 'on', 'bool'].includes(name) && !/^e\d+$/.test(name));
}

const environments = ['dev', 'staging', 'prod-eu', 'prod-us'];
const renders = environments.map((name) => [name, objectsOf(`${name}/flow-like`)] as const);
const filesOf = (objects: readonly Any[], config: string) =>
  Object.entries(one(objects, `ConfigMap/${config}`).data as Record<string, string>);
const dashboardsOf = (objects: readonly Any[]) =>
  filesOf(objects, 'flow-like-grafana-dashboards').map(([file, text]): [string, Any] => [file, JSON.parse(text)]);
const rulesOf = (objects: readonly Any[]): Any[] =>
  filesOf(objects, 'flow-like-prometheus-rules').flatMap(([, text]) =>
    (load(text) as Any).groups.flatMap((group: Any) => group.rules),
  );
const prometheusOf = (objects: readonly Any[]): Any => load(fileOf(objects, 'flow-like-prometheus-config', 'prometheus.yml'));
const panelsOf = (dashboard: Any): Any[] => dashboard.panels.filter((panel: Any) => panel.type !== 'row');

/** The scrape jobs that have targets. */
function jobsOf(objects: readonly Any[]): string[] {
  return prometheusOf(objects)
    .scrape_configs.filter((job: Any) =>
      (job.static_configs ?? [{ targets: ['found'] }]).some((one: Any) => one.targets.length > 0),
    )
    .map((job: Any) => job.job_name);
}

describe.each(renders)('%s', (environment, objects) => {
  const recorded = rulesOf(objects).flatMap((rule) => rule.record ?? []);
  const known = new Set([
    ...always,
    ...recorded,
    ...jobsOf(objects).flatMap((job) => exported[job] ?? []),
    ...(jobsOf(objects).includes('tempo') ? fromSpans : []),
  ]);

  it('has the dashboards of what it runs', () => {
    const database = environment.startsWith('prod') ? [] : ['database'];
    const expected = ['overview', 'api', 'executor', ...database, 'redis', 'tracing'];
    expect(dashboardsOf(objects).map(([file]) => file)).toEqual(expected.map((name) => `flow-like-${name}.json`));
    for (const [file, dashboard] of dashboardsOf(objects)) expect(`${dashboard.uid}.json`).toBe(file);
  });

  it('asks in rules for metrics that exist', () => {
    for (const { expr } of rulesOf(objects)) {
      expect(metricsIn(expr).length, expr).toBeGreaterThan(0);
      expect(
        metricsIn(expr).filter((name) => !known.has(name)),
        expr,
      ).toEqual([]);
    }
  });

  it('asks in dashboards for metrics that exist, of data sources that exist', () => {
    const sources = (load(fileOf(objects, 'flow-like-grafana-config', 'datasources.yaml')) as Any).datasources;
    const uids = sources.map((source: Any) => `${source.type} ${source.uid}`);
    // Of a database outside there are no metrics; the overview says so where it shows none.
    const spared = environment.startsWith('prod') ? ['pg_up'] : [];
    for (const [file, dashboard] of dashboardsOf(objects))
      for (const panel of panelsOf(dashboard)) {
        expect(panel.targets.length, panel.title).toBeGreaterThan(0);
        for (const target of [panel, ...panel.targets])
          expect(uids, `${file} ${panel.title}`).toContain(`${target.datasource.type} ${target.datasource.uid}`);
        for (const { expr } of panel.targets.filter((target: Any) => target.datasource.type === 'prometheus')) {
          expect(metricsIn(expr).length, expr).toBeGreaterThan(0);
          expect(
            metricsIn(expr).filter((name) => !known.has(name) && !spared.includes(name)),
            `${file} ${panel.title}`,
          ).toEqual([]);
        }
      }
  });

  it('names only scrape jobs that it has', () => {
    const jobs = prometheusOf(objects).scrape_configs.map((job: Any) => job.job_name);
    const queries = [
      ...rulesOf(objects).map((rule) => rule.expr),
      ...dashboardsOf(objects).flatMap(([, dashboard]) =>
        panelsOf(dashboard).flatMap((panel) => panel.targets.map((one: Any) => one.expr ?? '')),
      ),
    ];
    const named = new Set(queries.flatMap((query) => [...query.matchAll(/job="([^"]+)"/g)].map(([, job]) => job)));
    expect(named.size).toBeGreaterThan(4);
    for (const job of named) expect(jobs).toContain(job);
  });

  it('begins Grafana with a dashboard that is there', () => {
    const [, home] =
      /^default_home_dashboard_path = (.*)$/m.exec(fileOf(objects, 'flow-like-grafana-config', 'grafana.ini')) ?? [];
    expect(dashboardsOf(objects).map(([file]) => `/var/lib/grafana/dashboards/${file}`)).toContain(home);
  });

  it('lays its panels out without one over another', () => {
    for (const [file, { panels }] of dashboardsOf(objects)) {
      expect(new Set(panels.map((panel: Any) => panel.id)).size, file).toBe(panels.length);
      const taken = new Set<string>();
      for (const { title, gridPos } of panels)
        for (let x = gridPos.x; x < gridPos.x + gridPos.w; x += 1)
          for (let y = gridPos.y; y < gridPos.y + gridPos.h; y += 1) {
            expect(x, title).toBeLessThan(24);
            expect(taken.has(`${x} ${y}`), `${file} ${title}`).toBe(false);
            taken.add(`${x} ${y}`);
          }
    }
  });

  it('has an alert for whatever is there and may be missing', () => {
    const database = environment.startsWith('prod')
      ? []
      : ['DatabaseDown', 'DatabaseConnectionsFull', 'DatabaseTransactionsLong'];
    const alerts = rulesOf(objects).flatMap((rule) => (rule.alert ? [rule] : []));
    expect(alerts.map((rule) => rule.alert).sort()).toEqual(
      ['ApiErrors', 'ApiSlow', 'ApiPodsMissing', 'ExecutorPoolDown', 'RedisDown', 'RedisMemoryFull', ...database].sort(),
    );
    for (const rule of alerts) expect(rule.labels.severity).toMatch(/^(critical|warning)$/);
  });

  const promtool = versionOf('promtool');
  it.skipIf(promtool === undefined)(
    `promtool takes its configuration${promtool === undefined ? ' (skipped: promtool is not installed)' : ''}`,
    () => {
      const folder = mkdtempSync(join(tmpdir(), 'stowage-prometheus-'));
      try {
        const rules = filesOf(objects, 'flow-like-prometheus-rules');
        for (const [file, text] of rules) write(join(folder, 'rules', file), text);
        // Where the pod has them.
        const config = fileOf(objects, 'flow-like-prometheus-config', 'prometheus.yml')
          .replaceAll('/etc/prometheus/', `${folder}/`)
          .replaceAll('/var/run/secrets/kubernetes.io/serviceaccount/', `${folder}/`);
        write(join(folder, 'token'), 'a token');
        write(join(folder, 'prometheus.yml'), config);
        let told = check(join(folder, 'prometheus.yml'));
        if (told.includes('kubernetes_sd_configs not found')) {
          // Debian builds it without Kubernetes; it then looks at all but how pods are found.
          const parsed = load(config) as Any;
          for (const job of parsed.scrape_configs) delete job.kubernetes_sd_configs;
          write(join(folder, 'prometheus.yml'), dump(parsed));
          told = check(join(folder, 'prometheus.yml'));
        }
        expect(told).not.toContain('FAILED');
        expect(told.match(/SUCCESS: \d+ rules found/g)).toHaveLength(rules.length);
      } finally {
        rmSync(folder, { recursive: true });
      }
    },
  );
});

it('finds metrics in queries', () => {
  expect(metricsIn('sum by (pod) (rate(a_total{job="x",pod=~"b.*"}[5m])) / max(c) > 0.9 or absent(d{e="f"})')).toEqual([
    'a_total',
    'c',
    'd',
  ]);
  expect(metricsIn('histogram_quantile(0.95, sum by (le, service) (rate(a_bucket[$__rate_interval]))) * x:y:5m')).toEqual([
    'a_bucket',
    'x:y:5m',
  ]);
});

function versionOf(program: string): string | undefined {
  try {
    return execFileSync(program, ['--version'], { encoding: 'utf8', stdio: 'pipe' });
  } catch {
    return undefined;
  }
}

function check(path: string): string {
  const { stdout, stderr } = spawnSync('promtool', ['check', 'config', path], { encoding: 'utf8' });
  return `${stdout}${stderr}`;
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
}
