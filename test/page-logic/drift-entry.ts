import type { DriftEntry } from '../../src/report/report.ts';

/** Replicas that somebody changed by hand, with what a test wants otherwise. */
export function driftEntry(changes: Partial<DriftEntry> = {}): DriftEntry {
  return {
    id: 'cluster:prod-eu/fluss/StatefulSet/tablet-server#spec.replicas',
    between: 'cluster',
    what: 'changed',
    cluster: 'prod-eu',
    overlay: 'prod-eu/fluss',
    object: 'StatefulSet/tablet-server',
    namespace: 'fluss',
    field: 'spec.replicas',
    declared: 5,
    live: 7,
    concealed: false,
    owner: { manager: 'kubectl', since: '2026-11-09T21:47:12Z' },
    because: ['clusters/prod-eu/prod-eu.yaml:30'],
    summary: 'is not as it is declared',
    advice: 'put it back',
    standing: 'new',
    accepted: null,
    first: '2026-11-10T05:00:00Z',
    ...changes,
  };
}
