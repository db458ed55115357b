import type { Diagnostic, Report } from '../diagnostics/diagnostic.ts';
import { findRepository, hasUncommitted, resolveCommit } from '../git/find-repository.ts';
import type { InputFiles } from '../model/input-files.ts';
import { gatherInputs, type ReadBytes } from '../store/gather-inputs.ts';
import { inputFile, inputRoots } from '../store/input-names.ts';
import { type CommandContext, UsageError } from './command-context.ts';
import type { State } from './plan-comparison.ts';

/** The inputs of one state. */
export interface Source {
  readonly name: string;
  readonly files: InputFiles;
  readonly diagnostics: readonly Diagnostic[];
}

/** Undefined for what is published: that is no description but its result. */
export async function gatherState(state: State, fleet: string, context: CommandContext): Promise<Source | undefined> {
  if (state.kind === 'published') return undefined;
  return state.kind === 'worktree' ? worktree(fleet) : commit(state.name, fleet, context);
}

export const workingTree = 'working tree';

export function worktree(fleet: string, read?: ReadBytes): Source {
  const diagnostics: Diagnostic[] = [];
  const files = gatherInputs(fleet, (diagnostic) => diagnostics.push(diagnostic), read);
  return { name: workingTree, files, diagnostics };
}

async function commit(name: string, fleet: string, { environment, signal }: CommandContext): Promise<Source> {
  const repository = await findRepository(fleet, { environment, signal });
  if ('problem' in repository)
    throw new UsageError(
      `there is no commit to compare with here: ${repository.problem}`,
      repository.hint ??
        '`git init` and a first commit make one; once something is published, `--from published` compares with that',
    );
  const id = await resolveCommit(repository, name);
  if (id === undefined)
    throw name === 'HEAD'
      ? new UsageError(
          'there is no commit yet to compare with',
          'commit first; once something is published, `--from published` compares with that',
        )
      : new UsageError(
          `\`${name}\` is no commit of this repository`,
          'name a branch, a tag or a commit; `git fetch` brings those of others',
        );
  const { readCommit } = await import('../git/read-commit.ts');
  const diagnostics: Diagnostic[] = [];
  const report: Report = (diagnostic) => diagnostics.push(diagnostic);
  const files = await readCommit(repository, id, report);
  const short = id.slice(0, 7);
  return { name: name.startsWith(short) ? `commit ${short}` : `${name} (${short})`, files, diagnostics };
}

/** Who compares two commits may have meant what is not in either. */
export async function noteUncommitted(fleet: string, { environment, signal }: CommandContext): Promise<string[]> {
  const repository = await findRepository(fleet, { environment, signal });
  if ('problem' in repository || !(await hasUncommitted(repository, [inputFile, ...inputRoots]))) return [];
  return ['the working tree holds changes that are in neither commit; `--to worktree` plans them'];
}
