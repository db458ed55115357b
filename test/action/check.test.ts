import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type EmulatedGitHub, emulateGitHub } from '../forge/emulated-github.ts';
import { token } from '../forge/token.ts';
import { readTree, temporaryFolder } from '../support/fleet-files.ts';
import { commitAll, git, gitFolder } from '../support/git-folder.ts';
import { stowage } from '../support/run-cli.ts';
import { smallFleet } from '../support/small-fleet.ts';
import { type Run, runWorkflow } from './composite-action.ts';

let github: EmulatedGitHub;
let folder: string;
let number: number;
let base: string;
const environment = 'clusters/prod/prod.yaml';

beforeAll(async () => {
  github = await emulateGitHub();
  const compiled = temporaryFolder(smallFleet);
  writeFileSync(join(compiled, '.gitignore'), '.stowage/\n');
  expect(stowage(['compile', '-q', '--no-verify'], { in: compiled }).code).toBe(0);
  folder = gitFolder(readTree(compiled));
  expect(stowage(['init', '--github', '--action', './'], { in: folder }).code).toBe(0);
  base = commitAll(folder);
  await github.push('change');
  ({ number } = await github.ask<{ number: number }>('POST', '/pulls', { title: 'x', head: 'change', base: 'main', body: '' }));
});

afterAll(() => github.close());

const edit = (from: string, to: string) =>
  writeFileSync(join(folder, environment), readFileSync(join(folder, environment), 'utf8').replace(from, to));

function run(given: { workflow?: string; event?: object; token?: string; api?: string } = {}): Promise<Run> {
  const head = { sha: git(folder, 'rev-parse', 'HEAD').trim() };
  const { workflow = 'check', event = { number, pull_request: { number, base: { sha: base }, head } } } = given;
  const text = readFileSync(join(folder, `.github/workflows/stowage-${workflow}.yaml`), 'utf8');
  return runWorkflow(text, {
    event,
    contexts: { 'github.token': given.token ?? token },
    variables: {
      GITHUB_SERVER_URL: 'https://github.com',
      GITHUB_REPOSITORY: 'octocat/config',
      GITHUB_API_URL: given.api ?? github.url,
      GITHUB_TOKEN: token,
    },
    folder,
  });
}

const comments = () => github.ask<{ body: string }[]>('GET', `/issues/${number}/comments`);

test('what a merge queue is about to merge is planned from where it goes, without a comment', async () => {
  const { code, summary } = await run({ event: { merge_group: { base_sha: base, head_sha: base } } });
  expect(code).toBe(0);
  expect(summary).toContain('nothing changes');
  expect(await comments()).toEqual([]);
});

test('a pull request has its plan in the summary and in one comment, which follows', async () => {
  git(folder, 'switch', '--quiet', '--create', 'change');
  edit('replicas: 3', 'replicas: 4');
  expect(stowage(['compile', '-q', '--no-verify'], { in: folder }).code).toBe(0);
  commitAll(folder);
  const first = await run();
  expect(first).toMatchObject({ code: 0, err: '', outputs: { changed: 'true', hazards: '0' } });
  expect(first.summary).toContain('`spec.replicas`: `3` → `4`');
  expect(first.out).not.toContain(token);
  expect((await comments()).map(({ body }) => body)).toEqual([
    expect.stringMatching(/^<!-- stowage check -->\n## Stowage\n[\s\S]*`spec.replicas`: `3` → `4`/),
  ]);

  edit('replicas: 4', 'replicas: 5');
  expect(stowage(['compile', '-q', '--no-verify'], { in: folder }).code).toBe(0);
  commitAll(folder);
  expect((await run()).code).toBe(0);
  const said = await comments();
  expect(said.length).toBe(1);
  expect(said[0]?.body).toContain('`3` → `5`');
});

test('what is not compiled fails the check, and the comment says so', async () => {
  edit('replicas: 5', 'replicas: 6');
  commitAll(folder);
  const { code, out, summary } = await run();
  expect({ code, summary }).toEqual({ code: 1, summary: expect.stringContaining('run `stowage compile`') });
  // What a tool says is between two lines that nobody can guess.
  expect(out).toMatch(/^::stop-commands::([0-9a-f]{32})\n[\s\S]*\n::\1::\n/);
  expect((await comments()).at(-1)?.body).toContain('**The check failed.**');
});

test('what does not compile has no plan, and what it repeats of a file ends no fence and starts no command', async () => {
  edit('replicas: 6', 'replica: "``` ::error::@everyone"');
  commitAll(folder);
  const { code, out, summary } = await run();
  expect(code).toBe(1);
  expect(summary).toContain('There is no plan:');
  expect(summary).toMatch(/\n````+text\n[\s\S]*replica: "```/);
  const [, silence = ''] = /::stop-commands::(.+)/.exec(out) ?? [];
  const loud = out.split(`::${silence}::\n`).map((part) => part.split(`::stop-commands::${silence}\n`)[0]);
  expect(out).toContain('::error::');
  expect(loud.join('')).not.toContain('::error::');
  git(folder, 'reset', '--quiet', '--hard', 'HEAD~2');
});

test('a token that may not comment does not fail the check', async () => {
  const refusing = createServer((_, answer) => {
    answer.writeHead(403, { 'content-type': 'application/json' }).end('{"message":"Resource not accessible by integration"}');
  });
  await new Promise<void>((resolve) => refusing.listen(0, '127.0.0.1', resolve));
  const { port } = refusing.address() as AddressInfo;
  const { code, out } = await run({ token: 'ghp_of_a_fork', api: `http://127.0.0.1:${port}` });
  refusing.close();
  expect(code).toBe(0);
  expect(out).toContain('::warning::the plan could not be kept as a comment: error: ');
  expect(out).not.toContain('ghp_of_a_fork');
});

test('without a pull request it plans what the push brought', async () => {
  const { code, outputs, summary } = await run({ event: { before: base } });
  expect({ code, changed: outputs.changed }).toEqual({ code: 0, changed: 'true' });
  expect(summary).toContain('`3` → `5`');
});

test('where merging was tried, it plans what the merge adds to the target as it is now', async () => {
  const head = git(folder, 'rev-parse', 'HEAD').trim();
  git(folder, 'switch', '--quiet', '--detach', 'main');
  writeFileSync(join(folder, 'README.md'), 'new\n');
  commitAll(folder);
  const target = git(folder, 'rev-parse', 'HEAD').trim();
  git(folder, 'merge', '--quiet', '--no-edit', '--no-ff', head);
  const { code, summary } = await run({ event: { number, pull_request: { number, base: { sha: base }, head: { sha: head } } } });
  expect(code).toBe(0);
  expect(summary).toContain(`\`commit ${target.slice(0, 7)}\``);
});

test('the publishing workflow says what it opened, and opens nothing twice', async () => {
  const first = await run({ workflow: 'publish', event: {} });
  expect(first).toMatchObject({ code: 0, err: '', outputs: { changed: 'true', hazards: '0' } });
  expect(first.summary).toMatch(/opened .*prod\/shop.*#\d/);
  expect(await run({ workflow: 'publish', event: {} })).toMatchObject({ code: 0, outputs: { changed: 'false' } });
});

test('an input that makes no sense is refused in words', async () => {
  const path = join(folder, '.github/workflows/stowage-check.yaml');
  writeFileSync(path, readFileSync(path, 'utf8').replace('command: check', 'command: destroy'));
  expect(await run()).toMatchObject({
    code: 2,
    out: '::error::the input command must be check, plan, publish, promote, drift\n',
  });
});
