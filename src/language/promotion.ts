import * as z from 'zod';
import { dnsLabel } from './scalars.ts';

const duration = () => z.string().regex(/^(\d+[dhm])+$/, 'must be a duration such as 30m, 2h or 1d12h');

const windowSchema = () =>
  z.strictObject({
    schedule: z
      .string()
      .regex(/^\S+(\s+\S+){4}$/, 'must be a cron schedule of five fields')
      .describe('When the window opens, as cron'),
    duration: duration(),
    timeZone: z.string().optional().describe('Such as Europe/Berlin; by default UTC'),
  });

const localTime = () =>
  z.string().regex(/^\d{4}-\d\d-\d\d(T\d\d:\d\d)?$/, 'must be a day such as "2026-12-24", or a time such as "2026-12-24T18:00"');

const exceptionSchema = () =>
  z.strictObject({
    from: localTime(),
    until: localTime().describe('A day is meant to its end'),
    timeZone: z.string().optional().describe('Such as Europe/Berlin; by default UTC'),
    open: z.boolean().describe('false: closed in spite of windows; true: open in spite of them'),
    reason: z.string().min(1),
  });

/** What must hold before something is promoted into a stage. */
export const stagePromotionSchema = () =>
  z.strictObject({
    soak: duration().optional().describe('How long it must have been healthy in the wave before'),
    windows: z
      .array(windowSchema())
      .min(1)
      .optional()
      .describe('When promotions are opened and merged; by default always. Freeze windows of an environment close it anyway'),
    exceptions: z.array(exceptionSchema()).optional().describe('Times at which windows do not count; the last one wins'),
    approvals: z.int().nonnegative().optional().describe('How many people must approve the pull request; by default none'),
    approvers: z
      .array(z.string().min(1))
      .optional()
      .describe('Who may approve and merge, as the host calls them: they are asked for a review, and no other approval counts'),
    statuses: z
      .array(z.string().min(1))
      .optional()
      .describe('Commit statuses that must be green before it is merged without a person'),
    open: z
      .enum(['automatic', 'manual'])
      .optional()
      .describe('Whether `promote --all --due` opens pull requests into it; by default automatic'),
    merge: z
      .enum(['automatic', 'manual'])
      .optional()
      .describe('Whether they are merged without a person once every gate is open; by default manual'),
  });

const waves = () =>
  z
    .array(z.union([dnsLabel, z.array(dnsLabel).min(1)]))
    .min(2)
    .describe('Environments in order; those in one list are a wave, promoted to beside each other');

export const promotionSchema = () =>
  z
    .strictObject({
      pipeline: waves().optional().describe('Of all systems that have none of their own'),
      systems: z.record(dnsLabel, waves()).optional().describe('Pipelines of single systems'),
    })
    .describe('The order in which environments get what is new: `stowage promote`');

export type StagePromotion = z.infer<ReturnType<typeof stagePromotionSchema>>;
export type Promotion = z.infer<ReturnType<typeof promotionSchema>>;
export type PromotionWindow = z.infer<ReturnType<typeof windowSchema>>;
export type PromotionException = z.infer<ReturnType<typeof exceptionSchema>>;
