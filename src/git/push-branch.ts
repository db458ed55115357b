import { LostAnswer } from '../store/lost-answer.ts';
import { callGit, type GitCall, GitFailure } from './call-git.ts';
import type { PushAnswer } from './target-repository.ts';

/** Moves one branch of the remote, if it is exactly where it is expected to be. */
export async function pushBranch(
  call: GitCall,
  branch: string,
  to: string | undefined,
  expected: string | undefined,
): Promise<PushAnswer> {
  const lease = `--force-with-lease=refs/heads/${branch}:${expected ?? ''}`;
  const words = ['push', '--porcelain', '--no-verify', '--no-signed', lease, 'origin', `${to ?? ''}:refs/heads/${branch}`];
  const answer = await callGit(words, { ...call, accept: [1, 128] });
  if (answer.code === 0) return { kind: 'done' };
  const line = /^!\t[^\t]*\t(.*)$/m.exec(answer.out)?.[1];
  if (line === undefined) return unanswered(answer.err);
  // Two that push at once may also meet at the server's lock.
  if (
    /stale info|fetch first|non-fast-forward|already exists|cannot lock ref|reference already exists|failed to update ref|incorrect old value/.test(
      line,
    )
  )
    return { kind: 'moved' };
  const remote = [...answer.err.matchAll(/^remote: ?(.*)$/gm)].map((match) => (match[1] as string).trim());
  const said = remote.filter((text) => text !== '' && !text.startsWith('error: hook declined')).slice(0, 6);
  return { kind: 'refused', said: [...said, line.replace(/^\[remote rejected\] /, '')].join('; ') };

  function unanswered(err: string): never {
    if (/could not read (Username|Password)|Authentication failed|HTTP 40[13]|returned error: 40[13]|denied/i.test(err))
      throw new GitFailure('the config repository lets nobody push with this token', answer);
    throw new LostAnswer(`the push of ${branch} got no answer: ${err.trim().split('\n').slice(-2).join('; ')}`);
  }
}
