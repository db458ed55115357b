import { printValue } from '../plan/describe-field.ts';
import type { Difference, Effort, Kept, ObjectName, Owner } from './difference.ts';
import type { LedgerEntry } from './ledger.ts';

/** A difference in words, each of which may hold what others wrote: who prints them makes them fit. */
export interface DifferenceWords {
  /** `StatefulSet tablet`; none for what is about a whole overlay or cluster. */
  readonly object: string | undefined;
  readonly field: string | undefined;
  readonly values: { readonly declared: string; readonly live: string } | undefined;
  readonly summary: string;
  /** Who wrote it and since when. */
  readonly owner: string | undefined;
  /** What was accepted of it, and by whom. */
  readonly acceptance: string | undefined;
}

export function describeDifference({ difference, standing, entry }: LedgerEntry): DifferenceWords {
  const { object, overlay, field, owner, summary } = difference;
  return {
    object: object === undefined ? undefined : objectWords(object, overlay === undefined),
    field,
    values: valuesOf(difference),
    summary,
    owner: owner === undefined ? undefined : ownerWords(owner),
    acceptance:
      entry === undefined
        ? undefined
        : standing === 'new'
          ? `what ${entry.owner} accepted until ${entry.until} was something else: ${entry.reason}`
          : `${entry.owner} accepted it until ${entry.until}: ${entry.reason}`,
  };
}

function valuesOf({ declared, live, concealed, what }: Difference): DifferenceWords['values'] {
  if (concealed === true) return { declared: 'a secret', live: what === 'missing' ? 'not there' : 'not shown' };
  if (declared === undefined && live === undefined) return undefined;
  return {
    declared: declared === undefined ? 'not declared' : printValue(declared),
    live: live === undefined ? 'not there' : printValue(live),
  };
}

export function objectWords({ kind, name, namespace }: ObjectName, withNamespace = true): string {
  return `${kind} ${name}${withNamespace && namespace !== null ? ` in ${namespace}` : ''}`;
}

function ownerWords({ manager, operation, since, subresource }: Owner): string {
  const how = operation === 'Apply' ? 'applied' : 'updated';
  const when = since === undefined ? '' : ` since ${since.slice(0, 16).replace('T', ' ')}`;
  return `${manager}${when} (${how}${subresource === undefined ? '' : ` by ${subresource}`})`;
}

/** `2 PersistentVolumeClaim, 4 ConfigMap`. */
export function countKept(kept: readonly Kept[]): string {
  const kinds = new Map<string, number>();
  for (const { object } of kept) kinds.set(object.kind, (kinds.get(object.kind) ?? 0) + 1);
  return [...kinds].map(([kind, count]) => `${count} ${kind}`).join(', ');
}

export function effortWords({ objects, requests, lists, dryRuns }: Effort): string {
  const several = (count: number, noun: string) => `${count} ${count === 1 ? noun : `${noun}s`}`;
  return `${several(objects, 'object')} compared in ${several(requests, 'request')} (${several(lists, 'list')}, ${several(dryRuns, 'dry run')})`;
}
