import type { Forge } from '../forge/forge.ts';
import type { GitCredentials } from '../git/call-git.ts';
import type { PublishSettings } from '../publish/publish-settings.ts';

/** What the host takes from git is what it takes from us, and only for an address that a token can be given to. */
export async function gitCredentials(
  { repository }: Pick<PublishSettings, 'repository'>,
  forge: Forge,
): Promise<GitCredentials | undefined> {
  const host = /^https?:\/\/(?:[^/@]*@)?([^/]+)/i.exec(repository)?.[1];
  if (host === undefined) return undefined;
  const shown = await forge.gitCredentials?.();
  return shown && { token: shown.password, host };
}
