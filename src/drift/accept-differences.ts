import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import { compareText } from '../diagnostics/sort-diagnostics.ts';
import { didYouMean } from '../diagnostics/suggest.ts';
import { editYaml } from '../edit/edit-yaml.ts';
import { daySchema } from '../language/drift-baseline.ts';
import type { InputFiles } from '../model/input-files.ts';
import { printYaml } from '../model/print-yaml.ts';
import { type Refusal, refuse } from '../promote/refusal.ts';
import { isOver, lastDayAhead } from './day.ts';
import type { AcceptedEntry, Ledger, LedgerEntry } from './ledger.ts';
import { baselinePath, readBaseline } from './read-baselines.ts';

export interface Acceptance {
  /** Ids of differences; one that ends in `*` is all that begin so and that nobody answers for. */
  readonly ids: readonly string[];
  readonly reason: string;
  readonly owner: string;
  readonly until: string;
}

export interface Accepted {
  /** The files as they are to be. */
  readonly files: ReadonlyMap<string, string>;
  readonly entries: readonly LedgerEntry[];
}

/** The baseline's files with these differences in them; an entry of the same difference is replaced. */
export function acceptDifferences(ledger: Ledger, files: InputFiles, acceptance: Acceptance, now: Date): Accepted | Refusal {
  const wrong = refuseTerms(acceptance, now);
  if (wrong !== undefined) return wrong;
  const chosen = choose(ledger, acceptance.ids);
  if ('refused' in chosen) return chosen;
  const written = new Map<string, string>();
  for (const cluster of [...new Set(chosen.map(({ difference }) => difference.cluster))].sort(compareText)) {
    const entries = chosen
      .filter(({ difference }) => difference.cluster === cluster)
      .map(({ difference: { id, digest } }): AcceptedEntry => {
        const { reason, owner, until } = acceptance;
        return { difference: id, digest, reason: reason.trim(), owner: owner.trim(), until };
      });
    const text = writeBaseline(files, cluster, entries, now);
    if (typeof text !== 'string') return text;
    written.set(baselinePath(cluster), text);
  }
  return { files: written, entries: chosen };
}

/** What is wrong with the terms themselves, whatever a run finds. */
export function refuseTerms({ ids, reason, owner, until }: Acceptance, now: Date): Refusal | undefined {
  if (ids.length === 0) return refuse('no difference is named', '`stowage drift` shows the ids of all there are');
  if (reason.trim() === '') return refuse('there is no reason', 'say with --reason why the difference may stay');
  if (owner.trim() === '') return refuse('there is no owner', 'say with --owner who answers for it');
  const last = lastDayAhead(now);
  if (!daySchema().safeParse(until).success)
    return refuse(`--until ${until} is no day of the calendar`, `write it as ${last.slice(0, 4)}-01-31`);
  if (isOver(until, now)) return refuse(`--until ${until} is over already`, `name a day up to ${last}`);
  return until > last ? refuse(`--until ${until} is more than a year ahead`, `name a day up to ${last}`) : undefined;
}

function choose({ entries }: Ledger, ids: readonly string[]): readonly LedgerEntry[] | Refusal {
  const chosen = new Set<LedgerEntry>();
  for (const id of ids) {
    const prefix = id.endsWith('*') ? id.slice(0, -1) : undefined;
    const matching = entries.filter(({ difference }) =>
      prefix === undefined ? difference.id === id : difference.id.startsWith(prefix),
    );
    if (matching.length === 0) {
      const known = entries.map(({ difference }) => difference.id);
      return refuse(
        `there is no difference ${id} now`,
        prefix === undefined
          ? (didYouMean(id, known) ?? 'this run found none')
          : '`stowage drift` shows the ids of all there are',
      );
    }
    // Whoever accepts by a prefix does not mean to put their reason in place of those that others gave.
    const open = prefix === undefined ? matching : matching.filter(({ standing }) => standing !== 'accepted');
    if (open.length === 0) return refuse(`all of ${id} is accepted already`, 'name an id in full to renew its entry');
    for (const entry of open) chosen.add(entry);
  }
  return [...chosen];
}

function writeBaseline(files: InputFiles, cluster: string, entries: readonly AcceptedEntry[], now: Date): string | Refusal {
  const path = baselinePath(cluster);
  const bytes = files.get(path);
  if (bytes === undefined) return newBaseline(cluster, entries);
  const diagnostics: Diagnostic[] = [];
  const before = readBaseline(files, cluster, now, (diagnostic) => diagnostics.push(diagnostic));
  if (before === undefined) return { ...refuse(`${path} cannot be read`, 'mend it first; nothing is written'), diagnostics };
  const ids = before.accepted.map(({ difference }) => difference);
  for (const { difference } of entries) if (!ids.includes(difference)) ids.push(difference);
  const edited = editYaml(
    new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes),
    entries.map((entry) => ({ path: ['spec', 'accepted', ids.indexOf(entry.difference)], value: entry })),
  );
  return 'problem' in edited ? refuse(`${path} cannot be edited: ${edited.problem}`, 'edit it by hand') : edited.text;
}

function newBaseline(cluster: string, accepted: readonly AcceptedEntry[]): string {
  const document = {
    apiVersion: 'stowage.dev/v1',
    kind: 'DriftBaseline',
    metadata: { name: cluster },
    spec: { accepted },
  };
  return `# yaml-language-server: $schema=../.stowage/schemas/drift.json\n${printYaml(document)}`;
}
