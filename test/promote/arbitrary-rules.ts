import fc from 'fast-check';
import type { OpeningRules } from '../../src/promote/opening-hours.ts';

/** A window as numbers, so that nobody has to read cron to know what it means. */
export interface PlainWindow {
  readonly minutes: readonly number[];
  readonly hours: readonly number[];
  readonly weekdays: readonly number[];
  /** In minutes. */
  readonly lasting: number;
  readonly timeZone: string;
}

export interface PlainException {
  readonly from: string;
  readonly until: string;
  readonly open: boolean;
  readonly timeZone: string;
}

export interface PlainRules {
  readonly windows: readonly PlainWindow[];
  readonly exceptions: readonly PlainException[];
  readonly freeze: readonly PlainWindow[];
  /** A day around which clocks are changed in the zone of the rules. */
  readonly around: string;
}

const changes: Readonly<Record<string, readonly string[]>> = {
  'Europe/Berlin': ['2026-03-29', '2026-10-25'],
  'America/Chicago': ['2026-03-08', '2026-11-01'],
  'Australia/Lord_Howe': ['2026-04-05', '2026-10-04'],
  UTC: ['2026-03-29'],
  'Asia/Kolkata': ['2026-10-25'],
  'America/Havana': ['2026-03-08', '2026-11-01'],
  'Asia/Beirut': ['2026-03-29', '2026-10-25'],
};

const some = (from: number, to: number) => fc.uniqueArray(fc.integer({ min: from, max: to }), { minLength: 1, maxLength: 3 });

const window = (timeZone: string): fc.Arbitrary<PlainWindow> =>
  fc.record({
    minutes: some(0, 59),
    // Clocks are changed at night.
    hours: fc.oneof(some(0, 4), some(0, 23)),
    weekdays: fc.oneof(fc.constant([0, 1, 2, 3, 4, 5, 6]), some(0, 6)),
    lasting: fc.oneof(fc.integer({ min: 1, max: 120 }), fc.integer({ min: 1, max: 3000 })),
    timeZone: fc.constant(timeZone),
  });

const pad = (number: number) => String(number).padStart(2, '0');

/** Within two days of the change. */
const localTime = (around: string) =>
  fc
    .tuple(fc.integer({ min: -1, max: 1 }), fc.option(fc.tuple(fc.integer({ min: 0, max: 23 }), fc.integer({ min: 0, max: 59 }))))
    .map(([days, time]) => {
      const date = new Date(Date.parse(around) + days * 86_400_000).toISOString().slice(0, 10);
      return time === null ? date : `${date}T${time.map(pad).join(':')}`;
    });

const exception = (timeZone: string, around: string): fc.Arbitrary<PlainException> =>
  fc
    .record({ from: localTime(around), until: localTime(around), open: fc.boolean(), timeZone: fc.constant(timeZone) })
    .filter(({ from, until }) => from < (until.length === 10 ? `${until}T24:00` : until));

export const arbitraryRules: fc.Arbitrary<PlainRules> = fc
  .constantFrom(...Object.entries(changes).flatMap(([zone, days]) => days.map((around) => ({ zone, around }))))
  .chain(({ zone, around }) =>
    fc.record({
      windows: fc.array(fc.oneof(window(zone), window('Europe/Berlin')), { maxLength: 2 }),
      exceptions: fc.array(exception(zone, around), { maxLength: 2 }),
      freeze: fc.array(window(zone), { maxLength: 1 }),
      around: fc.constant(around),
    }),
  );

/** The same as a person writes it. */
export function writeRules({ windows, exceptions, freeze }: PlainRules): OpeningRules {
  const write = ({ minutes, hours, weekdays, lasting, timeZone }: PlainWindow) => ({
    schedule: `${minutes} ${hours} * * ${weekdays.length === 7 ? '*' : weekdays}`,
    duration: `${lasting}m`,
    timeZone,
  });
  return {
    windows: windows.map(write),
    exceptions: exceptions.map((each) => ({ ...each, reason: 'because' })),
    freeze: freeze.map(write),
  };
}
