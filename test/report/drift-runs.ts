import { ledgerToJson } from '../../src/drift/ledger-to-json.ts';
import { type DriftRunDocument, driftRunOf } from '../../src/report/drift-run.ts';
import { ledgerOf } from '../drift/ledger-of.ts';

type Ledger = Parameters<typeof ledgerOf>;

/** A run as `drift --json` prints it, read again. */
export function runAt(at: string, differences: Ledger[0], accepted: Ledger[1] = [], changes: Ledger[2] = {}): DriftRunDocument {
  const run = driftRunOf(JSON.parse(JSON.stringify(ledgerToJson(ledgerOf(differences, accepted, changes, new Date(at)), []))));
  if ('wrong' in run) throw new Error(run.wrong);
  return run;
}
