import { HttpResponse, http } from 'msw';
import { describe, expect, test } from 'vitest';
import { openGitHub } from '../../src/forge/github.ts';
import { answer, answerGraphql, answerRequests, api, pull, server } from './answering-github.ts';
import { connect, credentials, quick, remote, request } from './emulated-github.ts';
import { printNothing, thrownBy, token } from './token.ts';

answerRequests();
printNothing();

const open = async (changes = {}) => (await connect(api)).open(request('stowage/dev', changes));

describe('in words', () => {
  test('a token that is not accepted', async () => {
    answer('post', '/pulls', {
      status: 401,
      body: { message: 'Bad credentials', documentation_url: 'https://docs.github.com/rest' },
    });
    const { message, hint } = await thrownBy(open());
    expect(message).toBe('GitHub does not accept STOWAGE_TOKEN, asked to open a pull request for stowage/dev in octocat/config');
    expect(hint).toBe('it is wrong, has expired or was revoked: make a new one');
  });

  test.each([
    [
      'what GitHub names',
      { 'x-accepted-github-permissions': 'pull_requests=write' },
      'it needs the permission pull_requests=write',
    ],
    ['what GitHub names for classic tokens', { 'x-accepted-oauth-scopes': 'repo' }, 'it needs the permission scope repo'],
    ['what it takes', {}, 'it needs the permission Pull requests: write'],
    [
      'single sign-on',
      { 'x-github-sso': 'required; url=https://github.com/orgs/x/sso?authorization_request=y' },
      "authorize the token for single sign-on in GitHub's settings of tokens",
    ],
  ])('a missing permission, by %s', async (_, headers: Record<string, string>, advice) => {
    answer('post', '/pulls', { status: 403, headers, body: { message: 'Resource not accessible by personal access token' } });
    const { message, hint } = await thrownBy(open());
    expect(message).toBe(
      'STOWAGE_TOKEN may not open a pull request for stowage/dev in octocat/config: Resource not accessible by personal access token',
    );
    expect(hint).toBe(advice);
  });

  test('a repository that is not there, or is not shown', async () => {
    answer('post', '/pulls', { status: 404, body: { message: 'Not Found' } });
    const { message, hint } = await thrownBy(open());
    expect(message).toBe(
      'GitHub cannot open a pull request for stowage/dev: it has no octocat/config, or does not show it to STOWAGE_TOKEN',
    );
    expect(hint).toBe('check the address in stowage.yaml; a token without Pull requests: write is told that nothing is there');
  });

  test('drafts that the plan does not have', async () => {
    const said = 'Draft pull requests are not supported in this repository.';
    answer('post', '/pulls', { status: 422, body: { message: said } });
    answer('get', '/pulls', { body: [] });
    const { message, hint } = await thrownBy(open({ draft: true }));
    expect(message).toBe(`GitHub refuses to open a pull request for stowage/dev in octocat/config: ${said}`);
    expect(hint).toMatch(/`draft: false`/);
  });

  test('a reviewer who cannot be one, with the pull request that is open', async () => {
    answer('post', '/pulls', { status: 201, body: pull() });
    const reviews = answer('post', '/pulls/1/requested_reviewers', {
      status: 422,
      body: { message: 'Reviews may only be requested from collaborators.' },
    });
    const { message } = await thrownBy(open({ reviewers: ['hubot', 'octocat/operators'] }));
    expect(message).toBe(
      'GitHub refuses to request reviews of pull request #1, which is open, from hubot, octocat/operators in octocat/config: Reviews may only be requested from collaborators.',
    );
    expect(reviews[0]?.body).toEqual({ reviewers: ['hubot'], team_reviewers: ['operators'] });
  });

  test('what a host says is one short line, without the token even where it repeats it', async () => {
    const made = ['ghs_madeDuringTheRun0123', 'eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiIxIn0.c2lnbmF0dXJl'];
    const said = `${token}\n\u001b[31m${Buffer.from(token).toString('base64')} ${made.join(' ')} ${'x'.repeat(10_000)}`;
    answer('post', '/pulls', { status: 403, body: { message: said } });
    const { message } = await thrownBy(open());
    expect(message.length).toBeLessThan(500);
    expect(message).not.toMatch(/[\n\u001b]/);
    for (const secret of made) expect(message).not.toContain(secret);
  });

  test('a gateway that answers with a page', async () => {
    answer('get', '/pulls', { status: 404, headers: { 'content-type': 'text/html' }, body: '<html>' });
    const { message } = await thrownBy((await connect(api)).list());
    expect(message).toBe('GitHub cannot list pull requests: it has no octocat/config, or does not show it to STOWAGE_TOKEN');
  });
});

test('a second pull request of a branch is refused by GitHub, and the first one found', async () => {
  const said = { message: 'Validation Failed', errors: [{ message: 'A pull request already exists for octocat:stowage/dev.' }] };
  const opened = answer('post', '/pulls', { status: 422, body: said });
  answer('get', '/pulls', { body: [pull({ number: 9, base: { ref: 'other', repo: { id: 1 } } }), pull({ number: 7 })] });
  expect(await open()).toMatchObject({ number: 7, state: 'open' });
  expect(opened).toHaveLength(1);
});

test('a pull request of a fork on a branch of the same name is nobody of ours', async () => {
  const fork = { ref: 'stowage/dev', sha: 'b'.repeat(40), repo: { id: 2 } };
  answer('get', '/pulls', { body: [pull({ number: 3, head: fork }), pull({ number: 4, head: { ...fork, repo: null } })] });
  const forge = await connect(api);
  expect(await forge.findPullRequest('stowage/dev')).toBeUndefined();
  expect(await forge.list('all')).toEqual([]);
});

describe('the status of a commit', () => {
  const sha = 'a'.repeat(40);

  test('is set, with as much of its description as GitHub takes', async () => {
    const asked = answer('post', `/statuses/${sha}`, { status: 201, body: { id: 1 } });
    await (await connect(api)).setStatus(sha, 'failure', 'stowage/plan', 'x'.repeat(200));
    expect(asked).toMatchObject([{ body: { state: 'failure', context: 'stowage/plan', description: 'x'.repeat(140) } }]);
  });

  test('names the permission that it takes', async () => {
    answer('post', `/statuses/${sha}`, { status: 403, body: { message: 'Resource not accessible by integration' } });
    const { hint } = await thrownBy((await connect(api)).setStatus(sha, 'success', 'stowage/plan', 'fine'));
    expect(hint).toBe('it needs the permission Commit statuses: write');
  });
});

describe('the text of a pull request that is longer than GitHub takes', () => {
  const line = `${'word '.repeat(15)}\n`;

  test('ends after a whole line and says so', async () => {
    const opened = answer('post', '/pulls', { status: 201, body: pull() });
    await open({ body: line.repeat(2000) });
    const body = String(opened[0]?.body.body);
    expect(body.length).toBeLessThanOrEqual(65_536);
    expect(body.length).toBeGreaterThan(65_000);
    expect(body).toMatch(/word \n\n_The rest is left out: it is longer than this host takes._\n$/);
  });

  test('keeps what is hidden at its end', async () => {
    const opened = answer('post', '/pulls', { status: 201, body: pull() });
    await open({ body: `${line.repeat(2000)}\n\n<!-- stowage {"key":"dev/shop"} -->\n` });
    const body = String(opened[0]?.body.body);
    expect(body.length).toBeLessThanOrEqual(65_536);
    expect(body).toMatch(/than this host takes._\n\n<!-- stowage {"key":"dev\/shop"} -->\n$/);
  });

  test('does not end inside of code', async () => {
    const opened = answer('post', '/pulls', { status: 201, body: pull() });
    await open({ body: `text\n\`\`\`\`diff\n\`\`\`\n${line.repeat(2000)}` });
    expect(opened[0]?.body.body).toMatch(/word \n````\n\n_The rest/);
  });
});

test('a draft becomes ready by what only GraphQL offers', async () => {
  answer('get', '/pulls/1', { body: pull({ draft: true }) });
  answer('get', '/git/ref/*', { body: { object: { sha: 'a'.repeat(40) } } });
  const asked = answerGraphql({ markPullRequestReadyForReview: {}, convertPullRequestToDraft: {} });
  const forge = await connect(api);
  expect(await forge.update(1, { draft: false })).toMatchObject({ draft: false });
  expect(await forge.update(1, { draft: true })).toMatchObject({ draft: true });
  expect(asked).toEqual([{ name: 'markPullRequestReadyForReview', input: { id: 'PR_1' } }]);
});

test.each([
  ['github.com', 'https://api.github.com'],
  ['shop.ghe.com', 'https://api.shop.ghe.com'],
  ['github.example.com', 'https://github.example.com/api/v3'],
])('%s is asked at %s', async (host, base) => {
  server.use(http.get(`${base}/repos/octocat/config/pulls/1`, () => HttpResponse.json(pull())));
  const forge = await openGitHub({ ...remote, host }, credentials, quick);
  expect(await forge.get(1)).toMatchObject({ number: 1 });
});

test('what GitHub says of its own future is not printed', async () => {
  const headers = { deprecation: 'true', sunset: 'soon', link: '<https://docs.github.com>; rel="deprecation"' };
  answer('get', '/pulls/1', { headers, body: pull() });
  expect(await (await connect(api)).get(1)).toMatchObject({ number: 1 });
});
