import { describe, expect, test } from 'vitest';
import { type OpeningRules, openingAt } from '../../src/promote/opening-hours.ts';

/** When it is open from one moment to another, found by asking at every change for the next one. */
function openings(rules: OpeningRules, from: string, until: string): string[] {
  const found: string[] = [];
  const end = new Date(until);
  for (let at = new Date(from); at < end; ) {
    const opening = openingAt(rules, at);
    const change = opening.open ? opening.until : opening.next;
    const stop = change === undefined || change > end ? end : change;
    if (opening.open) found.push(`${short(at)} – ${short(stop)}`);
    at = stop;
  }
  return found;
}

const short = (moment: Date) => moment.toISOString().replace(':00.000Z', '').replace('T', ' ');

const window = (timeZone: string, schedule: string, duration: string) => ({ windows: [{ schedule, duration, timeZone }] });

describe.each<[what: string, zone: string, schedule: string, duration: string, from: string, until: string, open: string[]]>([
  ['a plain day', 'UTC', '0 9 * * *', '8h', '2026-03-29T00:00Z', '2026-03-30T00:00Z', ['2026-03-29 09:00 – 2026-03-29 17:00']],
  [
    'half an hour from UTC',
    'Asia/Kolkata',
    '0 9 * * 1',
    '1h',
    '2026-03-29T00:00Z',
    '2026-04-01T00:00Z',
    ['2026-03-30 03:30 – 2026-03-30 04:30'],
  ],
  [
    'each day by its own clock',
    'Europe/Berlin',
    '0 9 * * *',
    '1h',
    '2026-03-28T00:00Z',
    '2026-03-30T00:00Z',
    ['2026-03-28 08:00 – 2026-03-28 09:00', '2026-03-29 07:00 – 2026-03-29 08:00'],
  ],
  [
    'from before the skipped hour to after it',
    'Europe/Berlin',
    '0 22 * * 6',
    '8h',
    '2026-03-28T00:00Z',
    '2026-03-30T00:00Z',
    ['2026-03-28 21:00 – 2026-03-29 04:00'],
  ],
  [
    'from before the repeated hour to after it',
    'Europe/Berlin',
    '0 22 * * 6',
    '8h',
    '2026-10-24T00:00Z',
    '2026-10-26T00:00Z',
    ['2026-10-24 20:00 – 2026-10-25 05:00'],
  ],
  [
    'beginning in the skipped hour',
    'Europe/Berlin',
    '30 2 * * *',
    '1h',
    '2026-03-29T00:00Z',
    '2026-03-30T00:00Z',
    ['2026-03-29 01:00 – 2026-03-29 01:30'],
  ],
  ['all of it in the skipped hour', 'Europe/Berlin', '0 2 * * *', '30m', '2026-03-29T00:00Z', '2026-03-30T00:00Z', []],
  [
    'ending in the skipped hour',
    'Europe/Berlin',
    '0 1 * * 0',
    '90m',
    '2026-03-29T00:00Z',
    '2026-03-30T00:00Z',
    ['2026-03-29 00:00 – 2026-03-29 01:00'],
  ],
  [
    'in the repeated hour',
    'Europe/Berlin',
    '30 2 * * *',
    '15m',
    '2026-10-25T00:00Z',
    '2026-10-26T00:00Z',
    ['2026-10-25 00:30 – 2026-10-25 00:45', '2026-10-25 01:30 – 2026-10-25 01:45'],
  ],
  [
    'beginning in the repeated hour',
    'Europe/Berlin',
    '30 2 * * *',
    '1h',
    '2026-10-25T00:00Z',
    '2026-10-26T00:00Z',
    ['2026-10-25 00:30 – 2026-10-25 01:00', '2026-10-25 01:30 – 2026-10-25 02:30'],
  ],
  [
    'the repeated hour itself',
    'Europe/Berlin',
    '0 2 * * *',
    '1h',
    '2026-10-24T23:00Z',
    '2026-10-25T23:00Z',
    ['2026-10-25 00:00 – 2026-10-25 02:00'],
  ],
  [
    'beginning in the skipped hour',
    'America/Chicago',
    '15 2 * * 0',
    '2h',
    '2026-03-08T00:00Z',
    '2026-03-09T00:00Z',
    ['2026-03-08 08:00 – 2026-03-08 09:15'],
  ],
  [
    'in the repeated hour',
    'America/Chicago',
    '30 1 * * 0',
    '30m',
    '2026-11-01T00:00Z',
    '2026-11-02T00:00Z',
    ['2026-11-01 06:30 – 2026-11-01 07:00', '2026-11-01 07:30 – 2026-11-01 08:00'],
  ],
  [
    'beginning in the half hour that is skipped',
    'Australia/Lord_Howe',
    '15 2 * * *',
    '30m',
    '2026-10-03T12:00Z',
    '2026-10-04T12:00Z',
    ['2026-10-03 15:30 – 2026-10-03 15:45'],
  ],
  [
    'beginning in the half hour that is repeated',
    'Australia/Lord_Howe',
    '45 1 * * *',
    '30m',
    '2026-04-04T12:00Z',
    '2026-04-05T12:00Z',
    ['2026-04-04 14:45 – 2026-04-04 15:00', '2026-04-04 15:15 – 2026-04-04 15:45'],
  ],
  [
    'a midnight that is skipped',
    'America/Havana',
    '0 0 * * 0',
    '2h',
    '2026-03-08T00:00Z',
    '2026-03-09T00:00Z',
    ['2026-03-08 05:00 – 2026-03-08 06:00'],
  ],
  [
    'a midnight that comes twice',
    'America/Havana',
    '0 0 * * 0',
    '2h',
    '2026-11-01T00:00Z',
    '2026-11-02T00:00Z',
    ['2026-11-01 04:00 – 2026-11-01 07:00'],
  ],
  [
    'a midnight that is skipped',
    'Asia/Beirut',
    '0 0 * * 0',
    '2h',
    '2026-03-28T12:00Z',
    '2026-03-29T12:00Z',
    ['2026-03-28 22:00 – 2026-03-28 23:00'],
  ],
  [
    'the hour before midnight twice',
    'Asia/Beirut',
    '0 23 * * 6',
    '1h',
    '2026-10-24T12:00Z',
    '2026-10-25T12:00Z',
    ['2026-10-24 20:00 – 2026-10-24 22:00'],
  ],
])('%s', (_, zone, schedule, duration, from, until, open) => {
  test(`${zone}: ${schedule} for ${duration}`, () => {
    expect(openings(window(zone, schedule, duration), from, until)).toEqual(open);
  });
});

describe('schedules', () => {
  test.each([
    [
      'days of the month or of the week, where both are limited',
      '0 0 13 * 5',
      ['2026-02-06', '2026-02-13', '2026-02-20', '2026-02-27'],
    ],
    ['days of the month only, where the week has a star', '0 0 13 * *', ['2026-02-13']],
    [
      'days of the week only, by a question mark',
      '0 0 ? 2 MON-tue',
      ['2026-02-02', '2026-02-03', '2026-02-09', '2026-02-10', '2026-02-16', '2026-02-17', '2026-02-23', '2026-02-24'],
    ],
    ['every so many days from one on', '0 0 20/4 feb *', ['2026-02-20', '2026-02-24', '2026-02-28']],
    // A star with a step limits, so that the day of the week is enough as well.
    [
      'every so many days of all, or a day of the week',
      '0 0 */14 * sun',
      ['2026-02-01', '2026-02-08', '2026-02-15', '2026-02-22'],
    ],
  ])('%s', (_, schedule, days) => {
    const open = openings(window('UTC', schedule, '1h'), '2026-02-01T00:00Z', '2026-02-28T23:00Z');
    expect([...new Set(open.map((text) => text.slice(0, 10)))]).toEqual(days);
  });

  test('windows that touch are one', () => {
    const rules = { windows: [...window('UTC', '0 9 * * *', '3h').windows, ...window('UTC', '0 12 * * *', '1h').windows] };
    expect(openings(rules, '2026-06-01T00:00Z', '2026-06-02T00:00Z')).toEqual(['2026-06-01 09:00 – 2026-06-01 13:00']);
  });

  test('a window that never ends has no end, and the only one of a leap year is found a long time before', () => {
    const at = new Date('2027-06-01T12:00Z');
    expect(openingAt(window('Europe/Berlin', '*/30 * * * *', '1h'), at)).toEqual({ open: true, until: undefined });
    expect(openingAt(window('UTC', '0 0 29 2 *', '2d'), at)).toMatchObject({ open: false, next: new Date('2028-02-29T00:00Z') });
    expect(openingAt(window('UTC', '0 0 29 2 *', '2d'), new Date('2026-06-01T12:00Z'))).toMatchObject({ next: undefined });
  });

  test('a window longer than a year is still open', () => {
    expect(openingAt(window('UTC', '0 0 29 2 *', '1000d'), new Date('2026-06-01T12:00Z')).open).toBe(true);
  });
});

describe('a freeze over the weekend', () => {
  const rules = { freeze: [{ schedule: '0 18 * * 5', duration: '62h', timeZone: 'Europe/Berlin' }] };

  test.each([
    ['in summer', '2026-06-04', '2026-06-10', ['2026-06-05 16:00', '2026-06-08 06:00']],
    ['when clocks go forward', '2026-03-26', '2026-04-01', ['2026-03-27 17:00', '2026-03-30 06:00']],
    ['when clocks go back', '2026-10-22', '2026-10-28', ['2026-10-23 16:00', '2026-10-26 07:00']],
  ])('begins and ends by the clock on the wall %s', (_, from, until, [begin, end]) => {
    const open = [`${from} 00:00 – ${begin}`, `${end} – ${until} 00:00`];
    expect(openings(rules, `${from}T00:00Z`, `${until}T00:00Z`)).toEqual(open);
  });

  test('closes in spite of windows and exceptions, and says so', () => {
    const always = [{ from: '2026-01-01', until: '2026-12-31', open: true, reason: 'launch' }];
    expect(openingAt({ ...rules, exceptions: always }, new Date('2026-06-06T12:00Z'))).toEqual({
      open: false,
      why: 'it is frozen by `0 18 * * 5` for 62h, Europe/Berlin',
      next: new Date('2026-06-08T06:00Z'),
    });
  });
});

describe('exceptions', () => {
  const closed = (from: string, until: string, timeZone?: string) => ({
    exceptions: [{ from, until, open: false, reason: 'stocktaking', ...(timeZone === undefined ? {} : { timeZone }) }],
  });

  test.each([
    ['a day of 23 hours', 'Europe/Berlin', '2026-03-29', '2026-03-29', '2026-03-28T23:00Z', '2026-03-29T22:00Z'],
    ['a day of 25 hours', 'Europe/Berlin', '2026-10-25', '2026-10-25', '2026-10-24T22:00Z', '2026-10-25T23:00Z'],
    ['a day without midnight', 'America/Havana', '2026-03-08', '2026-03-08', '2026-03-08T05:00Z', '2026-03-09T04:00Z'],
    ['a day before a repeated midnight', 'America/Havana', '2026-10-31', '2026-10-31', '2026-10-31T04:00Z', '2026-11-01T04:00Z'],
    ['a day with its last hour twice', 'Asia/Beirut', '2026-10-24', '2026-10-24', '2026-10-23T21:00Z', '2026-10-24T22:00Z'],
    ['from a skipped time', 'Europe/Berlin', '2026-03-29T02:30', '2026-03-29T04:00', '2026-03-29T01:00Z', '2026-03-29T02:00Z'],
    ['until a skipped time', 'Europe/Berlin', '2026-03-29T00:00', '2026-03-29T02:30', '2026-03-28T23:00Z', '2026-03-29T01:00Z'],
    [
      'from a skipped time',
      'Australia/Lord_Howe',
      '2026-10-04T02:10',
      '2026-10-04T03:00',
      '2026-10-03T15:30Z',
      '2026-10-03T16:00Z',
    ],
    [
      'from the first and until the second',
      'Europe/Berlin',
      '2026-10-25T02:30',
      '2026-10-25T02:45',
      '2026-10-25T00:30Z',
      '2026-10-25T01:45Z',
    ],
    ['without a zone', undefined, '2026-12-24T18:00', '2026-12-26', '2026-12-24T18:00Z', '2026-12-27T00:00Z'],
  ])('%s', (_, timeZone, from, until, begin, end) => {
    const rules = closed(from, until, timeZone);
    const at = (moment: string, later: number) => openingAt(rules, new Date(Date.parse(moment) + later));
    expect(at(begin, -1)).toEqual({ open: true, until: new Date(begin) });
    expect(at(begin, 0)).toEqual({
      open: false,
      why: `it is closed from ${from} until ${until}, ${timeZone ?? 'UTC'}: stocktaking`,
      next: new Date(end),
    });
    expect(at(end, -1).open).toBe(false);
    expect(at(end, 0)).toEqual({ open: true, until: undefined });
  });

  test('one that both of its ends skip is nothing', () => {
    const rules = closed('2026-03-29T02:10', '2026-03-29T02:50', 'Europe/Berlin');
    expect(openings(rules, '2026-03-29T00:00Z', '2026-03-30T00:00Z')).toEqual(['2026-03-29 00:00 – 2026-03-30 00:00']);
  });

  test('the last one that covers a moment wins, in spite of windows', () => {
    const rules = {
      ...window('UTC', '0 9 * * *', '8h'),
      exceptions: [
        { from: '2026-06-02', until: '2026-06-04', open: false, reason: 'fair' },
        { from: '2026-06-03T20:00', until: '2026-06-03T22:00', open: true, reason: 'repair' },
      ],
    };
    expect(openings(rules, '2026-06-01T00:00Z', '2026-06-06T00:00Z')).toEqual([
      '2026-06-01 09:00 – 2026-06-01 17:00',
      '2026-06-03 20:00 – 2026-06-03 22:00',
      '2026-06-05 09:00 – 2026-06-05 17:00',
    ]);
    const reversed = { ...rules, exceptions: rules.exceptions.toReversed() };
    expect(openingAt(reversed, new Date('2026-06-03T21:00Z'))).toMatchObject({
      open: false,
      why: expect.stringContaining('fair'),
    });
  });
});

test('outside of windows it says which there are, and in whose time', () => {
  const rules = {
    windows: [
      { schedule: '0 9 * * 1-5', duration: '8h', timeZone: 'Europe/Berlin' },
      { schedule: '0 2 * * 0', duration: '1d12h' },
    ],
  };
  expect(openingAt(rules, new Date('2026-06-05T16:00Z'))).toEqual({
    open: false,
    why: 'it is outside of its windows: `0 9 * * 1-5` for 8h, Europe/Berlin; `0 2 * * 0` for 1d12h, UTC',
    next: new Date('2026-06-07T02:00Z'),
  });
});

test('without rules it is always open', () => {
  expect(openingAt({}, new Date('2026-06-05T16:00Z'))).toEqual({ open: true, until: undefined });
});
