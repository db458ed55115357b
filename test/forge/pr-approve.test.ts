import { beforeEach, describe, expect, test } from 'vitest';
import type { Forge } from '../../src/forge/forge.ts';
import { git, realHost } from '../publish/support/real-host.ts';
import { temporaryFolder, withFiles } from '../support/fleet-files.ts';
import { runInProcess } from '../support/run-in-process.ts';
import { smallFleet } from '../support/small-fleet.ts';
import { answer, answerRequests, pull } from './answering-github.ts';
import { request } from './emulated-github.ts';
import { token } from './token.ts';

const address = 'person@example.com';

describe('on the embedded host', () => {
  let folder: string;
  let forge: Forge;
  let fleet: string;
  let sha: string;
  const environment = { ...process.env, HOME: temporaryFolder(), XDG_CONFIG_HOME: '', GIT_CONFIG_GLOBAL: '/dev/null' };
  const pr = (...words: string[]) => runInProcess(fleet, ['pr', ...words], environment);
  const push = (message: string) => {
    const commit = git(folder, 'commit-tree', '-m', message, git(folder, 'mktree', '--missing'));
    git(folder, 'update-ref', 'refs/heads/stowage/dev', commit);
    return commit;
  };

  beforeEach(async () => {
    ({ folder, forge } = await realHost());
    const publish = `${smallFleet.get('stowage.yaml')}  publish: {repository: ${folder}}\n`;
    fleet = temporaryFolder(withFiles(smallFleet, { 'stowage.yaml': publish }));
    git(fleet, 'init', '-q');
    git(fleet, 'config', 'user.email', address);
    sha = push('change');
    await forge.open(request('stowage/dev', { labels: ['stowage'] }));
  });

  test('whoever git knows approves what is offered, and it is shown', async () => {
    expect(await pr('approve', '1')).toEqual({ code: 0, out: `approved #1 at ${sha.slice(0, 12)} as ${address}\n`, err: '' });
    await forge.setStatus(sha, 'failure', 'ci/test', 'two\nfail\u001b[2J');
    await forge.setStatus(sha, 'success', 'stowage', '');
    const verdicts = ['  approved by person@example.com', '  failure ci/test: two fail', '  success stowage'];
    const head = ['#1 dev/shop: 1 object changes', `open, stowage/dev at ${sha.slice(0, 12)} into main, stowage`];
    expect((await pr('show', '1')).out).toBe([...head, ...verdicts, '', 'why', ''].join('\n'));
    expect(JSON.parse((await pr('show', '1', '--json')).out)).toEqual({
      command: 'pr',
      pullRequest: await forge.get(1),
      reviews: [{ by: address, state: 'approved', sha }],
      statuses: [
        { context: 'ci/test', state: 'failure', description: 'two\nfail\u001b[2J' },
        { context: 'stowage', state: 'success', description: '' },
      ],
    });
    push('another change');
    expect((await pr('show', '1')).out.split('\n')[2]).toBe(
      `  approved by ${address} at ${sha.slice(0, 12)}, which is not what is offered now`,
    );
  });

  test('and JSON tells who did', async () => {
    const { code, out } = await pr('approve', '1', '--json');
    expect({ code, told: JSON.parse(out) }).toEqual({ code: 0, told: { command: 'pr', approved: 1, by: address, sha } });
  });

  test('nobody approves without a name, or what is closed', async () => {
    git(fleet, 'config', '--unset', 'user.email');
    expect(await pr('approve', '1')).toEqual({
      code: 2,
      out: '',
      err: 'git does not know as whom to approve\n`git config --global user.email <address>` tells it\n',
    });
    await forge.close(1);
    expect(await pr('approve', '1')).toMatchObject({ code: 2, err: expect.stringContaining('pull request 1 is closed already') });
    expect(await forge.reviews(1)).toEqual([]);
  });
});

describe('on GitHub', () => {
  answerRequests();
  const there = ['--host', 'github', '--repository', 'https://github.com/octocat/config.git'];
  const pr = (...words: string[]) => runInProcess('/', ['pr', ...words, ...there], { STOWAGE_TOKEN: token });

  test('people approve on its own page', async () => {
    answer('get', '/pulls/1', { body: pull() });
    expect(await pr('approve', '1')).toEqual({
      code: 2,
      out: '',
      err: 'on GitHub people approve on the page of the pull request\nhttps://github.com/octocat/config/pull/1\n',
    });
  });

  test('a token that may not see checks sees the rest', async () => {
    answer('get', '/pulls/1', { body: pull() });
    answer('get', '/pulls/1/reviews', {
      body: [{ user: { login: 'hubot' }, state: 'CHANGES_REQUESTED', commit_id: 'a'.repeat(40) }],
    });
    answer('get', `/commits/${'a'.repeat(40)}/status`, { body: { url: '', state: 'pending', total_count: 0, statuses: [] } });
    answer('get', `/commits/${'a'.repeat(40)}/check-runs`, { status: 403, body: { message: 'Resource not accessible' } });
    const { code, out, err } = await pr('show', '1');
    expect({ code, lines: out.split('\n').slice(2) }).toEqual({
      code: 0,
      lines: ['  changes requested by hubot', '', 'why', ''],
    });
    expect(err).toMatch(/^STOWAGE_TOKEN may not show the checks of .*\n {2}→ it needs the permission Checks: read\n$/);
    expect(JSON.parse((await pr('show', '1', '--json')).out)).toMatchObject({ statuses: null });
  });
});
