import type { Forge } from '../forge/forge.ts';
import { openForge } from '../forge/open-forge.ts';
import { checkMergeBelow } from './check-merge.ts';
import { type CommandContext, type CommonOptions, UsageError } from './command-context.ts';
import { fleetFolder } from './fleet-folder.ts';
import { settingsOf } from './publish-fleet.ts';

/** Which host is asked, and for which repository of it. */
export interface HostOptions extends CommonOptions {
  readonly host?: 'github' | 'gitea';
  readonly repository?: string;
  readonly api?: string;
}

export interface AskedHost {
  readonly host: 'local' | 'github' | 'gitea';
  readonly repository: string;
  readonly api: string | undefined;
  /** Of the fleet in the repository, where stowage.yaml says so. */
  readonly path?: string;
}

/** What stowage.yaml says, unless the call names another one: the fleet's own repository is often not the one published to. */
export function askedHost(options: HostOptions, context: CommandContext): AskedHost {
  const { host, repository, api } = options;
  if (host === undefined && repository === undefined && api === undefined) return settingsOf(fleetFolder(options, context));
  if (host === undefined || repository === undefined)
    throw new UsageError('--host and --repository go together: one says how the other is spoken to');
  return { host, repository, api };
}

export function openHost({ path = '', ...asked }: AskedHost, { environment, signal }: CommandContext): Promise<Forge> {
  return openForge({ ...asked, environment, signal, checkMerge: checkMergeBelow(path) });
}
