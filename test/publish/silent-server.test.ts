import { once } from 'node:events';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { expect, test } from 'vitest';
import { runGit } from '../../src/git/run-git.ts';
import { temporaryFolder } from '../support/fleet-files.ts';

test('who stops a call does not wait for a server that never answers', { timeout: 20_000 }, async () => {
  const stop = new AbortController();
  const sockets: Socket[] = [];
  const server = createServer((socket) => {
    sockets.push(socket);
    stop.abort();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/a.git`;
  const asked = runGit(['ls-remote', address], { in: temporaryFolder(), environment: process.env, signal: stop.signal });
  await expect(asked).rejects.toThrow(/abort/i);
  expect(sockets.map((socket) => socket.destroyed)).toEqual([false]);
  for (const socket of sockets) socket.destroy();
  server.close();
});
