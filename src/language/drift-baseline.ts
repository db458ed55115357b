import * as z from 'zod';
import { dnsLabel } from './scalars.ts';
import { apiVersion } from './system.ts';

const wrongDay = 'must be a day of the calendar such as 2026-12-31';

/** The 30th of February becomes another day on the way. */
function isDay(text: string): boolean {
  const at = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(text);
}

export const daySchema = () =>
  z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}$/, { error: wrongDay, abort: true })
    .refine(isDay, wrongDay);

const said = (why: string) => z.string().regex(/\S/, why);

const acceptedSchema = () =>
  z.strictObject({
    difference: said('must be the id of a difference').describe('Id of the difference, as `stowage drift` shows it'),
    digest: z
      .string()
      .regex(/^[0-9a-f]{16}$/, 'must be the digest that `stowage drift accept` writes')
      .describe('Digest of what was there when it was accepted: what changes afterwards is a new difference'),
    reason: said('must say why it may stay').describe('Why it may stay'),
    owner: said('must say who answers for it').describe('Who answers for it'),
    until: daySchema().describe('The last day (UTC) on which it is accepted, at most a year ahead'),
  });

export function driftBaselineSchema() {
  return z
    .strictObject({
      apiVersion,
      kind: z.literal('DriftBaseline').describe('Which kind of document this is'),
      metadata: z
        .strictObject({ name: dnsLabel.describe('Name of the cluster; the same as the file') })
        .describe('What identifies the document'),
      spec: z
        .strictObject({
          accepted: z.array(acceptedSchema()).describe('Differences that may stay for a while'),
        })
        .describe('What was accepted'),
    })
    .describe('Differences of a cluster that somebody answers for, each until a day; nothing is generated from it');
}

export type DriftBaselineDocument = z.infer<ReturnType<typeof driftBaselineSchema>>;
