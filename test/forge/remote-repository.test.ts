import { expect, test } from 'vitest';
import { parseRemote } from '../../src/forge/remote-repository.ts';
import { expectNoToken, token } from './token.ts';

const config = { owner: 'shop', name: 'config', scheme: 'https', prefix: '' };

test.each([
  ['https://github.com/shop/config.git', { ...config, host: 'github.com' }],
  ['https://github.com/shop/config', { ...config, host: 'github.com' }],
  ['https://github.com/shop/config/', { ...config, host: 'github.com' }],
  ['http://localhost:3000/shop/config.git', { ...config, scheme: 'http', host: 'localhost:3000' }],
  ['https://example.com/git/shop/config.git', { ...config, host: 'example.com', prefix: '/git' }],
  ['ssh://git@example.com:2222/shop/config.git', { ...config, host: 'example.com' }],
  ['git@github.com:shop/config.git', { ...config, host: 'github.com' }],
  ['ssh://git@ssh.github.com:443/shop/config.git', { ...config, host: 'github.com' }],
  ['git@GitHub.com:shop/config.git', { ...config, host: 'github.com' }],
  ['github.com:shop/my.config', { ...config, host: 'github.com', name: 'my.config' }],
])('%s', (address, expected) => {
  expect(parseRemote(address)).toEqual(expected);
});

test.each([
  '',
  'config.git',
  './config.git',
  '/srv/config.git',
  'file:///srv/shop/config.git',
  'https://github.com/config',
  'https://github.com/shop/%2e%2e',
  'git@github.com:shop/a b',
  `https://x:${token}@/`,
])('refused: %s', (address) => {
  const parse = () => parseRemote(address);
  expect(parse).toThrow('does not say which repository of which host it is');
  try {
    parse();
  } catch (error) {
    expectNoToken(error);
  }
});

test('a password in an address is left where it is', () => {
  expectNoToken(parseRemote(`https://x:${token}@github.com/shop/config.git`));
});
