import fc from 'fast-check';
import { expect, it } from 'vitest';
import { openingAt } from '../../src/promote/opening-hours.ts';
import { settings } from '../support/fast-check-settings.ts';
import { arbitraryRules, writeRules } from './arbitrary-rules.ts';
import { openMinutes } from './minute-by-minute.ts';

const minute = 60_000;
const days = 4;
const count = days * 24 * 60;

it('opens and closes in the minutes in which somebody with a clock would do so', () => {
  fc.assert(
    fc.property(arbitraryRules, (rules) => {
      const start = Date.parse(rules.around) - (days / 2) * 24 * 60 * minute;
      const written = writeRules(rules);
      const found: boolean[] = [];
      // What it says of one moment is said of all until the next change, so that every minute is held against it.
      while (found.length < count) {
        const opening = openingAt(written, new Date(start + found.length * minute));
        const change = opening.open ? opening.until : opening.next;
        const until = change === undefined ? count : Math.min(count, (change.getTime() - start) / minute);
        expect(Number.isInteger(until) && until > found.length, `goes on, to a whole minute: ${until}`).toBe(true);
        while (found.length < until) found.push(opening.open);
      }
      expect(found).toEqual(openMinutes(rules, start, count));
    }),
    settings(100),
  );
}, 60_000);

it('says the same of a moment whenever it is asked', () => {
  fc.assert(
    fc.property(arbitraryRules, fc.array(fc.nat(count - 1), { maxLength: 20 }), (rules, minutes) => {
      const start = Date.parse(rules.around) - (days / 2) * 24 * 60 * minute;
      const written = writeRules(rules);
      const open = openMinutes(rules, start, count);
      for (const at of minutes) {
        const opening = openingAt(written, new Date(start + at * minute));
        expect(opening.open).toBe(open[at]);
        const change = opening.open ? opening.until : opening.next;
        const later = open.findIndex((each, index) => index > at && each !== open[at]);
        if (later >= 0) expect(change).toEqual(new Date(start + later * minute));
        else expect(change === undefined || change.getTime() >= start + count * minute).toBe(true);
      }
    }),
    settings(40),
  );
}, 60_000);
