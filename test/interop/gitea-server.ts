import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { chmodSync, copyFileSync, cpSync, mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { vi } from 'vitest';
import { temporaryFolder } from '../support/fleet-files.ts';
import { freePort } from '../support/free-port.ts';

export const owner = 'operator';

export interface GiteaServer {
  readonly url: string;
  /** Of the account that owns what the tests make. */
  readonly token: string;
  /** Asks its API directly. */
  ask<Answer>(method: string, path: string, body?: object): Promise<Answer>;
  account(name: string): Promise<void>;
  /** Gives back where the log is. */
  stop(): Promise<string>;
}

/** Gitea refuses to be root. Where the tests are, it runs as this user, who exists everywhere and may do nothing. */
const unprivileged = { name: 'nobody', id: 65_534 };

/** A server of its own, on loopback, with SQLite, in a folder that goes when the tests end. */
export async function startGitea(installed: string): Promise<GiteaServer> {
  const folder = temporaryFolder();
  const asRoot = process.getuid?.() === 0;
  // The other user has to get through to it.
  if (asRoot && tmpdir() !== '/tmp') chmodSync(tmpdir(), 0o711);
  const user = asRoot ? { uid: unprivileged.id, gid: unprivileged.id } : {};
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  // The other user may not look into the caches of this one.
  cpSync(installed, join(folder, 'installed'), { recursive: true });
  const gitea = join(folder, 'installed', 'gitea');
  mkdirSync(join(folder, 'work'));
  const settings = join(folder, 'app.ini');
  writeFileSync(settings, configuration(folder, port, asRoot ? unprivileged.name : userInfo().username));
  if (asRoot) execFileSync('chown', ['-R', `${unprivileged.id}:${unprivileged.id}`, folder]);

  const words = ['--config', settings, '--work-path', join(folder, 'work')];
  const options = {
    ...user,
    cwd: folder,
    env: { PATH: process.env.PATH, HOME: folder, USER: asRoot ? unprivileged.name : userInfo().username },
  };
  const run = (...given: string[]) =>
    execFileSync(gitea, [...given, ...words], { ...options, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
  run('migrate');
  const account = ['--password', 'throwaway-Passw0rd', '--must-change-password=false'];
  const made = run('admin', 'user', 'create', '--admin', '--username', owner, '--email', 'operator@example.com', ...account);
  const token = run('admin', 'user', 'generate-access-token', '--username', owner, '--scopes', 'all', '--raw').trim();
  if (!/^[0-9a-f]{40}$/.test(token)) throw new Error(`Gitea made no token: ${made}`);

  const log = join(folder, 'gitea.log');
  const out = openSync(log, 'w');
  const child = spawn(gitea, ['web', ...words], { ...options, stdio: ['ignore', out, out] });
  async function ask<Answer>(method: string, path: string, body?: object): Promise<Answer> {
    const answer = await fetch(`${url}/api/v1${path}`, {
      method,
      headers: { authorization: `token ${token}`, 'content-type': 'application/json' },
      ...(body && { body: JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${text}`);
    return (text === '' ? undefined : JSON.parse(text)) as Answer;
  }
  await vi.waitFor(
    async () => {
      if (child.exitCode !== null) throw new Error(`Gitea ended: ${readFileSync(log, 'utf8').slice(-2000)}`);
      await ask('GET', '/version');
    },
    { timeout: 60_000, interval: 100 },
  );
  return {
    url,
    token,
    ask,
    account: (username) =>
      ask('POST', '/admin/users', {
        username,
        email: `${username}@example.com`,
        password: 'throwaway-Passw0rd',
        must_change_password: false,
      }),
    async stop() {
      await stop(child);
      return log;
    },
  };
}

function configuration(folder: string, port: number, user: string): string {
  return `
RUN_USER = ${user}
RUN_MODE = prod
[server]
PROTOCOL = http
HTTP_ADDR = 127.0.0.1
HTTP_PORT = ${port}
ROOT_URL = http://127.0.0.1:${port}/
STATIC_ROOT_PATH = ${join(folder, 'installed')}
OFFLINE_MODE = true
DISABLE_SSH = true
[database]
DB_TYPE = sqlite3
PATH = ${join(folder, 'work/gitea.db')}
[repository]
ROOT = ${join(folder, 'work/repositories')}
DEFAULT_BRANCH = main
[security]
INSTALL_LOCK = true
SECRET_KEY = throwaway
PASSWORD_HASH_ALGO = pbkdf2_v2
[log]
MODE = console
LEVEL = Info
[mailer]
ENABLED = false
[service]
DISABLE_REGISTRATION = true
[indexer]
ISSUE_INDEXER_TYPE = db
[cron.update_checker]
ENABLED = false
[webhook]
ALLOWED_HOST_LIST = loopback
[session]
PROVIDER = memory
`;
}

/** Only the process that was started here; one that does not end when it is asked to is ended. */
async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((resolve) => child.once('exit', resolve));
  const grace = setTimeout(() => child.kill('SIGKILL'), 15_000);
  child.kill('SIGTERM');
  await ended;
  clearTimeout(grace);
}

/** Where the tests failed, the log outlives its folder. */
export function keepLog(log: string): string {
  const kept = join(process.cwd(), '.stowage', 'gitea-interop.log');
  mkdirSync(join(process.cwd(), '.stowage'), { recursive: true });
  rmSync(kept, { force: true });
  copyFileSync(log, kept);
  return kept;
}
