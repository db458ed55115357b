import * as z from 'zod';
import type { PersonReview } from './forge.ts';
import type { Gitea } from './gitea-client.ts';
import { listPages } from './gitea-pages.ts';
import { lastWords, type Verdict } from './last-words.ts';

const reviewShape = z.object({
  id: z.number(),
  user: z.object({ login: z.string() }).nullish(),
  state: z.string(),
  commit_id: z.string().nullish(),
  stale: z.boolean().nullish(),
  dismissed: z.boolean().nullish(),
});

export async function listReviews(gitea: Gitea, number: number): Promise<readonly PersonReview[]> {
  const reviews = await listPages(gitea, `pulls/${number}/reviews`, z.array(reviewShape));
  return lastWords(
    reviews
      .toSorted((one, other) => one.id - other.id)
      .flatMap((review) => {
        const state = verdictOf(review);
        // Nobody in person has spoken where a team was asked.
        return state === undefined || !review.user ? [] : [{ by: review.user.login, state, sha: review.commit_id ?? '' }];
      }),
  );
}

/** Comments, reviews that were asked for and those that are not submitted yet say nothing. */
function verdictOf({ state, stale, dismissed }: z.infer<typeof reviewShape>): Verdict['state'] | undefined {
  if (state !== 'APPROVED' && state !== 'REQUEST_CHANGES') return undefined;
  if (dismissed === true) return 'taken-back';
  // What was approved is not what is offered now. An objection stands until somebody takes it back.
  if (state === 'APPROVED') return stale === true ? 'taken-back' : 'approved';
  return 'changes-requested';
}
