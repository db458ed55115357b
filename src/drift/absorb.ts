import { type ChangeResult, carryOut } from '../promote/carry-out.ts';
import type { Desk } from '../promote/desk.ts';
import type { AbsorbOrder } from '../promote/order.ts';
import { type Refusal, refuse } from '../promote/refusal.ts';
import type { Difference } from './difference.ts';
import { looksSecret } from './looks-secret.ts';
import { planAbsorption } from './plan-absorption.ts';

export interface AbsorbOptions {
  /** Why it is so, for the patches; by default where it comes from. */
  readonly reason?: string | undefined;
  readonly dryRun: boolean;
  /** What may be deleted or replaced by it, as `Kind/name`. */
  readonly allowDelete?: readonly string[];
}

/** A pull request for each system and environment that makes the description say what is there. */
export async function absorb(differences: readonly Difference[], desk: Desk, options: AbsorbOptions): Promise<ChangeResult[]> {
  const keyOf = ({ overlay, cluster }: Difference) => overlay ?? `@${cluster}`;
  const groups = new Map(differences.map((one) => [keyOf(one), differences.filter((other) => keyOf(other) === keyOf(one))]));
  const results: ChangeResult[] = [];
  for (const [key, group] of groups) {
    const refusal = group.map(refusalOf).find((one) => one !== undefined);
    results.push(refusal === undefined ? await absorbGroup(key, group, desk, options) : refused(key, refusal));
  }
  return results;
}

function absorbGroup(
  key: string,
  differences: readonly Difference[],
  desk: Desk,
  { reason, dryRun, allowDelete = [] }: AbsorbOptions,
): Promise<ChangeResult> {
  const [environment = '', system = ''] = key.split('/');
  const plan: AbsorbOrder['plan'] = (state, at) => planAbsorption({ environment, system, differences, reason }, state, at);
  return carryOut({ kind: 'absorb', environment, system, plan, allowDelete }, desk, { dryRun, due: false });
}

/** What the description cannot say, or must not; with what to do instead. */
export function refusalOf(difference: Difference): Refusal | undefined {
  const { id, between, what, object, field, overlay, advice } = difference;
  if (between === 'environments') return refuse(`${id} is between two environments: there is nothing to absorb`, advice);
  if (between === 'repository')
    return refuse(
      `${id} is an edit of what is generated`,
      'say it in the description and publish that, or take it back with `--revert`',
    );
  if (isSecret(difference))
    return refuse(
      `${id} is a secret, or looks like one, and the description never holds one as it is`,
      'seal the value that is meant: `stowage seal`',
    );
  if (what === 'missing' || what === 'recreated')
    return refuse(
      `${id} is not there, so there is nothing to absorb`,
      'have Argo CD make it again with `--revert`, or take it out of the description',
    );
  if (what === 'foreign')
    return refuse(
      `${id} is an object that nothing declares`,
      'declare it under `objects` of its environment or System, or delete it: `--revert` says how',
    );
  if (what === 'stuck') return refuse(`${id} is about an Application, and not about a value`, advice);
  if (overlay === undefined) return refuse(`${id} belongs to no system, so no description of one can say it`, advice);
  if (object === undefined || field === undefined) return refuse(`${id} is about a whole object, and not about a field`, advice);
  return undefined;
}

function isSecret({ concealed, what, object, field, live }: Difference): boolean {
  if (concealed === true || what === 'overwritten' || what === 'not-unsealed') return true;
  return object?.kind === 'Secret' || object?.kind === 'SealedSecret' || looksSecret(field, live);
}

function refused(key: string, { refused: reason, advice }: Refusal): ChangeResult {
  return { key, outcome: 'refused', reason, advice, gates: [], notes: [] };
}
