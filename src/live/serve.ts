import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { livePolicy, type PageFiles, printLivePage } from '../report/print-page.ts';
import type { Report } from '../report/report.ts';
import { Failure } from '../store/fail.ts';
import { answer, type Site } from './answer.ts';
import { createListeners } from './events.ts';

/** This machine only: what is shown is not for everybody on its network. */
const loopback = '127.0.0.1';
const usualPort = 7340;
const mostTried = 100;

export interface Serving {
  readonly address: string;
  /** Tells every open page what there is now. */
  readonly tell: () => void;
  readonly close: () => Promise<void>;
}

/** `port`: that one and no other; by default the usual one, or the next that is free. */
export async function serve(report: () => Report, files: PageFiles, port: number | undefined): Promise<Serving> {
  const listeners = createListeners(() => JSON.stringify(report().index));
  const server = createServer();
  const open = port === undefined ? await listenNear(server, usualPort) : await listenAt(server, port);
  if (open === undefined)
    throw new Failure(
      port === undefined ? `no port from ${usualPort} on is free` : `port ${port} is taken`,
      '`--port 0` takes any that is free',
    );
  const site: Site = {
    port: open,
    policy: livePolicy(files),
    report,
    page: () => printLivePage(report(), files),
  };
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const { method = '', url = '', headers } = request;
    const answered = answer({ method, url, host: headers.host, origin: headers.origin }, site);
    if (answered === 'events') {
      listeners.add(response);
      return;
    }
    response.writeHead(answered.status, { ...answered.headers, 'content-length': Buffer.byteLength(answered.body) });
    response.end(method === 'HEAD' ? undefined : answered.body);
  });
  return {
    address: `http://${loopback}:${open}/`,
    tell: listeners.tell,
    close: () => {
      listeners.close();
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      server.closeAllConnections();
      return closed;
    },
  };
}

async function listenNear(server: Server, first: number): Promise<number | undefined> {
  for (let port = first; port < first + mostTried; port += 1) {
    const open = await listenAt(server, port);
    if (open !== undefined) return open;
  }
  return undefined;
}

/** The port that it is; undefined where somebody else has it. */
function listenAt(server: Server, port: number): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const failed = (error: NodeJS.ErrnoException) => {
      server.off('listening', listening);
      if (error.code === 'EADDRINUSE') resolve(undefined);
      else reject(new Failure(`cannot listen on port ${port}: ${error.message}`));
    };
    const listening = () => {
      server.off('error', failed);
      resolve((server.address() as AddressInfo).port);
    };
    server.once('error', failed);
    server.once('listening', listening);
    server.listen(port, loopback);
  });
}
