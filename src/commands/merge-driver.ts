import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { runGit } from '../git/run-git.ts';
import { readHeader } from '../print/header.ts';
import { Failure } from '../store/fail.ts';
import { type CommandContext, exitCodes, UsageError } from './command-context.ts';

/**
 * What git calls for a generated file that both sides of a merge changed. It keeps ours: which text is right is known
 * when the inputs are merged, and then compiling says it. What a person wrote into one is merged as text, as git would.
 */
export async function mergeDriver(files: readonly string[], context: CommandContext): Promise<number> {
  const [ancestor, ours, theirs, path, ...rest] = files;
  if (ancestor === undefined || ours === undefined || theirs === undefined || path === undefined || rest.length > 0)
    throw new UsageError(
      '--merge-driver takes four files, as git gives them: %O %A %B %P',
      '`stowage init --merge-driver` sets it up',
    );
  if ([ours, theirs].every((file) => isAsGenerated(resolve(context.folder, file)))) {
    context.err(`${path}: kept as it is here; run \`stowage compile\` when the merge is done\n`);
    return exitCodes.clean;
  }
  const labels = ['here', 'before', 'there'].flatMap((label) => ['-L', label]);
  const { code } = await runGit(['merge-file', ...labels, '--', ours, ancestor, theirs], {
    in: context.folder,
    environment: context.environment,
    signal: context.signal,
  });
  return code === 0 ? exitCodes.clean : exitCodes.problems;
}

function isAsGenerated(file: string): boolean {
  try {
    return readHeader(readFileSync(file, 'utf8'))?.untouched === true;
  } catch (error) {
    throw new Failure(`cannot read what git wants merged: ${(error as Error).message}`);
  }
}
