import * as z from 'zod';
import { said } from '../cluster/said.ts';
import { canonicalJson } from '../compile/expected-objects.ts';
import type { PlainObject } from '../model/desired-object.ts';
import { asList, asMap } from '../model/pod-specs.ts';
import { differenceOf, makerOf } from './cluster-differences.ts';
import { type ClusterQuestion, type Declared, keyOf, nameOf } from './declared.ts';
import type { Difference, Owner } from './difference.ts';
import { ownershipsOf } from './managed-fields.ts';
import { handOf } from './managers.ts';
import type { Observation } from './observe.ts';

const statusSchema = z.object({
  observedGeneration: z.number().nullish(),
  conditions: z.array(z.object({ type: z.string(), status: z.string(), message: z.string().nullish() })).nullish(),
});

/** What became of a declared SealedSecret: whether it was opened, and whether what came out is still what was sealed. */
export function sealedSecretDifferences(
  question: ClusterQuestion,
  { overlay, object }: Declared,
  live: PlainObject,
  { live: all, sees }: Observation,
): Difference[] {
  const sealed = nameOf(object);
  const target = { ...sealed, apiVersion: 'v1', kind: 'Secret' };
  const { data } = statusSchema.safeParse(asMap(live.status) ?? {});
  const synced = data?.conditions?.find(({ type }) => type === 'Synced');
  const secret = all.get(keyOf(target));
  const notUnsealed = (summary: string) =>
    differenceOf(question, {
      what: 'not-unsealed',
      overlay,
      object: sealed,
      field: 'status',
      summary,
      advice: 'the log of its controller says why; `stowage seal --status` tells what would not open',
      live: 'not unsealed',
    });
  if (synced?.status === 'False') return [notUnsealed(`its controller cannot open it: ${said(synced.message)}`)];
  if (isStale(data?.observedGeneration, object, live, question.now))
    return [notUnsealed('its controller has not looked at what is sealed now: an earlier value is still in use')];
  if (!sees(target)) return [];
  if (secret === undefined) return [notUnsealed('is sealed, and there is no Secret of it')];
  const overwritten = (field: string | undefined, owner: Owner | undefined, summary: string) =>
    differenceOf(question, {
      what: 'overwritten',
      overlay,
      object: target,
      ...(field !== undefined && { field }),
      shown: { concealed: true },
      owner,
      summary,
      advice: 'seal the value that is meant (`stowage seal`), or delete the Secret, which its controller makes anew',
      live: undefined,
    });
  const { annotations, ownerReferences } = asMap(secret.metadata) ?? {};
  const isItsOwn = asList(ownerReferences).some(({ kind }) => kind === 'SealedSecret');
  if (!isItsOwn && !Object.keys(asMap(annotations) ?? {}).some((key) => key.startsWith('sealedsecrets.bitnami.com/')))
    return [overwritten(undefined, makerOf(secret), 'is not the one that its controller made')];
  const keys = keysOf(secret);
  const sealedKeys = Object.keys(asMap(asMap(object.spec)?.encryptedData) ?? {});
  return [
    ...[...keys].flatMap(([key, owner]) =>
      handOf(owner) === 'program'
        ? []
        : [overwritten(`data.${key}`, owner, 'was written by somebody else than the controller that opens what is sealed')],
    ),
    ...(ownershipsOf(secret).length === 0 ? [] : sealedKeys.filter((key) => !keys.has(key))).map((key) =>
      overwritten(`data.${key}`, undefined, 'is sealed, and is not in the Secret'),
    ),
  ];
}

/** How long a controller may take. */
const patience = 600_000;

/** What lies in Git is there, and its controller did not get to it. */
function isStale(observed: number | null | undefined, declared: PlainObject, live: PlainObject, now: Date): boolean {
  const generation = asMap(live.metadata)?.generation;
  if (observed == null || typeof generation !== 'number' || observed >= generation) return false;
  const encrypted = (object: PlainObject) => canonicalJson(asMap(object.spec)?.encryptedData ?? null);
  const written = Date.parse(ownershipsOf(live).find(({ owner }) => owner.subresource === undefined)?.owner.since ?? '');
  return encrypted(declared) === encrypted(live) && !(now.getTime() - written < patience);
}

/** Keys of a Secret with who wrote each last, who is no controller first. Values are not asked for. */
function keysOf(secret: PlainObject): Map<string, Owner> {
  const found = new Map<string, Owner>();
  const ownerships = ownershipsOf(secret);
  for (const program of [false, true])
    for (const { owner, fields } of ownerships)
      if ((handOf(owner) === 'program') === program)
        for (const name of Object.keys(asMap(fields['f:data']) ?? {}))
          if (name.startsWith('f:') && !found.has(name.slice(2))) found.set(name.slice(2), owner);
  return found;
}
