import { type Difference, type Findings, noFindings } from '../../src/drift/difference.ts';
import { differenceDigest, differenceId } from '../../src/drift/difference-id.ts';
import type { AcceptedEntry, Baseline, Ledger } from '../../src/drift/ledger.ts';
import { settleLedger } from '../../src/drift/settle-ledger.ts';

export const now = new Date('2026-11-21T06:00:00Z');

/** Replicas that somebody changed by hand, with what a test wants otherwise. */
export function difference(changes: Partial<Difference> = {}): Difference {
  const plain = {
    between: 'cluster',
    what: 'changed',
    cluster: 'prod-eu',
    overlay: 'prod-eu/fluss',
    object: { apiVersion: 'apps/v1', kind: 'StatefulSet', name: 'tablet', namespace: 'fluss' },
    field: 'spec.replicas',
    declared: 3,
    live: 5,
    owner: { manager: 'kubectl', operation: 'Update', since: '2026-11-20T09:12:31Z', subresource: 'scale' },
    because: ['clusters/prod-eu/prod-eu.yaml:14'],
    summary: 'has another value',
    advice: 'take it into the description with `stowage drift --absorb`, or put it back with `--revert`',
    ...changes,
  } satisfies Partial<Difference>;
  return { ...plain, id: differenceId(plain), digest: differenceDigest(plain.what, plain.live), ...changes } as Difference;
}

/** An object of its own that was deleted. */
export function missing(name: string, changes: Partial<Difference> = {}): Difference {
  const {
    field: _,
    declared: __,
    live: ___,
    owner: ____,
    ...rest
  } = difference({
    what: 'missing',
    object: { apiVersion: 'v1', kind: 'Service', name, namespace: 'fluss' },
    field: undefined as never,
    live: undefined,
    summary: 'is not there',
    advice: 'have Argo CD sync it',
    ...changes,
  });
  return rest;
}

export function accept(of: Difference, changes: Partial<AcceptedEntry> = {}): AcceptedEntry {
  return {
    difference: of.id,
    digest: of.digest,
    reason: 'load test until the new pool is there',
    owner: 'ana',
    until: '2026-12-31',
    ...changes,
  };
}

export function found(differences: readonly Difference[], changes: Partial<Findings> = {}): Findings {
  return { ...noFindings, effort: { objects: 120, requests: 14, lists: 11, dryRuns: 2 }, differences, ...changes };
}

export function baseline(accepted: readonly AcceptedEntry[], cluster = 'prod-eu'): Baseline {
  return { cluster, accepted };
}

export function ledgerOf(
  differences: readonly Difference[],
  accepted: readonly AcceptedEntry[] = [],
  changes: Partial<Findings> = {},
  at = now,
): Ledger {
  const { unseen = [] } = changes;
  const clusters = [...new Set(['prod-eu', ...[...differences, ...unseen].map(({ cluster }) => cluster)])];
  const of = (cluster: string) =>
    accepted.filter((entry) => differences.find(({ id }) => id === entry.difference)?.cluster === cluster);
  const gone = accepted.filter((entry) => !differences.some(({ id }) => id === entry.difference));
  const baselines = clusters.map((cluster) => baseline([...of(cluster), ...(cluster === 'prod-eu' ? gone : [])], cluster));
  return settleLedger([found(differences, changes)], baselines, at, clusters);
}
