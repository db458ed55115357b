import type { PersonReview } from './forge.ts';
import type { GitHub } from './github-client.ts';
import { lastWords, type Verdict } from './last-words.ts';

/** Comments and reviews that are not submitted yet say nothing. */
const verdicts = new Map<string, Verdict['state']>([
  ['APPROVED', 'approved'],
  ['CHANGES_REQUESTED', 'changes-requested'],
  ['DISMISSED', 'taken-back'],
]);

export async function listReviews({ octokit, repository }: GitHub, number: number): Promise<readonly PersonReview[]> {
  const place = { ...repository, pull_number: number, per_page: 100 };
  const reviews = await octokit.paginate(octokit.rest.pulls.listReviews, place);
  return lastWords(
    // They come in the order in which they were given.
    reviews.flatMap(({ user, state, commit_id }) => {
      const verdict = verdicts.get(state.toUpperCase());
      // GitHub shows an account that is gone by this name.
      return verdict === undefined ? [] : [{ by: user?.login ?? 'ghost', state: verdict, sha: commit_id ?? '' }];
    }),
  );
}
