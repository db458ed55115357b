import type { ClusterApi } from '../cluster/cluster-api.ts';
import { kindId, type ServedKind } from '../cluster/discover-kinds.ts';
import type { PlainObject } from '../model/desired-object.ts';
import { stuckApplication } from './applications.ts';
import { changedField, foreignObject, missingObject, undeclaredField } from './cluster-differences.ts';
import { compareObject, type Mismatch } from './compare-object.ts';
import { confirm, type Suspect } from './confirm.ts';
import { type ClusterQuestion, type Declared, keyOf, nameOf } from './declared.ts';
import type { Difference, Findings, Unseen } from './difference.ts';
import { foreignObjects } from './foreign-objects.ts';
import { lostNamespaces } from './lost-namespaces.ts';
import { type Observation, observe } from './observe.ts';
import { sealedSecretDifferences } from './secrets.ts';
import { describeSteps, type Steps } from './steps.ts';
import { enlargedValues, undeclaredFields } from './undeclared-fields.ts';

/**
 * How a cluster differs from what the repository declares.
 *
 *   list every kind → compare → apply in a dry run what is not the same to the letter → who wrote it → foreign ones
 */
export async function clusterDrift(question: ClusterQuestion, api: ClusterApi): Promise<Findings> {
  const { declared } = question;
  const before = api.sent();
  const observation = await observe(question, api);
  const lost = lostNamespaces(question, observation);
  const differences: Difference[] = [...lost.differences];
  const suspects: Suspect[] = [];
  for (const one of declared) {
    const name = nameOf(one.object);
    if (lost.explains(name) || !observation.sees(name)) continue;
    const live = observation.live.get(keyOf(name));
    if (live === undefined) differences.push(missingObject(question, one));
    else {
      differences.push(...beside(question, one, live, observation));
      const suspect = examine(question, one, live, differences);
      if (suspect !== undefined) suspects.push(suspect);
    }
  }
  const unseen: Unseen[] = [...observation.unseen];
  const judged = await Promise.all(suspects.map((suspect) => judge(question, suspect, observation, api)));
  for (const verdict of judged) {
    differences.push(...verdict.differences);
    if (verdict.unseen !== undefined) unseen.push(verdict.unseen);
  }
  const { foreign, kept } = foreignObjects(question, observation.live);
  differences.push(...foreign.map((one) => foreignObject(question, one)));
  const effort = { objects: declared.length, requests: api.sent() - before, lists: observation.lists, dryRuns: suspects.length };
  return { differences: once(differences), unseen: folded(unseen), kept, effort };
}

/** What the state of an object tells, beside its fields. */
function beside(question: ClusterQuestion, declared: Declared, live: PlainObject, observation: Observation): Difference[] {
  const { apiVersion, kind } = nameOf(declared.object);
  if (kind === 'Application' && apiVersion.startsWith('argoproj.io/')) {
    const stuck = stuckApplication(question, declared, live);
    return stuck === undefined ? [] : [stuck];
  }
  if (kind === 'SealedSecret' && apiVersion.startsWith('bitnami.com/'))
    return sealedSecretDifferences(question, declared, live, observation);
  return [];
}

/** What is there beside the declared is told at once; what may mean the same is for the API server to judge. */
function examine(question: ClusterQuestion, declared: Declared, live: PlainObject, told: Difference[]): Suspect | undefined {
  const { object } = declared;
  const { apiVersion, kind } = nameOf(object);
  const ignored = (steps: Steps) => declared.ignored.some((other) => startsWith(steps, other));
  // Of Secrets nothing is asked for but what they are called and who wrote them.
  const compared = kind === 'Secret' && apiVersion === 'v1' ? { metadata: object.metadata } : object;
  const keysAt = question.keysAt(apiVersion, kind);
  const mismatches = compareObject(compared, live, keysAt).filter(
    (mismatch) => !ignored(mismatch.steps) && !isLeftOut(mismatch, apiVersion),
  );
  const known = new Set(mismatches.map(({ steps }) => describeSteps(steps)));
  for (const enlarged of enlargedValues(compared, live))
    if (!ignored(enlarged.steps) && !known.has(describeSteps(enlarged.steps))) mismatches.push(enlarged);
  const undeclared = undeclaredFields(object, live).filter(({ steps }) => !ignored(steps));
  const leftovers = undeclared.filter(({ what }) => what === 'leftover');
  for (const field of undeclared) if (field.what === 'added') told.push(undeclaredField(question, declared, live, field));
  return mismatches.length + leftovers.length === 0 ? undefined : { declared, live, mismatches, leftovers };
}

/** Argo CD writes its own objects anew, without what is false or empty. */
function isLeftOut({ declared, live }: Mismatch, apiVersion: string): boolean {
  if (live !== undefined || !apiVersion.startsWith('argoproj.io/')) return false;
  return declared === false || declared === '' || (typeof declared === 'object' && Object.keys(declared ?? {}).length === 0);
}

async function judge(
  question: ClusterQuestion,
  suspect: Suspect,
  { kinds }: Observation,
  api: ClusterApi,
): Promise<{ readonly differences: readonly Difference[]; readonly unseen?: Unseen }> {
  const { declared, live } = suspect;
  const name = nameOf(declared.object);
  const { mismatches, leftovers, gone, refused } = await confirm(
    suspect,
    kinds.get(kindId(name.apiVersion, name.kind)) as ServedKind,
    api,
  );
  // Deleted since it was listed.
  if (gone === true) return { differences: [missingObject(question, declared)] };
  const differences = [
    ...mismatches.map((mismatch) => changedField(question, declared, live, mismatch)),
    ...leftovers.map((field) => undeclaredField(question, declared, live, field)),
  ];
  if (refused === undefined) return { differences };
  // What it has against the object itself is a part of the answer: a field that cannot be changed any more, say.
  if (refused.status === 422)
    return {
      differences: differences.map((one) => ({
        ...one,
        summary: `${one.summary}; the API server refuses to apply it: ${refused.why}`,
      })),
    };
  // Rights have no defaults, and only who has them may hand them on, even on trial.
  if (refused.status === 403 && name.apiVersion.startsWith('rbac.authorization.k8s.io/')) return { differences };
  const { cluster } = question;
  const what = `whether ${name.kind} ${name.name}${name.namespace === null ? '' : ` in ${name.namespace}`} differs`;
  return {
    differences: refused.status === 403 || refused.status === 400 ? differences.map(unconfirmed) : [],
    unseen: { cluster, what, why: refused.why },
  };
}

function unconfirmed(difference: Difference): Difference {
  return { ...difference, summary: `${difference.summary}, as far as can be told without a dry run` };
}

function startsWith(steps: Steps, other: Steps): boolean {
  return other.every((step, index) => {
    const own = steps[index];
    return own !== undefined && 'key' in own && 'key' in step && own.key === step.key;
  });
}

/** Two managers may own the same field. Two objects that only differ in group or namespace get ids of their own. */
function once(differences: readonly Difference[]): Difference[] {
  const byId = new Map<string, Map<string, Difference>>();
  for (const one of differences) {
    const { apiVersion = '', namespace } = one.object ?? {};
    const objects = byId.get(one.id) ?? new Map<string, Difference>();
    byId.set(one.id, objects.set(`${apiVersion} ${namespace ?? ''}`, one));
  }
  return [...byId].flatMap(([id, objects]) => {
    if (objects.size === 1) return [...objects.values()];
    return [...objects].map(([place, one]) => ({ ...one, id: `${id} (${place.trim()})` }));
  });
}

/** One line for what has the same reason, such as a right that is missing. */
function folded(unseen: readonly Unseen[]): Unseen[] {
  const byReason = new Map<string, Unseen[]>();
  for (const one of unseen) {
    const reason = one.what.startsWith('whether ') ? one.why.replaceAll(/"[^"]*"/g, '"…"') : `${one.what} ${one.why}`;
    byReason.set(reason, [...(byReason.get(reason) ?? []), one]);
  }
  return [...byReason.values()].map((group) => {
    const [first] = group as [Unseen];
    return group.length === 1 ? first : { ...first, what: `${first.what}, and of ${group.length - 1} more objects` };
  });
}
