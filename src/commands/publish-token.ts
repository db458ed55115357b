import type { GitCredentials } from '../git/run-git.ts';
import type { PublishSettings } from '../publish/publish-settings.ts';

/** From the environment only, and only for an address that a token can be given to. */
export function tokenOf({ host, repository }: PublishSettings, environment: NodeJS.ProcessEnv): GitCredentials | undefined {
  const address = /^https?:\/\/(?:[^/@]*@)?([^/]+)/i.exec(repository)?.[1];
  const other = host === 'github' ? environment.GITHUB_TOKEN : host === 'gitea' ? environment.GITEA_TOKEN : undefined;
  const token = (environment.STOWAGE_TOKEN ?? other ?? '').trim();
  return address === undefined || token === '' ? undefined : { token, host: address };
}
