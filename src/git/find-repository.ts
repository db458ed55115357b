import { type GitCall, gitProblem, runGit, textOf, trustHint } from './run-git.ts';

/** The git repository that a fleet lies in. */
export interface Repository {
  readonly call: GitCall;
  /** From its root to the fleet: `` or `fleets/eu/`. */
  readonly prefix: string;
}

/** Without a repository, what git says of the folder, and what to do about it where that is known. */
export async function findRepository(
  fleet: string,
  call: Omit<GitCall, 'in'>,
): Promise<Repository | { readonly problem: string; readonly hint: string | undefined }> {
  const here = { ...call, in: fleet };
  const { code, out, err } = await runGit(['rev-parse', '--show-prefix'], here);
  if (code === 0) return { call: here, prefix: textOf(out).replace(/\n$/, '') };
  return { problem: gitProblem(err), hint: trustHint(err) };
}

/** The names of branches, tags and commits, with the suffixes of git that lead from one commit to another. */
const commitName = /^[A-Za-z0-9_][A-Za-z0-9_./+#=-]*(?:[~^][0-9]*|@\{[0-9]+\})*$|^@$/;

export function isCommitName(name: string): boolean {
  return commitName.test(name) && !name.includes('..');
}

/** The id of what a name means; undefined where it means no commit. */
export async function resolveCommit({ call }: Repository, name: string): Promise<string | undefined> {
  const { code, out } = await runGit(['rev-parse', '--verify', '--quiet', '--end-of-options', `${name}^{commit}`], call);
  return code === 0 ? textOf(out).trim() : undefined;
}

/** Whether inputs of the fleet differ from the last commit. */
export async function hasUncommitted({ call }: Repository, paths: readonly string[]): Promise<boolean> {
  const { code, out } = await runGit(['status', '--porcelain', '-z', '--no-renames', '--', ...paths], call);
  return code === 0 && out.length > 0;
}
