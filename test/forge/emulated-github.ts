import { createEmulator } from 'emulate';
import type { Forge, PullRequestToOpen } from '../../src/forge/forge.ts';
import { openGitHub } from '../../src/forge/github.ts';
import type { GitHubOptions } from '../../src/forge/github-client.ts';
import { token } from './token.ts';

export const remote = { host: 'github.com', scheme: 'https', owner: 'octocat', name: 'config', prefix: '' } as const;
export const credentials = { kind: 'token', token, from: 'STOWAGE_TOKEN' } as const;

/** The plug-in spaces what is written by seconds. */
const unspaced = {
  key: () => ({ schedule: (_: object, job: (...given: unknown[]) => unknown, ...given: unknown[]) => job(...given) }),
};
export const quick = { second: 0, throttle: { write: unspaced, notifications: unspaced } };

export function connect(api: string, options: GitHubOptions = {}): Promise<Forge> {
  return openGitHub(remote, credentials, { ...quick, api, ...options });
}

export interface EmulatedGitHub {
  readonly url: string;
  /** The private key of its GitHub App. */
  readonly privateKey: string;
  reset(): void;
  close(): Promise<void>;
  /** Asks it directly. */
  ask<Answer>(method: string, path: string, body?: object): Promise<Answer>;
  /** A new commit on a branch, which is made when it is missing. */
  push(branch: string): Promise<string>;
}

/** A little server on loopback that answers as GitHub does. */
export async function emulateGitHub(): Promise<EmulatedGitHub> {
  const server = await createEmulator({
    service: 'github',
    port: 0,
    seed: {
      tokens: { [token]: { login: 'octocat', scopes: ['repo'] } },
      github: {
        users: [{ login: 'octocat' }, { login: 'hubot' }],
        repos: [{ owner: 'octocat', name: 'config', auto_init: true }],
        apps: [
          {
            app_id: 12345,
            slug: 'publisher',
            name: 'Publisher',
            permissions: { contents: 'write', pull_requests: 'write' },
            installations: [{ installation_id: 100, account: 'octocat' }],
          },
        ],
      },
    },
  });
  async function ask<Answer>(method: string, path: string, body?: object): Promise<Answer> {
    const answer = await fetch(`${server.url}/repos/octocat/config${path}`, {
      method,
      headers: { authorization: `token ${token}` },
      ...(body && { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as Answer;
  }
  let count = 0;
  return {
    url: server.url,
    privateKey: server.generatedSecrets.find(({ kind }) => kind === 'github.app_private_key')?.value ?? '',
    reset: () => server.reset(),
    close: () => server.close(),
    ask,
    async push(branch) {
      const ref = `heads/${branch}`;
      const { object } = await ask<{ object: { sha: string } }>('GET', '/git/ref/heads/main');
      await ask('POST', '/git/refs', { ref: `refs/${ref}`, sha: object.sha }).catch(() => {});
      count += 1;
      const content = Buffer.from(`${count}\n`).toString('base64');
      const { commit } = await ask<{ commit: { sha: string } }>('PUT', `/contents/file-${count}`, {
        message: 'change',
        content,
        branch,
      });
      return commit.sha;
    },
  };
}

export function request(branch: string, changes: Partial<PullRequestToOpen> = {}): PullRequestToOpen {
  return {
    branch,
    base: 'main',
    title: 'dev/shop: 1 object changes',
    body: 'why',
    labels: [],
    reviewers: [],
    draft: false,
    ...changes,
  };
}
