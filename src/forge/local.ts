import type { GitCall } from '../git/call-git.ts';
import { Failure } from '../store/fail.ts';
import type { Forge, PullRequest } from './forge.ts';
import { localIssues } from './local-issues.ts';
import { type LocalRefs, localRefs, refNames, type StoredPull } from './local-refs.ts';
import { readStatuses, writeStatus } from './local-statuses.ts';
import { type CheckMerge, mergeLocally } from './merge-locally.ts';
import { refuseMovedHead } from './refuse-moved-head.ts';

const attempts = 50;

/** The host that is always there: pull requests kept beside the branches of a bare repository. */
export function localForge(call: GitCall, now: () => number, checkMerge?: CheckMerge): Forge {
  const refs = localRefs(call, now);

  const numbersIn = (all: ReadonlyMap<string, string>) =>
    [...all.keys()]
      .flatMap((ref) => /^refs\/stowage\/pull\/(\d+)\/meta$/.exec(ref)?.[1] ?? [])
      .map(Number)
      .sort((one, other) => one - other);

  async function read(numbers: readonly number[], all: ReadonlyMap<string, string>): Promise<PullRequest[]> {
    const metas = numbers.flatMap((number) => all.get(refNames.meta(number)) ?? []);
    const pulls = await refs.readPulls(metas);
    return numbers.flatMap((number) => {
      const pull = pulls.get(all.get(refNames.meta(number)) ?? '');
      return pull === undefined ? [] : [shown(number, pull, all)];
    });
  }

  async function list(which: 'open' | 'all' = 'open'): Promise<PullRequest[]> {
    const all = await refs.all();
    return (await read(numbersIn(all), all)).filter(({ state }) => which === 'all' || state === 'open');
  }

  /** Somebody else may change it at the same time: then what they made of it is changed. */
  async function change(
    number: number,
    event: string,
    next: (pull: StoredPull, seen: PullRequest) => StoredPull,
  ): Promise<PullRequest> {
    for (let attempt = 0; attempt < attempts; attempt += 1) {
      const { all, meta, pull } = await stored(number, refs);
      const changed = next(pull, shown(number, pull, all));
      const to = await refs.writePull(changed, meta, event);
      if (await refs.change([{ ref: refNames.meta(number), to, from: meta }])) return shown(number, changed, all);
    }
    throw new Failure(`pull request ${number} keeps changing`, 'try again');
  }

  return {
    name: 'the local repository',
    list,
    get: async (number) => (await read([number], await refs.all()))[0],
    findPullRequest: async (branch) => {
      const pulls = (await list('all')).filter((pull) => pull.head.branch === branch);
      return pulls.find((pull) => pull.state === 'open') ?? pulls.at(-1);
    },
    open: async ({ branch, reviewers, ...text }) => {
      for (let attempt = 0; attempt < attempts; attempt += 1) {
        const all = await refs.all();
        const numbers = numbersIn(all);
        const open = all.get(refNames.open(branch));
        if (open !== undefined) {
          const there = (await read(numbers, all)).find((pull) => pull.state === 'open' && pull.head.branch === branch);
          if (there !== undefined) return there;
        }
        const head = all.get(refNames.branch(branch));
        if (head === undefined) throw new Failure(`there is no branch ${branch}`, 'somebody may have deleted it; try again');
        const number = (numbers.at(-1) ?? 0) + 1;
        const pull: StoredPull = { ...text, branch, reviewers, state: 'open', comments: {} };
        const meta = await refs.writePull(pull, undefined, `open ${branch}`);
        const claimed = await refs.change([
          { ref: refNames.meta(number), to: meta, from: undefined },
          { ref: refNames.head(number), to: head, from: undefined },
          { ref: refNames.open(branch), to: head, from: undefined },
        ]);
        if (claimed) return shown(number, pull, all);
      }
      throw new Failure('too many others open pull requests at this moment', 'try again');
    },
    update: (number, changes) =>
      change(number, 'change', (pull) => ({
        ...pull,
        ...changes,
        labels: [...new Set([...pull.labels, ...(changes.labels ?? [])])],
      })),
    comment: async (number, marker, text) => {
      await change(number, 'comment', (pull) => ({ ...pull, comments: { ...pull.comments, [marker]: text } }));
    },
    setStatus: (sha, state, context, description) => writeStatus(sha, { context, state, description }, refs),
    statuses: (sha) => readStatuses(sha, refs, call),
    reviews: async (number) => (await stored(number, refs)).pull.reviews ?? [],
    issues: localIssues(refs),
    approve: async (number, by, sha) => {
      await change(number, `approve by ${by}`, (pull, { head }) => {
        if (pull.state !== 'open') throw new Failure(`pull request ${number} is ${pull.state} already`);
        refuseMovedHead(number, head.sha, sha);
        const others = (pull.reviews ?? []).filter((review) => review.by !== by);
        return { ...pull, reviews: [...others, { by, state: 'approved', sha }] };
      });
    },
    merge: async (number, request) => {
      const { all, meta, pull } = await stored(number, refs);
      return shown(
        number,
        await mergeLocally(number, { pull, meta, all }, request, { refs, call, now, checkMerge }),
        await refs.all(),
      );
    },
    close: async (number) => {
      for (let attempt = 0; attempt < attempts; attempt += 1) {
        const { all, meta, pull } = await stored(number, refs);
        if (pull.state !== 'open') return shown(number, pull, all);
        const closed: StoredPull = { ...pull, state: 'closed' };
        const to = await refs.writePull(closed, meta, 'close');
        const head = all.get(refNames.head(number)) as string;
        const now = all.get(refNames.branch(pull.branch));
        const done = await refs.change([
          { ref: refNames.meta(number), to, from: meta },
          { ref: refNames.open(pull.branch), to: undefined, from: all.get(refNames.open(pull.branch)) },
          // What was offered last stays, also when the branch is gone.
          ...(now === undefined
            ? []
            : [
                { ref: refNames.head(number), to: now, from: head },
                { ref: refNames.branch(pull.branch), to: undefined, from: now },
              ]),
        ]);
        if (done) return shown(number, closed, await refs.all());
      }
      throw new Failure(`pull request ${number} keeps changing`, 'try again');
    },
    reopen: async (number) => {
      for (let attempt = 0; attempt < attempts; attempt += 1) {
        const { all, meta, pull } = await stored(number, refs);
        if (pull.state !== 'closed') return shown(number, pull, all);
        const branch = refNames.branch(pull.branch);
        if (all.has(refNames.open(pull.branch)) || all.has(branch))
          throw new Failure(`the branch ${pull.branch} has been offered again since`, '`stowage pr list` shows what is open');
        const opened: StoredPull = { ...pull, state: 'open' };
        const to = await refs.writePull(opened, meta, 'reopen');
        const head = all.get(refNames.head(number)) as string;
        const done = await refs.change([
          { ref: refNames.meta(number), to, from: meta },
          { ref: refNames.open(pull.branch), to: head, from: undefined },
          { ref: branch, to: head, from: undefined },
        ]);
        if (done) return shown(number, opened, await refs.all());
      }
      throw new Failure(`pull request ${number} keeps changing`, 'try again');
    },
  };
}

async function stored(number: number, refs: LocalRefs) {
  const all = await refs.all();
  const meta = all.get(refNames.meta(number));
  if (meta === undefined) throw new Failure(`there is no pull request ${number}`, '`stowage pr list --all` shows them');
  return { all, meta, pull: (await refs.readPulls([meta])).get(meta) as StoredPull };
}

function shown(number: number, pull: StoredPull, all: ReadonlyMap<string, string>): PullRequest {
  const { branch, reviewers: _, comments: __, reviews: ___, ...rest } = pull;
  const live = pull.state === 'open' ? all.get(refNames.branch(branch)) : undefined;
  return { ...rest, number, head: { branch, sha: live ?? all.get(refNames.head(number)) ?? '' } };
}
