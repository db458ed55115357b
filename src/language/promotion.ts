import * as z from 'zod';
import { dnsLabel } from './scalars.ts';
import { schedule, timeZone } from './window-fields.ts';

const duration = () => z.string().regex(/^(\d+[dhm])+$/, 'must be a duration such as 30m, 2h or 1d12h');

const windowSchema = () =>
  z.strictObject({
    schedule: schedule(),
    duration: duration().describe('How long it stays open, such as 9h or 1d12h'),
    timeZone: timeZone().optional(),
  });

const localTime = () =>
  z
    .string()
    .regex(/^\d{4}-\d\d-\d\d(T\d\d:\d\d)?$/, {
      error: 'must be a day such as "2026-12-24", or a time such as "2026-12-24T18:00"',
      abort: true,
    })
    .refine(isInCalendar, 'must be a day that the calendar has, with an hour from 00 to 23 and a minute from 00 to 59');

function isInCalendar(text: string): boolean {
  const moment = new Date(`${text.slice(0, 10)}${text.slice(10) || 'T00:00'}Z`);
  return !Number.isNaN(moment.getTime()) && moment.toISOString().startsWith(text);
}

const exceptionSchema = () =>
  z
    .strictObject({
      from: localTime().describe('Where it begins: a day, or a day and a time'),
      until: localTime().describe('A day is meant to its end'),
      timeZone: timeZone().optional(),
      open: z.boolean().describe('false: closed in spite of windows; true: open in spite of them'),
      reason: z.string().min(1).describe('Why it is so, for those who have to wait'),
    })
    .superRefine(({ from, until }, context) => {
      // A day ends after all of its hours, and these texts sort as the times do.
      if (from < (until.length === 10 ? `${until}T24:00` : until)) return;
      context.addIssue({ code: 'custom', path: ['until'], message: `must be after \`from\`, which is ${from}` });
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

const waves = () => z.array(z.union([dnsLabel, z.array(dnsLabel).min(1)])).min(2);

export const promotionSchema = () =>
  z
    .strictObject({
      pipeline: waves()
        .optional()
        .describe(
          'Environments in order; those in one list are a wave, promoted to beside each other. Of all systems that have none of their own',
        ),
      systems: z.record(dnsLabel, waves()).optional().describe('Pipelines of single systems'),
      repository: z
        .string()
        .min(1)
        .optional()
        .describe(
          'Address or folder of the repository of this description, where it is not the one that is published to; its pull requests are kept by the same host',
        ),
    })
    .describe('The order in which environments get what is new: `stowage promote`');

export type StagePromotion = z.infer<ReturnType<typeof stagePromotionSchema>>;

export type PromotionWindow = z.infer<ReturnType<typeof windowSchema>>;
export type PromotionException = z.infer<ReturnType<typeof exceptionSchema>>;
