import { applicationsIn, type StatusFile } from '../promote/read-status-file.ts';
import { type CommandContext, UsageError } from './command-context.ts';
import { readSource } from './read-values.ts';

/** What `--status-file` names, for where Argo CD cannot be asked. */
export function readStatusFiles(paths: readonly string[], context: CommandContext): StatusFile[] {
  return paths.map((path) => {
    const applications = applicationsIn(textOf(readSource(path, context), path));
    if ('unknown' in applications)
      throw new UsageError(
        `--status-file ${path} ${applications.unknown}`,
        'kubectl get applications.argoproj.io -A -o json prints one',
      );
    return { path, applications };
  });
}

function textOf(bytes: Uint8Array, path: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new UsageError(`--status-file ${path} is not UTF-8 text`, 'save it as UTF-8');
  }
}
