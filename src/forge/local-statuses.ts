import type { GitCall } from '../git/call-git.ts';
import { readObjects } from '../git/read-objects.ts';
import { Failure } from '../store/fail.ts';
import type { CommitStatus } from './forge.ts';
import { type LocalRefs, refNames } from './local-refs.ts';

const attempts = 50;

/** The last one counts: who comes at the same moment is not lost but replaced. */
export async function writeStatus(sha: string, status: CommitStatus, refs: LocalRefs): Promise<void> {
  const ref = refNames.status(sha, status.context);
  const to = await refs.writeText(`${JSON.stringify(status)}\n`);
  for (let attempt = 0; attempt < attempts; attempt += 1) {
    const from = (await refs.all()).get(ref);
    if (from === to || (await refs.change([{ ref, to, from }]))) return;
  }
  throw new Failure(`the status ${status.context} of ${sha.slice(0, 12)} keeps changing`, 'try again');
}

export async function readStatuses(sha: string, refs: LocalRefs, call: GitCall): Promise<readonly CommitStatus[]> {
  const prefix = refNames.statuses(sha);
  const own = [...(await refs.all())].filter(([ref]) => ref.startsWith(prefix));
  const texts = await readObjects(
    own.map(([, id]) => id),
    call,
  );
  return own.flatMap(([ref, id]) => {
    const text = texts.get(id);
    if (text === undefined) return [];
    // Earlier ones hold no context: the name of their ref is all of it.
    const { context = ref.slice(prefix.length), state, description } = JSON.parse(text) as Partial<CommitStatus>;
    return [{ context, state: state ?? 'error', description: description ?? '' }];
  });
}
