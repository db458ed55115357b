import { afterAll, beforeAll, expect, test } from 'vitest';
import { temporaryFolder, withFiles } from '../support/fleet-files.ts';
import { startStowage } from '../support/run-cli.ts';
import { smallFleet } from '../support/small-fleet.ts';
import { type EmulatedGitHub, emulateGitHub } from './emulated-github.ts';
import { token } from './token.ts';

let github: EmulatedGitHub;
beforeAll(async () => {
  github = await emulateGitHub();
});
afterAll(() => github.close());

function pr(words: readonly string[], env: NodeJS.ProcessEnv) {
  const publish = `publish: {host: github, repository: "https://github.com/octocat/config.git", api: "${github.url}"}`;
  const description = String(smallFleet.get('stowage.yaml')).replace('  stages:', `  ${publish}\n  stages:`);
  const folder = temporaryFolder(withFiles(smallFleet, { 'stowage.yaml': description }));
  return startStowage(['pr', ...words], { in: folder, env: { STOWAGE_TOKEN: '', GITHUB_TOKEN: '', ...env } }).end;
}

test('the bundle loads what talks to GitHub when it is needed', async () => {
  await github.push('stowage/dev');
  await github.ask('POST', '/pulls', { title: 'dev/shop: 1 object changes', head: 'stowage/dev', base: 'main' });
  const { code, out, err } = await pr(['list'], { GITHUB_TOKEN: token });
  expect(err).toBe('');
  expect(out).toBe('#1 open dev/shop: 1 object changes stowage/dev\n');
  expect(code).toBe(0);
});

test('a GitHub App is enough', async () => {
  const app = {
    STOWAGE_GITHUB_APP_ID: '12345',
    STOWAGE_GITHUB_APP_INSTALLATION: '100',
    STOWAGE_GITHUB_APP_PRIVATE_KEY: github.privateKey,
  };
  const { code, out, err } = await pr(['close', '1'], app);
  expect(err).toBe('');
  expect(out).toBe('closed #1 dev/shop: 1 object changes\n');
  expect(code).toBe(0);
});

test('without a token it is said which variables could hold one', async () => {
  expect(await pr(['list'], {})).toEqual({
    code: 3,
    out: '',
    err: 'error: there is no token for GitHub\n  → set STOWAGE_TOKEN or GITHUB_TOKEN, or STOWAGE_GITHUB_APP_ID, STOWAGE_GITHUB_APP_INSTALLATION, STOWAGE_GITHUB_APP_PRIVATE_KEY for a GitHub App\n',
  });
});
