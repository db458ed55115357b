import type { ClusterApi } from '../cluster/cluster-api.ts';
import type { ServedKind } from '../cluster/discover-kinds.ts';
import { dryRunApply } from '../cluster/dry-run-apply.ts';
import { orRefused, type Refused } from '../cluster/list-objects.ts';
import { canonicalJson } from '../compile/expected-objects.ts';
import type { PlainObject } from '../model/desired-object.ts';
import { asMap } from '../model/pod-specs.ts';
import type { Mismatch } from './compare-object.ts';
import type { Declared } from './declared.ts';
import { ownershipsOf } from './managed-fields.ts';
import { handOf, usualDeployer } from './managers.ts';
import { valueAt } from './steps.ts';
import type { UndeclaredField } from './undeclared-fields.ts';

/** An object that is not to the letter as it is declared. */
export interface Suspect {
  readonly declared: Declared;
  readonly live: PlainObject;
  readonly mismatches: readonly Mismatch[];
  /** What its deployer wrote and nothing declares any more. */
  readonly leftovers: readonly UndeclaredField[];
}

export interface Verdict {
  readonly mismatches: readonly Mismatch[];
  readonly leftovers: readonly UndeclaredField[];
  /** It is not there any more. */
  readonly gone?: true;
  /** Why the API server could not be asked, or what it has against the object. */
  readonly refused?: Refused;
}

/**
 * What would change if the object were applied as its deployer does it. Values that come out as they are, because
 * the API server writes them otherwise or a webhook sets them, mean the same.
 */
export async function confirm(
  { declared, live, mismatches, leftovers }: Suspect,
  kind: ServedKind,
  api: ClusterApi,
): Promise<Verdict> {
  const { object } = declared;
  const answer = await orRefused(dryRunApply(api, kind, asSent(object, live), deployerOf(live)));
  if (!('object' in answer)) return { mismatches, leftovers, refused: answer };
  if (answer.created) return { mismatches, leftovers, gone: true };
  const applied = answer.object;
  return {
    mismatches: mismatches.filter(({ steps }) => canonical(valueAt(applied, steps)) !== canonical(valueAt(live, steps))),
    leftovers: leftovers.filter(({ steps }) => valueAt(applied, steps) === undefined),
  };
}

function canonical(value: unknown): string {
  return canonicalJson(value ?? null);
}

/** Whoever applied it, so that what is no longer declared goes. */
function deployerOf(live: PlainObject): string {
  const applied = ownershipsOf(live).find(({ owner }) => owner.operation === 'Apply' && handOf(owner) === 'deployer');
  return applied?.owner.manager ?? usualDeployer;
}

const tracking = ['argocd.argoproj.io/tracking-id', 'argocd.argoproj.io/installation-id'];

/** With what Argo CD adds to all that it applies. */
function asSent(object: PlainObject, live: PlainObject): PlainObject {
  const annotations = asMap(asMap(live.metadata)?.annotations) ?? {};
  const own = Object.fromEntries(tracking.flatMap((key) => (annotations[key] === undefined ? [] : [[key, annotations[key]]])));
  if (Object.keys(own).length === 0) return object;
  const metadata = asMap(object.metadata);
  return { ...object, metadata: { ...metadata, annotations: { ...asMap(metadata?.annotations), ...own } } };
}
