import { existsSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { type CommandContext, type CommonOptions, UsageError } from './command-context.ts';

/** The folder given, else the nearest one around here that holds a stowage.yaml. */
export function fleetFolder(options: CommonOptions, { folder }: CommandContext): string {
  if (options.fleet !== undefined) {
    const given = resolve(folder, options.fleet);
    if (statSync(given, { throwIfNoEntry: false })?.isDirectory() !== true)
      throw new UsageError(`--fleet ${options.fleet}: there is no such folder`);
    if (!existsSync(join(given, 'stowage.yaml')))
      throw new UsageError(
        `--fleet ${options.fleet}: there is no stowage.yaml in it`,
        otherEnding(given) ?? '`stowage init` starts a fleet',
      );
    return given;
  }
  for (let candidate = resolve(folder); ; candidate = dirname(candidate)) {
    if (existsSync(join(candidate, 'stowage.yaml'))) return candidate;
    if (candidate === dirname(candidate))
      throw new UsageError(
        'there is no stowage.yaml in this folder or above it',
        otherEnding(folder) ?? '`stowage init` starts a fleet here; `--fleet <folder>` names another one',
      );
  }
}

function otherEnding(folder: string): string | undefined {
  return existsSync(join(folder, 'stowage.yml')) ? 'rename stowage.yml to stowage.yaml' : undefined;
}
