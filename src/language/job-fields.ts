import * as z from 'zod';
import type { Language } from './scalars.ts';
import { jobSchedule, zoneName } from './window-fields.ts';

/** When and how often what runs to its end is run: of the workloads Job and CronJob. */
export function jobFields({ value }: Language) {
  return {
    schedule: value(jobSchedule).optional().describe('Of a CronJob: five fields of cron, or one such as @daily'),
    timeZone: value(zoneName).optional().describe('Of `schedule`, such as Europe/Berlin'),
    concurrencyPolicy: z
      .enum(['Allow', 'Forbid', 'Replace'])
      .optional()
      .describe(
        'Of a CronJob that is due while it still runs: start another (Allow, the default), skip this time (Forbid), or stop the old one (Replace)',
      ),
    suspend: value(z.boolean()).optional().describe('true: a CronJob starts nothing'),
    startingDeadlineSeconds: z
      .int()
      .nonnegative()
      .optional()
      .describe('Seconds that a CronJob may start too late; after them this time is skipped. By default any number'),
    successfulJobsHistoryLimit: z
      .int()
      .nonnegative()
      .optional()
      .describe('How many Jobs of a CronJob are kept that succeeded; by default 3'),
    failedJobsHistoryLimit: z
      .int()
      .nonnegative()
      .optional()
      .describe('How many Jobs of a CronJob are kept that failed; by default 1'),
    backoffLimit: z.int().nonnegative().optional().describe('How often a Job tries again before it has failed; by default 6'),
    completions: value(z.int().positive()).optional().describe('How many pods of a Job must succeed; by default 1'),
    parallelism: value(z.int().nonnegative()).optional().describe('How many pods of a Job run at the same time; by default 1'),
    activeDeadlineSeconds: z
      .int()
      .positive()
      .optional()
      .describe('Seconds after which a Job that still runs is stopped and has failed; by default never'),
    restartPolicy: z.enum(['OnFailure', 'Never']).optional().describe('Of a Job or CronJob; by default OnFailure'),
  };
}
