import { expect, test } from 'vitest';
import { readMarker } from '../../src/publish/marker.ts';
import { publish } from '../../src/publish/publish.ts';
import { LostAnswer } from '../../src/store/lost-answer.ts';
import { copyHost, git, opened, realHost } from './support/real-host.ts';
import { filesAt, requestAt } from './support/request.ts';
import { around } from './support/schedule.ts';

class Killed extends Error {}

const steps = {
  before: ['push', 'writeCommit', 'writeTree', 'open', 'update', 'close', 'setStatus'],
  lost: ['push', 'open', 'update', 'close', 'setStatus'],
};
interface Stop {
  readonly at: number;
  readonly how: 'before' | 'lost';
}

type Host = Awaited<ReturnType<typeof realHost>>;

/** Publishes against real git, ended before a step, or without the answer to it. */
async function publishUntil(
  version: number,
  host: Host,
  stop: Stop,
  files: ReadonlyMap<string, string> = filesAt(version, ['shop']),
) {
  const { target, close } = await opened(host.folder);
  let step = 0;
  const seen = new Set(steps[stop.how]);
  const reached = (how: string) => how === stop.how && step === stop.at;
  const before = async (name: string) => {
    if (seen.has(name)) step += 1;
    if (seen.has(name) && reached('before')) throw new Killed();
  };
  const after = (name: string) => {
    if (!seen.has(name)) return;
    if (reached('lost')) throw new LostAnswer(`no answer to ${name}`);
  };
  const parts = { target: around(target, before, after), forge: around(host.forge, before, after), files };
  try {
    const result = await publish(requestAt(version, parts));
    return { result, ended: step >= stop.at };
  } catch (error) {
    if (!(error instanceof Killed)) throw error;
    return { result: undefined, ended: true };
  } finally {
    close();
  }
}

const never = { at: 0, how: 'before' } as const;

/** What somebody finds who looks at the repository, without the numbers of commits. */
async function look(host: Host) {
  const refs = git(host.folder, 'for-each-ref', '--format=%(refname)')
    .split('\n')
    .filter((ref) => !ref.includes('/status/'));
  const pulls = await host.forge.list('all');
  const trees = refs
    .filter((ref) => ref.startsWith('refs/heads/'))
    .map((ref) => [ref, git(host.folder, 'rev-parse', `${ref}^{tree}`)]);
  return { refs, trees, pulls: pulls.map(({ number, state, title, head }) => ({ number, state, title, branch: head.branch })) };
}

/** From an empty repository; to new content; to content that is published already. */
const scenes: [string, (host: Host) => Promise<void>, number, ReadonlyMap<string, string>, string][] = [
  ['opens', async () => undefined, 0, filesAt(0, ['shop']), 'opened'],
  ['updates', async (host) => void (await publishUntil(0, host, never)), 1, filesAt(1, ['shop']), 'updated'],
  [
    'closes',
    async (host) => {
      await publishUntil(0, host, never);
      await host.forge.merge(1, { sha: (await host.forge.get(1))?.head.sha ?? '', method: 'merge' });
      await publishUntil(1, host, never);
    },
    // What was published first is wanted again, from newer inputs.
    2,
    filesAt(0, ['shop']),
    'closed',
  ],
];

test.each(scenes)('a run that %s and stops at any step is finished by the next', async (_, prepare, version, files, outcome) => {
  const go = (host: Host, stop: Stop) => publishUntil(version, host, stop, files);
  const prepared = await realHost();
  await prepare(prepared);
  const wanted = copyHost(prepared);
  const clean = await go(wanted, never);
  expect(clean.result?.results.map((result) => result.outcome)).toEqual([outcome]);
  const expected = await look(wanted);

  for (const how of ['before', 'lost'] as const) {
    for (let at = 1; ; at += 1) {
      const told = `${how} step ${at}`;
      const host = copyHost(prepared);
      const { result, ended } = await go(host, { at, how });
      if (!ended) {
        expect(at).toBeGreaterThan(2);
        break;
      }
      // A lost answer is read back by the run itself.
      if (how === 'lost')
        expect(
          result?.results.map((one) => one.outcome),
          told,
        ).toEqual([outcome]);
      await go(host, never);
      expect(await look(host), told).toEqual(expected);
      for (const pull of await host.forge.list('open')) expect(readMarker(pull.body)?.commit, told).toBe(pull.head.sha);
      if (how === 'lost') continue;
      const again = await go(host, never);
      expect(
        again.result?.results.filter((one) => one.outcome !== 'unchanged'),
        told,
      ).toEqual([]);
    }
  }
});
