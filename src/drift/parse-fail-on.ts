import { didYouMean } from '../diagnostics/suggest.ts';
import { type Between, betweens, type What, whats } from './difference.ts';
import { type FailOn, usualFailures } from './fails.ts';

export interface WrongWord {
  readonly problem: string;
  readonly hint: string | undefined;
}

const words: readonly string[] = [...betweens, ...whats, 'accepted', 'none'];

/** The words of `--fail-on`, each of which adds to the others; `accepted` alone adds to what is usual. */
export function parseFailOn(given: readonly string[]): FailOn | WrongWord {
  const wrong = given.find((word) => !words.includes(word));
  if (wrong !== undefined) return { problem: `--fail-on ${wrong} is none of its words`, hint: didYouMean(wrong, words) };
  const between = given.filter((word): word is Between => (betweens as readonly string[]).includes(word));
  const what = given.filter((word): word is What => (whats as readonly string[]).includes(word));
  const accepted = given.includes('accepted');
  if (given.includes('none')) {
    if (between.length + what.length > 0 || accepted)
      return { problem: '--fail-on none goes with no other word', hint: 'leave out the one or the others' };
    return { between: [], what: [], accepted: false };
  }
  return between.length + what.length > 0 ? { between, what, accepted } : { ...usualFailures, accepted };
}
