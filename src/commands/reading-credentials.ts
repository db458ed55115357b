import { credentialVariables } from '../git/call-git.ts';
import type { FleetDocument } from '../language/fleet.ts';
import { publishSettings } from '../publish/publish-settings.ts';
import type { CommandContext } from './command-context.ts';

const tokens = ['STOWAGE_TOKEN', 'GITHUB_TOKEN', 'GITEA_TOKEN', 'STOWAGE_GITHUB_APP_ID'];

/** What git needs to read what is published, where a token is there. Where none is, git finds credentials by its helpers, or needs none. */
export async function readingCredentials(
  spec: FleetDocument['spec'],
  fleet: string,
  { environment, signal }: CommandContext,
): Promise<Record<string, string>> {
  const { host, repository, api } = publishSettings(spec, fleet);
  if (host === 'local' || !/^https?:/i.test(repository) || !tokens.some((name) => environment[name]?.trim())) return {};
  const { openForge } = await import('../forge/open-forge.ts');
  const { gitCredentials } = await import('./git-credentials.ts');
  const forge = await openForge({ host, repository, api, environment, signal });
  return credentialVariables(await gitCredentials({ repository }, forge));
}
