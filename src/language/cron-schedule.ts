/** A schedule of five fields, read as Argo CD reads those of its sync windows; times are those of a wall clock. */
export interface CronSchedule {
  readonly minutes: readonly number[];
  readonly hours: readonly number[];
  readonly days: readonly number[];
  readonly months: readonly number[];
  readonly weekdays: readonly number[];
  /** Days of the month and of the week are both limited, so that either is enough. */
  readonly eitherDay: boolean;
}

interface Field {
  readonly name: string;
  readonly from: number;
  readonly to: number;
  /** In the order of their numbers, from the first on. */
  readonly names?: readonly string[];
}

const fields: readonly Field[] = [
  { name: 'minute', from: 0, to: 59 },
  { name: 'hour', from: 0, to: 23 },
  { name: 'day of the month', from: 1, to: 31 },
  {
    name: 'month',
    from: 1,
    to: 12,
    names: ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'],
  },
  { name: 'day of the week', from: 0, to: 6, names: ['sun', 'mon', 'tue', 'wed', 'thu', 'fri', 'sat'] },
];

/** What is wrong with it comes back in words. */
export function readCronSchedule(text: string): CronSchedule | { readonly problem: string } {
  const read = readFields(text);
  if ('problem' in read) return read;
  const { days, months, eitherDay } = read;
  // Argo CD takes a window whose beginning it cannot find for one that never ends.
  if (!eitherDay && !months.some((month) => (days[0] as number) <= longest(month)))
    return { problem: `must be a cron schedule of days that come: none of its months has a day ${days[0]}` };
  return read;
}

const shorthand = /^@(yearly|annually|monthly|weekly|daily|midnight|hourly|every (\d+(\.\d+)?(ns|us|µs|ms|s|m|h))+)$/;

/** Of a CronJob; a day that never comes is a way to have one that is started by hand alone. */
export function problemOfJobSchedule(text: string): string | undefined {
  if (shorthand.test(text)) return undefined;
  if (/TZ=/.test(text)) return 'must be a cron schedule without a time zone, which `timeZone` says';
  const read = readFields(text);
  return 'problem' in read ? read.problem : undefined;
}

function readFields(text: string): CronSchedule | { readonly problem: string } {
  const words = text.trim().split(/\s+/);
  if (words.length !== fields.length) return { problem: 'must be a cron schedule of five fields' };
  const read = fields.map((field, index) => readField(words[index] as string, field));
  for (const field of read) if ('problem' in field) return field;
  const [minutes, hours, days, months, weekdays] = read as readonly ReadField[] as [
    ReadField,
    ReadField,
    ReadField,
    ReadField,
    ReadField,
  ];
  const eitherDay = !days.every && !weekdays.every;
  return {
    minutes: minutes.values,
    hours: hours.values,
    days: days.values,
    months: months.values,
    weekdays: weekdays.values,
    eitherDay,
  };
}

interface ReadField {
  readonly values: readonly number[];
  /** Written as `*` or `?`: this field limits nothing, whatever the other one for days says. */
  readonly every: boolean;
}

function readField(word: string, field: Field): ReadField | { readonly problem: string } {
  const values = new Set<number>();
  let every = false;
  for (const part of word.split(',')) {
    const range = readRange(part, field);
    if (range === undefined) {
      const names = field.names === undefined ? '' : ` or ${field.names[0]} to ${field.names.at(-1)}`;
      return { problem: `must be a cron schedule: \`${part}\` is no ${field.name}; write ${field.from} to ${field.to}${names}` };
    }
    for (let value = range.from; value <= range.to; value += range.step) values.add(value);
    every ||= range.every;
  }
  return { values: [...values].sort((one, other) => one - other), every };
}

/** `*`, `5`, `1-5`, each with a step or without; `5/10` goes on to the end. */
function readRange(part: string, field: Field) {
  const match = /^(?:([*?])|(\w+)(?:-(\w+))?)(?:\/(\d+))?$/.exec(part);
  if (match === null) return undefined;
  const [, star, first = '', last, stepText] = match;
  const step = Number(stepText ?? 1);
  const from = star === undefined ? readNumber(first, field) : field.from;
  const open = star !== undefined || (last === undefined && stepText !== undefined);
  const to = open ? field.to : readNumber(last ?? first, field);
  if (from === undefined || to === undefined || from > to || step === 0) return undefined;
  return { from, to, step, every: star !== undefined && step === 1 };
}

function readNumber(text: string, field: Field): number | undefined {
  const named = field.names?.indexOf(text.toLowerCase()) ?? -1;
  const number = named >= 0 ? named + field.from : /^\d+$/.test(text) ? Number(text) : undefined;
  return number !== undefined && number >= field.from && number <= field.to ? number : undefined;
}

function longest(month: number): number {
  return new Date(Date.UTC(2024, month, 0)).getUTCDate();
}
