import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, posix, relative, resolve, sep } from 'node:path';
import { findRepository, type Repository } from '../git/find-repository.ts';
import { runGit, textOf } from '../git/run-git.ts';
import { Failure } from '../store/fail.ts';
import { type CommandContext, UsageError } from './command-context.ts';
import { type Runner, workflows } from './workflows.ts';

/** `owner/repository@ref`, with an address before it on Gitea; a folder of the same repository. */
const remoteAction = /^(?:https?:\/\/[\w.:-]+\/)?[\w.-]+\/[\w.-]+(?:\/[\w.-]+)*@[\w./-]+$/;
const localAction = /^\.\/(?:[\w.-]+\/?)*$/;

/** Workflows belong to the root of a repository, wherever in it the fleet is. */
export async function planWorkflows(
  target: string,
  runners: readonly Runner[],
  action: string | undefined,
  context: CommandContext,
): Promise<Map<string, string>> {
  const there = nearestFolder(target);
  const repository = await findRepository(there, context);
  const known = 'problem' in repository ? undefined : repository;
  const fleet = posix.normalize(
    `${known?.prefix ?? ''}${relative(known === undefined ? target : there, target)
      .split(sep)
      .join('/')}`,
  );
  const inside = fleet.replace(/\/$/, '') || '.';
  if (!/^[\w./ -]+$/.test(inside))
    throw new Failure(`workflows cannot name the folder \`${inside}\``, 'use letters, digits, blanks and ._- in its name');
  const root = inside === '.' ? target : resolve(target, '../'.repeat(inside.split('/').length));
  const facts = { fleet: inside, action: actionOf(action, root), branch: await branchOf(known) };
  return new Map(
    runners.flatMap((runner) =>
      Object.entries(workflows({ ...facts, runner })).map(([path, text]) => [join(root, path), text] as const),
    ),
  );
}

function actionOf(given: string | undefined, root: string): string {
  if (given !== undefined) {
    if (remoteAction.test(given) || localAction.test(given)) return given;
    throw new UsageError(`--action ${JSON.stringify(given)} names no action`, 'write <owner>/<repository>@<commit>');
  }
  const own = join(root, 'action.yml');
  if (existsSync(own) && /^name: Stowage$/m.test(readFileSync(own, 'utf8'))) return './';
  throw new UsageError(
    'the workflows must know where the action of Stowage is',
    'say which repository holds Stowage, and at which commit: --action <owner>/<repository>@<commit>',
  );
}

/** The branch that is published: what the remote takes for its main one, else the one that is checked out. */
async function branchOf(repository: Repository | undefined): Promise<string> {
  if (repository === undefined) return 'main';
  for (const [name, prefix] of [
    ['refs/remotes/origin/HEAD', 'refs/remotes/origin/'],
    ['HEAD', 'refs/heads/'],
  ] as const) {
    const { code, out } = await runGit(['symbolic-ref', '--quiet', name], repository.call);
    const ref = textOf(out).trim();
    if (code === 0 && ref.startsWith(prefix)) return ref.slice(prefix.length);
  }
  return 'main';
}

export function nearestFolder(folder: string): string {
  return existsSync(folder) ? folder : nearestFolder(dirname(folder));
}
