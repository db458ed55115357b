import { expect, test } from 'vitest';
import { prCommand } from '../../src/commands/pr-command.ts';
import { plainPalette } from '../../src/diagnostics/format-diagnostic.ts';
import { answer, answerGraphql, answerRequests, pull } from './answering-github.ts';
import { token } from './token.ts';

answerRequests();

const sha = 'a'.repeat(40);
const github = { host: 'github', repository: 'https://github.com/octocat/config.git', method: 'squash' } as const;

function run(action: string, options: object) {
  let told = '';
  const say = (text: string) => {
    told += text;
  };
  const environment = { STOWAGE_TOKEN: token };
  const { signal } = new AbortController();
  const compute = async <Result>(work: () => Result) => work();
  const context = { folder: '/', environment, out: say, err: say, interactive: false, palette: plainPalette, signal, compute };
  return prCommand(action, '1', { ...github, ...options }, context).then((code) => ({ code, told }));
}

test('a merge is left to GitHub where somebody says so', async () => {
  answer('get', '/pulls/1', { body: pull() });
  const standing = { id: 'PR_1', state: 'OPEN', headRefOid: sha, isInMergeQueue: false, autoMergeRequest: null };
  const look = { repository: { mergeQueue: null, pullRequest: standing } };
  const asked = answerGraphql({ enablePullRequestAutoMerge: {}, 'pullRequest(number': look });
  expect(await run('merge', { whenReady: true })).toMatchObject({ code: 0, told: expect.stringMatching(/^waiting #1 /) });
  expect(asked.map(({ name }) => name)).toContain('enablePullRequestAutoMerge');
});

test('and nothing else can wait', async () => {
  await expect(run('close', { whenReady: true })).rejects.toThrow('--when-ready has no meaning');
});
