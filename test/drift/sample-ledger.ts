import { accept, difference, ledgerOf, missing } from './ledger-of.ts';

const scaled = difference();
const edited = difference({
  field: 'spec.template.spec.containers[tablet].env[LOG_LEVEL].value',
  declared: 'info',
  live: 'debug',
  owner: { manager: 'kubectl-edit', operation: 'Update', since: '2026-11-20T10:40:02Z' },
  because: ['systems/fluss/system.yaml:31', 'clusters/prod-eu/prod-eu.yaml:22'],
});
const expired = difference({
  what: 'added',
  object: { apiVersion: 'v1', kind: 'Service', name: 'coordinator', namespace: 'fluss' },
  field: 'metadata.annotations.example.com/probe',
  declared: undefined,
  live: 'slow',
  because: [],
  summary: 'nothing declares it',
});
const foreign = missing('debug-shell', {
  what: 'foreign',
  overlay: undefined as never,
  object: { apiVersion: 'v1', kind: 'Pod', name: 'debug-shell', namespace: 'fluss' },
  because: [],
  summary: 'nothing declares it, and its namespace is one of the fleet',
  advice: 'delete it, or declare it in a System',
});
const secret = difference({
  what: 'overwritten',
  object: { apiVersion: 'v1', kind: 'Secret', name: 'store', namespace: 'fluss' },
  field: 'data.password',
  concealed: true,
  declared: undefined,
  live: undefined,
  because: ['clusters/prod-eu/sealed/prod-eu/fluss/store.yaml:9'],
  owner: { manager: 'kubectl-patch', operation: 'Update', since: '2026-11-19T08:00:00Z' },
  summary: 'somebody else than the controller wrote the value',
  advice: 'delete the Secret, so that the controller writes it anew, or seal the new value with `stowage seal`',
});
const apart = difference({
  between: 'environments',
  what: 'differs',
  field: 'spec.template.spec.containers[tablet].image',
  declared: 'registry.example.com/fluss:0.9.1',
  live: 'registry.example.com/fluss:0.9.0',
  owner: undefined as never,
  summary: 'is otherwise in `staging-eu`',
  advice: 'have it promoted with `stowage promote fluss`',
});
const gone = missing('old-route');

/** One of everything that an output must have a place for. */
export const sampleLedger = ledgerOf(
  [scaled, edited, expired, foreign, secret, apart],
  [
    accept(scaled),
    accept(expired, { until: '2026-11-15', owner: 'ben', reason: 'until the probe is fast' }),
    accept(edited, { digest: '0123456789abcdef', reason: 'searching for a leak' }),
    accept(gone),
  ],
  {
    unseen: [
      {
        cluster: 'dev',
        what: 'configmaps',
        why: 'the API server answered 403',
        hint: 'give the account `list` on configmaps',
      },
    ],
    kept: [
      {
        cluster: 'prod-eu',
        object: { apiVersion: 'v1', kind: 'PersistentVolumeClaim', name: 'data-tablet-0', namespace: 'fluss' },
        why: 'the volume of what was removed',
      },
    ],
  },
);
