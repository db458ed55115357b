import * as z from 'zod';
import { daySchema } from '../language/drift-baseline.ts';

const word = z.string().min(1);

const difference = z.object({
  id: word,
  between: word,
  what: word,
  cluster: word,
  overlay: z.string().optional(),
  object: z.object({ kind: word, name: word, namespace: z.string().nullable() }).optional(),
  field: z.string().optional(),
  declared: z.unknown().optional(),
  live: z.unknown().optional(),
  concealed: z.boolean().optional(),
  owner: z.object({ manager: z.string(), since: z.string().optional() }).optional(),
  because: z.array(z.string()),
  summary: z.string(),
  advice: z.string(),
  standing: z.enum(['new', 'accepted', 'expired']),
  accepted: z.object({ reason: z.string(), owner: z.string(), until: daySchema() }).nullable(),
});

/** What `drift --json` printed, as far as a report needs it; later versions may say more. */
const driftRun = z
  .object({
    command: z.literal('drift'),
    at: z.iso.datetime({ offset: true }),
    clusters: z.array(word),
    narrowed: z.array(z.string()).default([]),
    differences: z.array(difference),
    unseen: z.array(z.object({ cluster: z.string(), what: z.string(), why: z.string(), hint: z.string().optional() })),
  })
  .superRefine(({ clusters, differences }, context) => {
    // Else it would belong to no run of its cluster, and be shown nowhere.
    const looked = new Set(clusters);
    for (const [index, { cluster }] of differences.entries())
      if (!looked.has(cluster))
        context.addIssue({ code: 'custom', path: ['differences', index, 'cluster'], message: 'is none of `clusters`' });
  });

export type DriftRunDocument = z.infer<typeof driftRun>;

/** A run as it was printed, or the first thing that is wrong with it. */
export function driftRunOf(value: unknown): DriftRunDocument | { readonly wrong: string } {
  const { data, error } = driftRun.safeParse(value);
  if (data !== undefined) return data;
  const [issue] = error.issues;
  const at = (issue?.path ?? []).reduce<string>(
    (path, step) => (typeof step === 'number' ? `${path}[${step}]` : `${path}${path === '' ? '' : '.'}${String(step)}`),
    '',
  );
  return { wrong: `${at === '' ? '' : `${at}: `}${issue?.message}` };
}
