import * as z from 'zod';
import type { PlainObject } from '../model/desired-object.ts';
import { asList, asMap } from '../model/pod-specs.ts';
import { differenceOf } from './cluster-differences.ts';
import { type ClusterQuestion, type Declared, keyOf, nameOf } from './declared.ts';
import type { Difference } from './difference.ts';
import { ownershipsOf } from './managed-fields.ts';
import { handOf } from './managers.ts';
import type { Observation } from './observe.ts';

const statusSchema = z.object({
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
  if (synced?.status === 'False') return [notUnsealed(`its controller cannot open it: ${short(synced.message)}`)];
  if (!sees(target)) return [];
  if (secret === undefined) return [notUnsealed('is sealed, and there is no Secret of it')];
  return overwrittenKeys(secret).map(({ key, owner }) =>
    differenceOf(question, {
      what: 'overwritten',
      overlay,
      object: target,
      field: `data.${key}`,
      shown: { concealed: true },
      owner,
      summary: 'was written by somebody else than the controller that opens what is sealed',
      advice: `seal the new value (\`stowage seal\`), or delete the Secret, which its controller makes anew`,
      live: [owner.manager, owner.since],
    }),
  );
}

/** By who owns the keys: values are not asked for. */
function overwrittenKeys(secret: PlainObject) {
  if (asList(asMap(secret.metadata)?.ownerReferences).every(({ kind }) => kind !== 'SealedSecret')) return [];
  const found = new Map<string, ReturnType<typeof ownershipsOf>[number]['owner']>();
  for (const { owner, fields } of ownershipsOf(secret)) {
    if (handOf(owner) === 'program') continue;
    const keys = Object.keys(asMap(fields['f:data']) ?? {}).filter((name) => name.startsWith('f:'));
    for (const name of keys) if (!found.has(name.slice(2))) found.set(name.slice(2), owner);
  }
  return [...found].map(([key, owner]) => ({ key, owner }));
}

function short(message: string | null | undefined): string {
  return (message ?? 'no reason is given').replaceAll(/[^\x20-\x7e]+/g, ' ').slice(0, 200);
}
