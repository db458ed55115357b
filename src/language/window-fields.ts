import * as z from 'zod';
import { problemOfJobSchedule, readCronSchedule } from './cron-schedule.ts';

export const schedule = () =>
  z
    .string()
    .regex(/^\S+(\s+\S+){4}$/, { error: 'must be a cron schedule of five fields', abort: true })
    .superRefine((text, context) => {
      const read = readCronSchedule(text);
      if ('problem' in read) context.addIssue({ code: 'custom', message: read.problem });
    })
    .describe('When the window opens, as cron');

export const zoneName = z.string().superRefine((name, context) => {
  const problem = problemOfTimeZone(name);
  if (problem !== undefined) context.addIssue({ code: 'custom', message: problem });
});

export const timeZone = () => zoneName.describe('Such as Europe/Berlin; by default UTC');

export const jobSchedule = z.string().superRefine((text, context) => {
  const problem = problemOfJobSchedule(text);
  if (problem !== undefined) context.addIssue({ code: 'custom', message: problem });
});

/** Argo CD takes a name that it does not know for UTC without a word, and to it small letters make another name. */
function problemOfTimeZone(name: string): string | undefined {
  const unknown = 'must be the name of a time zone, such as Europe/Berlin';
  if (!/^[A-Z]/.test(name)) return unknown;
  try {
    const known = new Intl.DateTimeFormat('en', { timeZone: name }).resolvedOptions().timeZone;
    const slip = known !== name && known.toLowerCase() === name.toLowerCase();
    return slip ? `must be spelled \`${known}\`` : undefined;
  } catch {
    return unknown;
  }
}
