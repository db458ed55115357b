import { createHash } from 'node:crypto';
import type { CommitStatus, Forge, PersonReview, PullRequest } from '../../../src/forge/forge.ts';
import type { Commit } from '../../../src/git/commit.ts';
import type { TargetRepository } from '../../../src/git/target-repository.ts';

type Files = ReadonlyMap<string, string>;

/** A repository and its host in memory, as far as publishing sees them: quick enough for thousands of schedules. */
export function memoryHost(base = 'main') {
  const commits = new Map<string, Commit>();
  const trees = new Map<string, Files>();
  const blobs = new Map<string, string>();
  const branches = new Map<string, string>();
  const pulls: PullRequest[] = [];
  const statuses = new Map<string, Map<string, CommitStatus>>();
  const reviews = new Map<number, Map<string, PersonReview>>();
  const ids = (text: string) => createHash('sha1').update(text).digest('hex');
  const blobId = (text: string) => {
    blobs.set(ids(text), text);
    return ids(text);
  };
  const putTree = (files: Files) => {
    const id = ids(JSON.stringify([...files].sort()));
    trees.set(id, files);
    return id;
  };
  const putCommit = (files: Files, parents: readonly string[], message: string, time: number): Commit => {
    const tree = putTree(files);
    const zoned = `${time} +0000`;
    const id = ids(JSON.stringify([tree, parents, message, time]));
    const commit = { id, tree, parents, message, authored: zoned, committed: zoned };
    commits.set(id, commit);
    return commit;
  };
  const commitOf = (id: string) => commits.get(id) as Commit;
  const filesOf = (id: string) => trees.get(commitOf(id).tree) as Files;
  const reaches = (from: string | undefined, id: string): boolean =>
    from !== undefined && (from === id || commitOf(from).parents.some((parent) => reaches(parent, id)));

  const target: TargetRepository = {
    heads: async () => {
      const head = branches.get(base);
      return {
        base: head === undefined ? undefined : commitOf(head),
        branches: new Map([...branches].filter(([name]) => name !== base).map(([name, id]) => [name, commitOf(id)])),
      };
    },
    files: async (commit, wanted) =>
      new Map([...filesOf(commit)].filter(([path]) => wanted(path)).map(([path, text]) => [path, blobId(text)])),
    texts: async (wanted) => new Map(wanted.map((id) => [id, blobs.get(id) as string])),
    blobId,
    fetchCommit: async () => true,
    history: async () => [],
    writeTree: async (commit, changes) => {
      const files = new Map(commit === undefined ? [] : filesOf(commit));
      for (const [path, text] of changes) {
        if (text === undefined) files.delete(path);
        else files.set(path, text);
      }
      return putTree(files);
    },
    writeCommit: async ({ tree, parent, time, message }) =>
      putCommit(trees.get(tree) as Files, parent === undefined ? [] : [parent], message, time),
    push: async (branch, to, expected) => {
      if (branches.get(branch) !== expected) return { kind: 'moved' };
      if (to === undefined) branches.delete(branch);
      else branches.set(branch, to);
      return { kind: 'done' };
    },
    messages: async (commit) => {
      const found: string[] = [];
      const seen = new Set<string>();
      // Like `git log --topo-order`: no commit before all that came from it.
      const visit = (id: string) => {
        if (seen.has(id)) return;
        seen.add(id);
        const { message, parents } = commitOf(id);
        for (const parent of parents) visit(parent);
        if (message.includes('Stowage-Key: ')) found.unshift(message);
      };
      visit(commit);
      return found;
    },
  };

  const live = (pull: PullRequest): PullRequest => ({
    ...pull,
    head: { ...pull.head, sha: pull.state === 'open' ? (branches.get(pull.head.branch) ?? pull.head.sha) : pull.head.sha },
  });
  const replace = (number: number, changes: Partial<PullRequest>): PullRequest => {
    const pull = { ...live(pulls[number - 1] as PullRequest), ...changes };
    pulls[number - 1] = pull;
    return live(pull);
  };
  const forge: Forge = {
    name: 'memory',
    list: async (which = 'open') => pulls.map(live).filter(({ state }) => which === 'all' || state === 'open'),
    get: async (number) => pulls[number - 1] && live(pulls[number - 1] as PullRequest),
    findPullRequest: async (branch) => {
      const own = pulls.map(live).filter(({ head }) => head.branch === branch);
      return own.find(({ state }) => state === 'open') ?? own.at(-1);
    },
    open: async ({ branch, base: into, title, body, labels, draft }) => {
      const there = pulls.find(({ state, head }) => state === 'open' && head.branch === branch);
      if (there !== undefined) return live(there);
      const head = { branch, sha: branches.get(branch) as string };
      const pull: PullRequest = { number: pulls.length + 1, state: 'open', title, body, labels, draft, base: into, head };
      pulls.push(pull);
      return live(pull);
    },
    update: async (number, changes) => replace(number, changes),
    comment: async () => undefined,
    setStatus: async (sha, state, context, description) => {
      const own = statuses.get(sha) ?? new Map<string, CommitStatus>();
      statuses.set(sha, own.set(context, { context, state, description }));
    },
    statuses: async (sha) => [...(statuses.get(sha)?.values() ?? [])],
    reviews: async (number) => [...(reviews.get(number)?.values() ?? [])],
    approve: async (number, by, sha) => {
      const own = reviews.get(number) ?? new Map<string, PersonReview>();
      reviews.set(number, own.set(by, { by, state: 'approved', sha }));
    },
    merge: async (number) => {
      const pull = live(pulls[number - 1] as PullRequest);
      const [into, from] = [branches.get(base) as string, branches.get(pull.head.branch) as string];
      let shared = from;
      while (!reaches(into, shared)) shared = commitOf(shared).parents[0] as string;
      const own = filesOf(shared);
      const files = new Map(filesOf(into));
      const changed = [...own.keys(), ...filesOf(from).keys()].filter((path) => own.get(path) !== filesOf(from).get(path));
      const conflicts = changed.some((path) => files.get(path) !== own.get(path) && files.get(path) !== filesOf(from).get(path));
      if (conflicts) return pull;
      for (const [path, text] of filesOf(from)) if (own.get(path) !== text) files.set(path, text);
      for (const path of own.keys()) if (!filesOf(from).has(path)) files.delete(path);
      branches.set(base, putCommit(files, [into, from], `Merge ${number}\n`, number).id);
      branches.delete(pull.head.branch);
      return replace(number, { state: 'merged', head: { ...pull.head, sha: from } });
    },
    close: async (number) => replace(number, { state: 'closed' }),
  };
  return { target, forge, branches, pulls, commitOf, filesOf, putCommit, reaches, base };
}

export type MemoryHost = ReturnType<typeof memoryHost>;
