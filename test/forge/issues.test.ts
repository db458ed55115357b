import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Forge, Issues } from '../../src/forge/forge.ts';
import { localForge } from '../../src/forge/local.ts';
import { LostAnswer } from '../../src/store/lost-answer.ts';
import { temporaryFolder } from '../support/fleet-files.ts';
import { connect, type EmulatedGitHub, emulateGitHub, request } from './emulated-github.ts';
import { type Fault, startFaultyProxy } from './faulty-proxy.ts';
import { expectNoToken, printNothing, thrownBy } from './token.ts';

let github: EmulatedGitHub;
beforeAll(async () => {
  github = await emulateGitHub();
});
afterAll(() => github.close());
beforeEach(() => github.reset());
printNothing();

const label = 'stowage-drift';
const marker = '<!-- stowage {"drift":"dev",';
const body = (text: string) => `${text}\n\n${marker}"content":"1"} -->\n`;

function issuesOf(forge: Forge): Issues {
  if (forge.issues === undefined) throw new Error(`${forge.name} has no issues`);
  return forge.issues;
}

const hosts: readonly (readonly [string, () => Promise<Forge>])[] = [
  ['GitHub', () => connect(github.url)],
  [
    'the local repository',
    async () => {
      const folder = temporaryFolder();
      execFileSync('git', ['init', '--quiet', '--bare', folder]);
      return localForge({ folder }, () => 1_700_000_000);
    },
  ],
];

describe.each(hosts)('%s', (_, open) => {
  let forge: Forge;
  let issues: Issues;
  beforeEach(async () => {
    forge = await open();
    issues = issuesOf(forge);
  });

  test('an issue is opened as it was asked for, and found by its marker', async () => {
    const opened = await issues.open({ title: 'Drift on dev', body: body('two'), label }, marker);
    expect(opened).toMatchObject({ number: 1, state: 'open', title: 'Drift on dev', body: body('two') });
    expect(await issues.find(label, marker)).toEqual([opened]);
    expect(await issues.find(label, marker.replace('dev', 'prod'))).toEqual([]);
    expect(await issues.find('other', marker)).toEqual([]);
    expectNoToken(opened);
  });

  test('it is changed, closed and reopened in one step each, and found whatever its state', async () => {
    await issues.open({ title: 'Drift on dev', body: body('two'), label }, marker);
    const closed = await issues.update(1, { body: body('none'), state: 'closed' });
    expect(closed).toMatchObject({ state: 'closed', title: 'Drift on dev', body: body('none') });
    expect(await issues.find(label, marker)).toEqual([closed]);
    expect(await issues.update(1, { state: 'open' })).toMatchObject({ state: 'open', body: body('none') });
  });

  test('several are found by number, and none of another cluster', async () => {
    for (const name of ['dev', 'prod', 'dev'])
      await issues.open({ title: name, body: body(name).replace('"dev"', `"${name}"`), label }, marker.replace('dev', name));
    expect((await issues.find(label, marker)).map(({ number }) => number)).toEqual([1, 3]);
  });

  test('there is one comment for each marker', async () => {
    await issues.open({ title: 'Drift on dev', body: body('two'), label }, marker);
    await issues.comment(1, 'drift 1', 'first');
    await issues.comment(1, 'drift 1', 'second');
    await issues.comment(1, 'drift 2', 'third');
    expect(await issues.find(label, marker)).toHaveLength(1);
  });

  test('an issue is no pull request', async () => {
    await issues.open({ title: 'Drift on dev', body: body('two'), label }, marker);
    expect(await forge.list('all')).toEqual([]);
  });
});

test('an issue of the local repository is a file with a history', async () => {
  const folder = temporaryFolder();
  execFileSync('git', ['init', '--quiet', '--bare', folder]);
  const issues = issuesOf(localForge({ folder }, () => 1_700_000_000));
  await issues.open({ title: 'Drift on dev', body: body('two'), label }, marker);
  await issues.comment(1, 'drift 1', 'first');
  await issues.comment(1, 'drift 1', 'second');
  const git = (...words: string[]) => execFileSync('git', words, { cwd: folder, encoding: 'utf8' });
  const kept = JSON.parse(git('show', 'refs/stowage/issue/1:issue.json'));
  expect(kept).toMatchObject({ state: 'open', label, comments: { 'drift 1': 'second' } });
  expect(git('log', '--format=%s', 'refs/stowage/issue/1')).toBe('comment\ncomment\nopen Drift on dev\n');
});

test('comments of an issue of GitHub are written once each', async () => {
  const issues = issuesOf(await connect(github.url));
  await issues.open({ title: 'Drift on dev', body: body('two'), label }, marker);
  await issues.comment(1, 'drift 1', 'first');
  await issues.comment(1, 'drift 1', 'second');
  const comments = await github.ask<{ body: string }[]>('GET', '/issues/1/comments');
  expect(comments.map((comment) => comment.body)).toEqual(['<!-- stowage drift 1 -->\nsecond']);
});

test('a pull request with the label and the marker is no issue', async () => {
  await github.push('stowage/dev');
  const forge = await connect(github.url);
  await forge.open(request('stowage/dev', { labels: [label], body: body('two') }));
  expect(await issuesOf(forge).find(label, marker)).toEqual([]);
});

test('a text that is too long for GitHub is cut, and keeps its marker', async () => {
  const issues = issuesOf(await connect(github.url));
  const opened = await issues.open({ title: 'Drift on dev', body: body('line\n'.repeat(20_000)), label }, marker);
  expect(opened.body.length).toBeLessThanOrEqual(65_536);
  expect(await issues.find(label, marker)).toEqual([opened]);
});

const faults: readonly (readonly [string, Fault])[] = [
  ['the connection broke after the request was received', 'lost'],
  ['the answer is half of one', 'half'],
  ['the connection broke before the request was received', 'unheard'],
  ['502 after it was done', { status: 502, done: true }],
];

test.each(faults)('%s: one issue is open', async (_, fault) => {
  const proxy = await startFaultyProxy(github.url);
  const issues = issuesOf(await connect(proxy.url));
  proxy.fail(/^POST .*\/issues$/, fault);
  proxy.fail(/^POST .*\/labels$/, fault);
  const opened = await issues.open({ title: 'Drift on dev', body: body('two'), label }, marker);
  proxy.fail(/^PATCH .*\/issues\/1$/, fault);
  await issues.update(opened.number, { state: 'closed' });
  expect(await issues.find(label, marker)).toMatchObject([{ number: 1, state: 'closed' }]);
  await proxy.close();
});

test('a host that goes on losing answers: nobody knows, and it says so', async () => {
  const proxy = await startFaultyProxy(github.url);
  proxy.fail(/^POST .*\/issues$/, 'unheard', 'unheard', 'unheard');
  const error = await thrownBy(issuesOf(await connect(proxy.url)).open({ title: 'Drift', body: body('two'), label }, marker));
  expect(error).toBeInstanceOf(LostAnswer);
  expect(error.message).toContain('when asked to open an issue in octocat/config; whether it was done is not known');
  await proxy.close();
});

test('who may not label opens nothing, and is told what is needed', async () => {
  const proxy = await startFaultyProxy(github.url);
  proxy.fail(/^POST .*\/labels$/, { status: 403, done: false });
  const error = await thrownBy(issuesOf(await connect(proxy.url)).open({ title: 'Drift', body: body('two'), label }, marker));
  expect(`${error.message}\n${error.hint}`).toContain('Issues: write');
  expect(await github.ask('GET', '/issues?state=all')).toEqual([]);
  await proxy.close();
});
