import { generateKeyPairSync } from 'node:crypto';
import { expect, test } from 'vitest';
import { readCredentials } from '../../src/forge/credentials.ts';
import { expectNoToken, token } from './token.ts';

const { privateKey } = generateKeyPairSync('rsa', {
  modulusLength: 2048,
  privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  publicKeyEncoding: { type: 'spki', format: 'pem' },
});

test.each([
  ['github', { STOWAGE_TOKEN: token, GITHUB_TOKEN: 'other' }, 'STOWAGE_TOKEN'],
  ['github', { GITHUB_TOKEN: `${token}\n`, GITEA_TOKEN: 'other' }, 'GITHUB_TOKEN'],
  ['gitea', { GITHUB_TOKEN: 'other', GITEA_TOKEN: token }, 'GITEA_TOKEN'],
  ['gitea', { STOWAGE_TOKEN: '', GITEA_TOKEN: token }, 'GITEA_TOKEN'],
] as const)('the token of %s out of %o is that of %s', (kind, environment, from) => {
  expect(readCredentials(kind, environment)).toEqual({ kind: 'token', token, from });
});

const app = {
  STOWAGE_GITHUB_APP_ID: '12345',
  STOWAGE_GITHUB_APP_INSTALLATION: '100',
  STOWAGE_GITHUB_APP_PRIVATE_KEY: privateKey,
};

test.each([privateKey, privateKey.replaceAll('\n', '\\n'), privateKey.replaceAll('\n', '\r\n')])(
  'a GitHub App, case %#',
  (key) => {
    const environment = { ...app, STOWAGE_GITHUB_APP_PRIVATE_KEY: key, STOWAGE_TOKEN: token };
    expect(readCredentials('github', environment)).toEqual({
      kind: 'app',
      appId: '12345',
      installation: 100,
      privateKey: privateKey.trim(),
    });
    expect(readCredentials('gitea', environment)).toMatchObject({ token });
  },
);

test.each([
  ['github', {}, 'there is no token for GitHub'],
  ['gitea', { GITHUB_TOKEN: token }, 'there is no token for Gitea'],
  ['github', { STOWAGE_TOKEN: `${token} ${token}` }, 'STOWAGE_TOKEN holds what cannot be a token'],
  ['github', { GITHUB_TOKEN: `${token}\nx` }, 'GITHUB_TOKEN holds what cannot be a token'],
  [
    'github',
    { ...app, STOWAGE_GITHUB_APP_INSTALLATION: undefined },
    'STOWAGE_GITHUB_APP_ID is set and STOWAGE_GITHUB_APP_INSTALLATION is not',
  ],
  ['github', { ...app, STOWAGE_GITHUB_APP_INSTALLATION: 'shop' }, 'STOWAGE_GITHUB_APP_INSTALLATION is not a number'],
  [
    'github',
    { ...app, STOWAGE_GITHUB_APP_PRIVATE_KEY: token },
    'STOWAGE_GITHUB_APP_PRIVATE_KEY is not an RSA private key in PEM form',
  ],
] as const)('%s: refused in words: $2', (kind, environment, message) => {
  try {
    readCredentials(kind, environment);
    expect.fail('nothing was thrown');
  } catch (error) {
    expect(error).toMatchObject({ name: 'Failure', message });
    expectNoToken(error);
  }
});
