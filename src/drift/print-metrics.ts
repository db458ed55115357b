import { type Between, betweens, type What, whats } from './difference.ts';
import type { Ledger, Standing } from './ledger.ts';
import { unseenOf } from './unseen-of.ts';

const standings: readonly Standing[] = ['new', 'expired', 'accepted'];

/** What is told even where there is none: an alert needs to see a number go down to zero. */
const usual: Readonly<Record<Between, readonly What[]>> = {
  repository: ['unpublished'],
  environments: ['differs'],
  cluster: whats.filter((what) => what !== 'unpublished' && what !== 'differs'),
};

interface Sample {
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** The ledger in the text format of Prometheus, for a node exporter's folder or a push gateway. */
export function printMetrics(ledger: Ledger): string {
  const { clusters, effort } = ledger;
  const run = { clusters: clusters.join(',') };
  const seconds = Date.parse(ledger.at) / 1000;
  return [
    gauge('differences', 'Differences by what is compared, what they are and how they stand.', countDifferences(ledger)),
    gauge(
      'unseen',
      'What could not be looked at; while it is not 0, differences are not all of them.',
      clusters.map((cluster) => ({ labels: { cluster }, value: unseenOf(cluster, ledger).length })),
    ),
    gauge(
      'settled',
      'Accepted differences that are gone, whose entries may be deleted.',
      clusters.map((cluster) => ({
        labels: { cluster },
        value: ledger.settled.filter((one) => one.cluster === cluster).length,
      })),
    ),
    gauge(
      'last_run_timestamp_seconds',
      'When the cluster was last looked at.',
      clusters.map((cluster) => ({ labels: { cluster }, value: seconds })),
    ),
    gauge('objects', 'Declared objects that the last run compared.', [{ labels: run, value: effort.objects }]),
    gauge('requests', 'Requests that the last run sent.', [{ labels: run, value: effort.requests }]),
  ].join('');
}

function countDifferences({ clusters, entries }: Ledger): Sample[] {
  const samples = new Map<string, { labels: Record<string, string>; value: number }>();
  const sampleOf = (cluster: string, between: Between, what: What, standing: Standing) => {
    const labels = { cluster, between, what, standing };
    const key = JSON.stringify(labels);
    const sample = samples.get(key) ?? { labels, value: 0 };
    samples.set(key, sample);
    return sample;
  };
  for (const cluster of clusters)
    for (const between of betweens)
      for (const what of usual[between]) for (const standing of standings) sampleOf(cluster, between, what, standing);
  for (const { difference, standing } of entries)
    sampleOf(difference.cluster, difference.between, difference.what, standing).value += 1;
  return [...samples.values()];
}

function gauge(name: string, help: string, samples: readonly Sample[]): string {
  const full = `stowage_drift_${name}`;
  const lines = samples.map(({ labels, value }) => {
    const named = Object.entries(labels).map(([label, text]) => `${label}="${escapeLabel(text)}"`);
    return `${full}{${named.join(',')}} ${value}`;
  });
  return `${[`# HELP ${full} ${help}`, `# TYPE ${full} gauge`, ...lines].join('\n')}\n`;
}

function escapeLabel(text: string): string {
  return text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}
