import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/**
 * What becomes of an answer. `lost`: the host has done what was asked for and the connection breaks before the answer;
 * `cut`: it breaks in the middle of it; `half`: it ends well with half of the body; a number: that status in its place,
 * with the deed done or not.
 */
export type Fault = 'lost' | 'cut' | 'half' | 'unheard' | { readonly status: number; readonly done: boolean };

export interface FaultyProxy {
  readonly url: string;
  /** What has passed, such as `POST /repos/octocat/config/pulls`. */
  readonly passed: string[];
  /** The next answers to requests that match go wrong, one after the other. */
  fail(match: RegExp, ...faults: readonly Fault[]): void;
  close(): Promise<void>;
}

/** Stands between us and a server on loopback, and loses answers. */
export async function startFaultyProxy(target: string): Promise<FaultyProxy> {
  const planned: { match: RegExp; faults: Fault[] }[] = [];
  const passed: string[] = [];
  const server = createServer((incoming, outgoing) => void pass(incoming, outgoing).catch((error) => outgoing.destroy(error)));

  async function pass(incoming: IncomingMessage, outgoing: ServerResponse): Promise<void> {
    const line = `${incoming.method} ${incoming.url}`;
    passed.push(line);
    const fault = planned.find(({ match, faults }) => faults.length > 0 && match.test(line))?.faults.shift();
    const asked = await buffer(incoming);
    if (fault === 'unheard') return void incoming.socket.destroy();
    if (typeof fault === 'object' && !fault.done) return void outgoing.writeHead(fault.status).end();
    const { answer, body } = await forward(target, incoming, asked);
    const { 'transfer-encoding': _, ...headers } = answer.headers;
    const length = { 'content-length': body.length };
    const half = body.subarray(0, body.length / 2);
    if (fault === 'lost') incoming.socket.destroy();
    else if (fault === 'cut')
      outgoing.writeHead(answer.statusCode ?? 0, { ...headers, ...length }).write(half, () => outgoing.destroy());
    else if (fault === 'half')
      outgoing.writeHead(answer.statusCode ?? 0, { ...headers, 'content-length': half.length }).end(half);
    else if (fault !== undefined) outgoing.writeHead(fault.status).end();
    else outgoing.writeHead(answer.statusCode ?? 0, { ...headers, ...length }).end(body);
  }

  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    passed,
    fail: (match, ...faults) => void planned.push({ match, faults: [...faults] }),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function forward(target: string, { method, url, headers }: IncomingMessage, body: Buffer) {
  return new Promise<{ answer: IncomingMessage; body: Buffer }>((resolve, reject) => {
    const { host: _, connection: __, ...rest } = headers;
    const asked = request(new URL(url ?? '/', target), { ...(method && { method }), headers: rest, agent: false }, (answer) => {
      buffer(answer).then((given) => resolve({ answer, body: given }), reject);
    });
    asked.once('error', reject).end(body);
  });
}
