import { doOnce } from './do-once.ts';
import type { MergeOutcome, MergeRequest, PullRequest } from './forge.ts';
import type { Gitea } from './gitea-client.ts';
import { getPullRequest } from './gitea-pull-requests.ts';
import { anything } from './gitea-shapes.ts';
import { pause } from './host-options.ts';
import { HostTrouble } from './host-trouble.ts';
import { refuseMovedHead } from './refuse-moved-head.ts';

/** Gitea looks in the background whether a new pull request can be merged, and until then says to try again. */
const looks = 10;

export async function mergePullRequest(gitea: Gitea, number: number, request: MergeRequest): Promise<PullRequest> {
  await askToMerge(gitea, number, request, {});
  const merged = await getPullRequest(gitea, number);
  if (merged === undefined) throw new HostTrouble('it is gone', { status: 404 });
  return merged;
}

/** Gitea merges as soon as the rules of the branch are met. */
export async function mergeWhenReady(gitea: Gitea, number: number, request: MergeRequest): Promise<MergeOutcome> {
  const pull = await getPullRequest(gitea, number);
  if (pull === undefined) throw new HostTrouble('there is no such pull request', { status: 404 });
  // Gitea holds the commit against what it merges at once, not against what it merges later.
  refuseMovedHead(number, pull.head.sha, request.sha);
  return askToMerge(gitea, number, request, { merge_when_checks_succeed: true });
}

async function askToMerge(gitea: Gitea, number: number, { sha, method }: MergeRequest, more: object): Promise<MergeOutcome> {
  const find = async (): Promise<MergeOutcome | undefined> => {
    const pull = await getPullRequest(gitea, number);
    return pull?.state === 'merged' && pull.head.sha === sha ? 'merged' : undefined;
  };
  const merge = async (): Promise<MergeOutcome> => {
    const body = { Do: method, head_commit_id: sha, delete_branch_after_merge: true, ...more };
    for (let look = 1; ; look += 1) {
      try {
        const { status } = await gitea.ask('POST', `pulls/${number}/merge`, anything.optional(), body);
        return status === 201 ? 'waiting' : 'merged';
      } catch (error) {
        if (!(error instanceof HostTrouble)) throw error;
        if (error.status === 409 && /already scheduled/i.test(error.message)) return 'waiting';
        if (error.status === 405 && /already merged/i.test(error.message)) {
          const found = await find();
          if (found !== undefined) return found;
        }
        if (!(error.status === 405 && /try again later/i.test(error.message)) || look === looks) throw error;
        await pause(look / 2, gitea.options);
      }
    }
  };
  return doOnce(merge, find, gitea.options);
}
