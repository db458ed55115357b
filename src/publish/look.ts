import type { Commit } from '../git/commit.ts';
import { LostAnswer } from '../store/lost-answer.ts';
import { type ChangeSet, changeSets, differencesOf } from './change-set.ts';
import { effect } from './effect.ts';
import { branchFolder } from './key.ts';
import type { PublishRequest } from './publish-request.ts';

/** What the target holds, and what we would change in it: looked at again whenever somebody else was quicker. */
export interface View {
  /** Undefined only in a dry run on an empty repository. */
  readonly base: Commit | undefined;
  readonly branches: ReadonlyMap<string, Commit>;
  readonly sets: ReadonlyMap<string, ChangeSet>;
  readonly waiting: readonly string[];
}

export async function look(request: PublishRequest): Promise<View> {
  const { target, files, group, overwrite, bases, dryRun } = request;
  let heads = await target.heads();
  if (heads.base === undefined && !dryRun) {
    await startBranch(request);
    heads = await target.heads();
  }
  const { base } = heads;
  const prefix = request.path === '' ? '' : `${request.path}/`;
  const below = (path: string) => path.startsWith(prefix) && request.owned(path.slice(prefix.length));
  const found = base === undefined ? new Map<string, string>() : await target.files(base.id, below);
  const theirs = new Map([...found].map(([path, id]) => [path.slice(prefix.length), id]));
  const differences = differencesOf(files, theirs, target.blobId);
  const texts = await target.texts(differences.flatMap(({ old }) => (old === undefined ? [] : [old])));
  const facts = { bases, clusters: clustersOf([...files.keys(), ...theirs.keys()]) };
  const { sets, waiting } = changeSets(differences, texts, facts, group, overwrite);
  const folder = branchFolder(request.prefix, request.purpose);
  const branches = new Map([...heads.branches].filter(([name]) => name.startsWith(folder)));
  return { base, branches, sets: new Map(sets.map((set) => [set.name, set])), waiting };
}

/** A pull request needs something to be merged into. */
async function startBranch({ target, branch, author, now }: PublishRequest): Promise<void> {
  const tree = await target.writeTree(undefined, new Map());
  const message = 'Start the config repository\n\nstowage publish offers what belongs here in pull requests.\n';
  const commit = await target.writeCommit({ tree, parent: undefined, time: now(), author, message, sign: false });
  try {
    // Where another run was quicker, its commit does as well.
    await effect('the first push', () => target.push(branch, commit.id, undefined));
  } catch (error) {
    if (!(error instanceof LostAnswer) || (await target.heads()).base === undefined) throw error;
  }
}

function clustersOf(paths: readonly string[]): Map<string, string[]> {
  const clusters = new Map<string, string[]>();
  for (const path of paths) {
    const [root, cluster, environment, file] = path.split('/');
    if (root !== 'argocd' || cluster === undefined || environment === undefined || file === undefined) continue;
    const known = clusters.get(cluster) ?? [];
    clusters.set(cluster, known.includes(environment) ? known : [...known, environment]);
  }
  return clusters;
}
