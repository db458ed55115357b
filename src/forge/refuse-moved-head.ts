import { Failure } from '../store/fail.ts';

/** What somebody has looked at is merged, and nothing else. */
export function refuseMovedHead(number: number, now: string, seen: string): void {
  if (now === seen) return;
  throw new Failure(
    `pull request #${number} is at ${now.slice(0, 12)} and no longer at ${seen.slice(0, 12)}`,
    'somebody has pushed since it was looked at: look again',
  );
}
