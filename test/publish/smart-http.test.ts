import { execFileSync } from 'node:child_process';
import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { localForge } from '../../src/forge/local.ts';
import { publish } from '../../src/publish/publish.ts';
import type { PublishRequest } from '../../src/publish/publish-request.ts';
import { temporaryFolder } from '../support/fleet-files.ts';
import { type GitServer, serveGit } from './support/git-server.ts';
import { git, opened } from './support/real-host.ts';
import { filesAt, requestAt } from './support/request.ts';

const token = 'tok3n-that-nobody-may-see';
const folder = temporaryFolder();
let server: GitServer;

beforeAll(async () => {
  server = await serveGit(folder, token);
});
afterAll(() => server.close());

/** A repository of the server, with some files in a first commit; none for an empty one. */
function repository(
  name: string,
  files: ReadonlyMap<string, string> | undefined,
  { branch = 'main', format = 'sha1' } = {},
): string {
  const bare = join(folder, `${name}.git`);
  git(folder, 'init', '--quiet', '--bare', `--object-format=${format}`, `--initial-branch=${branch}`, bare);
  git(bare, 'config', 'http.receivepack', 'true');
  git(bare, 'config', 'uploadpack.allowFilter', 'true');
  if (files === undefined) return bare;
  const stream = [...files].map(([path, text]) => `M 100644 inline ${path}\ndata ${Buffer.byteLength(text)}\n${text}\n`).join('');
  const commit = `commit refs/heads/${branch}\ncommitter A person <person@example.com> 1 +0000\ndata 5\nStart\n${stream}`;
  execFileSync('git', ['fast-import', '--quiet'], { cwd: bare, input: commit });
  return bare;
}

async function publishTo(name: string, version: number, more: Partial<PublishRequest> = {}) {
  const url = server.url(`${name}.git`);
  const branch = more.branch ?? 'main';
  const host = new URL(url).host;
  const { target, close } = await opened(url, { branch, credentials: { token, host } });
  try {
    const forge = localForge({ folder: join(folder, `${name}.git`) }, () => 1_700_000_000);
    return await publish(requestAt(version, { target, forge, ...more, branch }));
  } finally {
    close();
  }
}

const outcomes = (result: Awaited<ReturnType<typeof publishTo>>) => result.results.map(({ outcome }) => outcome);

test('an empty repository gets a first commit and pull requests', async () => {
  const bare = repository('empty', undefined);
  expect(outcomes(await publishTo('empty', 0))).toEqual(['opened', 'opened']);
  expect(git(bare, 'ls-tree', '-r', '--name-only', 'main')).toBe('');
  expect(git(bare, 'show', 'stowage/compile/dev/shop:overlays/dev/shop/kustomization.yaml')).toContain('version: 0');
  expect(outcomes(await publishTo('empty', 0))).toEqual(['unchanged', 'unchanged']);
});

test.each<[string, { branch?: string; format?: string }]>([
  ['a branch of another name', { branch: 'trunk' }],
  ['a repository of SHA-256', { format: 'sha256' }],
])('%s', async (name, how) => {
  const bare = repository(name.replaceAll(' ', '-'), filesAt(0), how);
  const go = (version: number) =>
    publishTo(name.replaceAll(' ', '-'), version, how.branch === undefined ? {} : { branch: how.branch });
  expect(outcomes(await go(1))).toEqual(['opened', 'opened']);
  expect(outcomes(await go(1))).toEqual(['unchanged', 'unchanged']);
  expect(git(bare, 'diff', '--name-only', how.branch ?? 'main', 'stowage/compile/dev/shop')).toBe(
    'overlays/dev/shop/kustomization.yaml',
  );
});

test('a branch that does not exist is told with those that do', async () => {
  repository('other', filesAt(0), { branch: 'trunk' });
  await expect(publishTo('other', 1)).rejects.toMatchObject({
    message: 'the config repository has no branch `main`',
    hint: 'it has trunk: say `repository: {branch: …}` in stowage.yaml',
  });
});

test('a server that refuses a branch is quoted, and nothing is opened', async () => {
  const bare = repository('protected', filesAt(0));
  mkdirSync(join(bare, 'hooks'), { recursive: true });
  writeFileSync(join(bare, 'hooks/pre-receive'), '#!/bin/sh\necho "branches need a ticket" >&2\nexit 1\n');
  chmodSync(join(bare, 'hooks/pre-receive'), 0o755);
  const { results } = await publishTo('protected', 1);
  expect(results.map(({ outcome, reason }) => ({ outcome, reason }))).toEqual([
    { outcome: 'blocked', reason: expect.stringContaining('branches need a ticket') },
    { outcome: 'blocked', reason: expect.stringContaining('pre-receive hook declined') },
  ]);
  expect(await localForge({ folder: bare }, () => 0).list('all')).toEqual([]);
});

test('a repository that is shallow itself', async () => {
  const full = repository('full', filesAt(0));
  git(full, 'update-ref', 'refs/heads/main', git(full, 'commit-tree', '-p', 'main', '-m', 'More', 'main^{tree}'));
  git(folder, 'clone', '--quiet', '--bare', '--depth=1', `file://${full}`, 'shallow.git');
  const bare = join(folder, 'shallow.git');
  git(bare, 'config', 'http.receivepack', 'true');
  expect(git(bare, 'rev-parse', '--is-shallow-repository')).toBe('true');
  expect(outcomes(await publishTo('shallow', 1))).toEqual(['opened', 'opened']);
  expect(outcomes(await publishTo('shallow', 1))).toEqual(['unchanged', 'unchanged']);
});

test('files below a folder of the target, and nothing beside it', async () => {
  const below = (files: ReadonlyMap<string, string>) => [...files].map(([path, text]) => [`fleets/eu/${path}`, text] as const);
  const bare = repository('folder', new Map([...below(filesAt(0)), ['overlays/dev/shop/kustomization.yaml', 'not ours\n']]));
  expect(outcomes(await publishTo('folder', 1, { path: 'fleets/eu' }))).toEqual(['opened', 'opened']);
  expect(git(bare, 'diff', '--name-only', 'main', 'stowage/compile/dev/shop')).toBe(
    'fleets/eu/overlays/dev/shop/kustomization.yaml',
  );
});

test('of ten thousand files those that change are fetched and written', async () => {
  const many = Array.from(
    { length: 10_000 },
    (_, number) => [`apps/team-${number % 100}/file-${number}.yaml`, `number: ${number}\n`.repeat(40)] as const,
  );
  const bare = repository('many', new Map([...filesAt(0), ...many]));
  server.traffic();
  const started = performance.now();
  expect(outcomes(await publishTo('many', 1))).toEqual(['opened', 'opened']);
  const took = performance.now() - started;
  const { sent, received, requests } = server.traffic();
  const { size } = JSON.parse(`{"size": ${git(bare, 'count-objects', '-v').match(/size-pack: (\d+)/)?.[1] ?? 0}}`) as {
    size: number;
  };
  process.stdout.write(
    `10,000 files: ${Math.round(took)} ms, ${requests} requests, ${sent} bytes fetched of ${size} KiB, ${received} written\n`,
  );
  // Trees of 10,000 names are some 400 KB; contents would be as much again and more.
  expect(sent).toBeLessThan(600_000);
  expect(received).toBeLessThan(20_000);
  expect(git(bare, 'diff', '--name-only', 'main', 'stowage/compile/dev/stock')).toBe('overlays/dev/stock/kustomization.yaml');
});

test('history is asked for what was published, as deep as it must be, without its trees', async () => {
  const bare = repository('history', filesAt(0));
  const start = git(bare, 'rev-parse', 'main');
  const tree = git(bare, 'rev-parse', 'main^{tree}');
  const published =
    'Publish\n\nStowage-Key: dev/shop\nStowage-Key: dev/stock\nStowage-Inputs: 3333333333333333333333333333333333333333\n';
  let head = git(bare, 'commit-tree', '-p', start, '-m', published, tree);
  for (let more = 0; more < 150; more += 1) head = git(bare, 'commit-tree', '-p', head, '-m', `Other work ${more}`, tree);
  git(bare, 'update-ref', 'refs/heads/main', head);
  const { results } = await publishTo('history', 1);
  expect(results.map(({ reason }) => reason)).toEqual([
    'what is published of dev/shop comes from inputs that are newer than these: commit 333333333333',
    'what is published of dev/stock comes from inputs that are newer than these: commit 333333333333',
  ]);
  // Superseded by name, the change goes on, out of the same shallow clone.
  expect(outcomes(await publishTo('history', 1, { supersede: ['3333333'] }))).toEqual(['opened', 'opened']);
});

test('a wrong token is told in words, without the token', async () => {
  repository('locked', filesAt(0));
  const url = server.url('locked.git');
  const wrong = { token: 'wr0ng-t0ken', host: new URL(url).host };
  const error = await opened(url, { credentials: wrong }).catch((problem: unknown) => problem);
  expect(error).toMatchObject({ hint: expect.stringContaining('set STOWAGE_TOKEN') });
  expect(`${String(error)} ${JSON.stringify(error)}`).not.toContain(wrong.token);
  // A token for another host is not shown to this one.
  await expect(opened(url, { credentials: { token, host: 'git.example.com' } })).rejects.toThrow('wants to know who asks');
});

test('the token is in no argument, no file and no word', async () => {
  const bare = repository('token', filesAt(0));
  const bin = temporaryFolder();
  const record = join(bin, 'arguments.txt');
  const real = execFileSync('sh', ['-c', 'command -v git'], { encoding: 'utf8' }).trim();
  writeFileSync(join(bin, 'git'), `#!/bin/sh\nprintf '%s\\n' "$@" >>'${record}'\nexec '${real}' "$@"\n`);
  chmodSync(join(bin, 'git'), 0o755);
  const cache = temporaryFolder();
  const { PATH, XDG_CACHE_HOME } = process.env;
  process.env.PATH = `${bin}:${PATH}`;
  process.env.XDG_CACHE_HOME = cache;
  try {
    const url = server.url('token.git');
    const { target, close } = await opened(url, {
      credentials: { token, host: new URL(url).host },
      environment: { XDG_CACHE_HOME: cache },
    });
    const result = await publish(requestAt(1, { target, forge: localForge({ folder: bare }, () => 0) }));
    close();
    expect(result.results.map(({ outcome }) => outcome)).toEqual(['opened', 'opened']);
    expect(JSON.stringify(result)).not.toContain(token);
  } finally {
    Object.assign(process.env, { PATH, XDG_CACHE_HOME });
    if (XDG_CACHE_HOME === undefined) delete process.env.XDG_CACHE_HOME;
  }
  expect(readFileSync(record, 'utf8')).toContain('--force-with-lease=');
  for (const place of [bin, cache, bare]) {
    const files = readdirSync(place, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    expect(files.length).toBeGreaterThan(0);
    for (const file of files) {
      const path = join(file.parentPath, file.name);
      expect(readFileSync(path).includes(token), path).toBe(false);
    }
  }
});
