import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { describe, expect, test } from 'vitest';
import { Failure } from '../../src/store/fail.ts';
import { findKustomize } from '../../src/verify/find-kustomize.ts';
import { type Files, readTree, temporaryFolder, withFiles, writeFiles } from '../support/fleet-files.ts';
import { bareCopy, commitAll, git, gitFolder } from '../support/git-folder.ts';
import { type Ended, stowage } from '../support/run-cli.ts';
import { smallFleet } from '../support/small-fleet.ts';

const kustomize = await findKustomize(process.env).catch((error: unknown) => {
  if (error instanceof Failure) return error;
  throw error;
});
const missing = kustomize instanceof Failure ? ` (skipped: ${kustomize.message})` : '';
const withKustomize = test.skipIf(missing !== '');

const text = (path: string) => String(smallFleet.get(path));
const repositoryOf = (entry: string): Files =>
  withFiles(smallFleet, { 'stowage.yaml': text('stowage.yaml').replace(/repository: .*/, `repository: {${entry}}`) });
const web = 'overlays/dev/shop/kustomization.yaml';

interface Fixture {
  readonly fleet: string;
  /** A working copy of what is published. */
  readonly target: string;
  readonly plan: (...words: string[]) => Ended;
  readonly cache: string;
}

/** A fleet whose files have been published into another repository, and a person's clone of that. */
function fixture({ branch = 'main', path = '', format = 'sha1' } = {}): Fixture {
  const other = gitFolder(new Map([['README.md', 'other things live here\n']]), format);
  const { bare, url } = bareCopy(other);
  const fleet = temporaryFolder(repositoryOf(`url: "${url}", branch: ${branch}, path: "${path}"`));
  const compiled = stowage(['compile', '--no-verify'], { in: fleet });
  expect(compiled.code).toBe(0);
  git(other, 'remote', 'add', 'origin', bare);
  git(other, 'checkout', '--quiet', '-B', branch);
  const generated = [...readTree(fleet)].filter(([file]) => /^(base|overlays|argocd)\//.test(file));
  commitAll(other, new Map(generated.map(([file, content]) => [path === '' ? file : `${path}/${file}`, content])));
  git(other, 'push', '--quiet', 'origin', branch);
  const cache = temporaryFolder();
  const plan = (...words: string[]) => stowage(['plan', ...words], { in: fleet, env: { XDG_CACHE_HOME: cache } });
  return { fleet, target: other, plan, cache };
}

function editTarget({ target }: Fixture, path: string, edit: (content: string) => string): void {
  commitAll(target, new Map([[path, edit(readTree(target).get(path) ?? '')]]));
  git(target, 'push', '--quiet', 'origin', 'HEAD');
}

describe(`--from published${missing}`, () => {
  test('what was published as it compiles is no change, and of it no content is fetched', () => {
    const made = fixture();
    const { code, out, err } = made.plan('--from', 'published');
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/^published main \([0-9a-f]{7}\) → working tree\n\nnothing changes\n$/);
    const [cached = ''] = readdirSync(join(made.cache, 'stowage/repositories'));
    const folder = join(made.cache, 'stowage/repositories', cached);
    const lacking = git(folder, 'rev-list', '--objects', '--missing=print', 'refs/stowage/main').match(/^\?/gm) ?? [];
    const published = git(folder, 'ls-tree', '-r', '--name-only', 'refs/stowage/main').trim().split('\n');
    // One of them is there twice: the two environments have it in common.
    expect(lacking.length).toBeGreaterThan(published.length - 5);
    expect(git(folder, 'config', '--list')).not.toContain('file://');
  });

  withKustomize('an edit by hand shows as kustomize renders it, whatever the header says', () => {
    const made = fixture();
    editTarget(made, web, (content) =>
      content.replace('count: 2', 'count: 9').replace(/^replicas:/m, 'commonAnnotations: {by: hand}\nreplicas:'),
    );
    const { code, out, err } = made.plan('--from', 'published', '-e', 'dev');
    expect({ code, err }).toEqual({ code: 1, err: '' });
    expect(out).toContain('      ~ spec.replicas: 9 → 2  (clusters/dev/dev.yaml:');
    expect(out).toContain('      - metadata.annotations.by: hand\n');
    expect(made.plan('--from', 'published', '-e', 'prod').code).toBe(0);
    expect(made.plan('--to', 'published', '--from', 'worktree', '-e', 'dev').out).toContain('      ~ spec.replicas: 2 → 9');
  });

  withKustomize('a branch and a folder of the repository are where they are said to be', () => {
    const made = fixture({ branch: 'deploy/eu', path: 'fleets/eu' });
    expect(made.plan('--from', 'published')).toMatchObject({ code: 0, err: '' });
    editTarget(made, `fleets/eu/${web}`, (content) => content.replace('count: 2', 'count: 9'));
    expect(made.plan('--from', 'published').out).toContain('spec.replicas: 9 → 2');
  });

  withKustomize('an overlay that nobody describes any more is deleted, with what it renders to', () => {
    const made = fixture();
    writeFileSync(join(made.fleet, 'clusters/prod/prod.yaml'), text('clusters/prod/prod.yaml').replace(/ {4}stock:\n.*\n/, ''));
    const { out } = made.plan('--from', 'published', '-e', 'prod');
    expect(out).toContain('! delete Deployment/stock-web (prod/stock): goes when somebody deletes its Application');
    expect(out).toContain('stock in prod (all gone)\n');
  });

  test('a branch that does not exist yet has nothing on it', () => {
    const made = fixture();
    writeFiles(
      made.fleet,
      new Map([['stowage.yaml', readTree(made.fleet).get('stowage.yaml')?.replace('branch: main', 'branch: later') ?? '']]),
    );
    const { code, out } = made.plan('--from', 'published');
    expect(code).toBe(1);
    expect(out).toContain('published later, which does not exist yet → working tree\n');
    expect(out).toContain('shop in dev, prod (all new)\n');
  });

  withKustomize('ids may be those of SHA-256', () => {
    const made = fixture({ format: 'sha256' });
    expect(made.plan('--from', 'published')).toMatchObject({ code: 0, err: '' });
    editTarget(made, web, (content) => content.replace('count: 2', 'count: 9'));
    expect(made.plan('--from', 'published').out).toContain('spec.replicas: 9 → 2');
  });

  test('an empty repository has nothing either', () => {
    const bare = temporaryFolder();
    git(bare, 'init', '--quiet', '--bare');
    const fleet = temporaryFolder(repositoryOf(`url: "file://${bare}"`));
    const { code, out } = stowage(['plan', '--from', 'published'], { in: fleet, env: { XDG_CACHE_HOME: temporaryFolder() } });
    expect({ code, out }).toMatchObject({ code: 1, out: expect.stringContaining('main, which does not exist yet') });
  });

  withKustomize('what kustomize cannot build is named', () => {
    const made = fixture();
    editTarget(made, web, (content) => content.replace('replicas:', 'resources: [nothing.yaml]\nreplicas:'));
    const { code, out, err } = made.plan('--from', 'published');
    expect({ code, out }).toEqual({ code: 3, out: '' });
    expect(err).toContain('error: kustomize cannot build overlays/dev/shop as it is published:');
    expect(err).not.toContain('stowage-published-');
  });

  test('a repository that cannot be reached is named', () => {
    const fleet = temporaryFolder(repositoryOf('url: "file:///nonexistent/config.git"'));
    const { code, out, err } = stowage(['plan', '--from', 'published'], {
      in: fleet,
      env: { XDG_CACHE_HOME: temporaryFolder() },
    });
    expect({ code, out }).toEqual({ code: 3, out: '' });
    expect(err).toContain('cannot reach file:///nonexistent/config.git');
  });

  test('an address that begins with a dot begins where stowage.yaml lies', () => {
    const made = fixture();
    const [, bare = ''] = /url: "file:\/\/([^"]+)"/.exec(readTree(made.fleet).get('stowage.yaml') ?? '') ?? [];
    const near = relative(made.fleet, bare);
    expect(near).toMatch(/^\.\.\//);
    writeFiles(made.fleet, repositoryOf(`url: ${near}, branch: main`));
    expect(made.plan('--from', 'published')).toMatchObject({ code: 0, err: '' });
  });

  const token = 'ghp_0123456789abcdef';
  test.each([
    [`url: "https://${token}@localhost:1/config.git"`, 'holds a name, a password or a token'],
    ['url: "ext::sh -c touch% /tmp/pwned"', 'is none that git takes'],
    ['url: "--upload-pack=touch"', 'is none that git takes'],
    ['url: "file:///x.git", branch: "--upload-pack=touch"', 'cannot be the name of a branch'],
    ['url: "file:///x.git", branch: "a:b"', 'cannot be the name of a branch'],
    ['url: "file:///x.git", branch: "a..b"', 'cannot be the name of a branch'],
  ])('%s is refused before git hears of it', (entry, problem) => {
    const cache = temporaryFolder();
    const { code, out, err } = stowage(['plan', '--from', 'published'], {
      in: temporaryFolder(repositoryOf(entry)),
      env: { XDG_CACHE_HOME: cache },
    });
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(problem);
    expect(err).not.toContain(token);
    expect(existsSync(join(cache, 'stowage'))).toBe(false);
  });

  test('a password in the address is a secret in plain text like any other', () => {
    const fleet = temporaryFolder(repositoryOf(`url: "https://x-access-token:${token}@localhost:1/config.git"`));
    const { code, out, err } = stowage(['plan', '--from', 'published'], { in: fleet });
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toContain('this URL carries a password');
    expect(err).not.toContain(token);
  });
});
