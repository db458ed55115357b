import type { Forge } from '../forge/forge.ts';
import { openForge } from '../forge/open-forge.ts';
import { localFolder } from '../forge/open-local.ts';
import { fleetCommit } from '../git/fleet-commit.ts';
import { folderIn } from '../publish/own-files.ts';
import { checkMergeBelow } from './check-merge.ts';
import { type CommandContext, type CommonOptions, UsageError } from './command-context.ts';
import { fleetFolder } from './fleet-folder.ts';
import { settingsOf } from './publish-fleet.ts';

/** Which host is asked, and for which repository of it. */
export interface HostOptions extends CommonOptions {
  readonly host?: 'local' | 'github' | 'gitea';
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
export async function askedHost(options: HostOptions, context: CommandContext): Promise<AskedHost> {
  const { host, repository, api } = options;
  if (host === undefined && repository === undefined && api === undefined) return settingsOf(fleetFolder(options, context));
  if (host === undefined || repository === undefined)
    throw new UsageError('--host and --repository go together: one says how the other is spoken to');
  if (host !== 'local') return { host, repository, api };
  // That of a description that is published to another one.
  const fleet = fleetFolder(options, context);
  const { root } = await fleetCommit(fleet, ['stowage.yaml'], context.signal);
  return { host, repository: localFolder(repository, fleet), api, path: folderIn(root, fleet) };
}

export function openHost({ path = '', ...asked }: AskedHost, { environment, signal }: CommandContext): Promise<Forge> {
  return openForge({ ...asked, environment, signal, checkMerge: checkMergeBelow(path) });
}
