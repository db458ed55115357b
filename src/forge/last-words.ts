import type { PersonReview } from './forge.ts';

/** A verdict as a host tells it; `taken-back` is no verdict any more, and brings no earlier one back. */
export interface Verdict extends Omit<PersonReview, 'state'> {
  readonly state: PersonReview['state'] | 'taken-back';
}

/** The last verdict of each person, of all that there were in the order in which they were given. */
export function lastWords(verdicts: readonly Verdict[]): readonly PersonReview[] {
  const last = new Map(verdicts.map((verdict) => [verdict.by, verdict]));
  return [...last.values()].flatMap(({ by, state, sha }) => (state === 'taken-back' ? [] : [{ by, state, sha }]));
}
