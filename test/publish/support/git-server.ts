import { spawn } from 'node:child_process';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export interface GitServer {
  /** Address of a repository below the folder that is served. */
  readonly url: (name: string) => string;
  /** Bytes of bodies that were sent, and requests that came, since this was last asked. */
  readonly traffic: () => { readonly sent: number; readonly received: number; readonly requests: number };
  readonly close: () => void;
}

/** git's own server behind HTTP with a password, on the loopback. */
export async function serveGit(folder: string, token: string): Promise<GitServer> {
  let counts = { sent: 0, received: 0, requests: 0 };
  const server = createServer((request, response) => {
    const { url = '', method = 'GET', headers } = request;
    counts.requests += 1;
    const wanted = `Basic ${Buffer.from(`x-access-token:${token}`).toString('base64')}`;
    if (headers.authorization !== wanted) {
      response.writeHead(401, { 'www-authenticate': 'Basic realm="git"' }).end();
      return;
    }
    const [path = '', query = ''] = url.split('?');
    const backend = spawn('git', ['http-backend'], {
      env: {
        PATH: process.env.PATH,
        GIT_CONFIG_NOSYSTEM: '1',
        GIT_PROJECT_ROOT: folder,
        GIT_HTTP_EXPORT_ALL: '1',
        PATH_INFO: decodeURIComponent(path),
        QUERY_STRING: query,
        REQUEST_METHOD: method,
        CONTENT_TYPE: headers['content-type'] ?? '',
        HTTP_CONTENT_ENCODING: headers['content-encoding'] ?? '',
        GIT_PROTOCOL: String(headers['git-protocol'] ?? ''),
        REMOTE_USER: 'publisher',
        REMOTE_ADDR: '127.0.0.1',
      },
    });
    request.on('data', (bytes: Buffer) => {
      counts.received += bytes.length;
    });
    request.pipe(backend.stdin);
    backend.stdin.on('error', () => undefined);
    let head = Buffer.alloc(0);
    let started = false;
    backend.stdout.on('data', (bytes: Buffer) => {
      counts.sent += bytes.length;
      if (started) {
        response.write(bytes);
        return;
      }
      head = Buffer.concat([head, bytes]);
      const end = head.indexOf('\r\n\r\n');
      if (end < 0) return;
      started = true;
      let status = 200;
      for (const line of head.toString('latin1', 0, end).split('\r\n')) {
        const colon = line.indexOf(':');
        const [name, value] = [line.slice(0, colon), line.slice(colon + 1).trim()];
        if (name.toLowerCase() === 'status') status = Number.parseInt(value, 10);
        else response.setHeader(name, value);
      }
      response.writeHead(status);
      response.write(head.subarray(end + 4));
    });
    backend.on('close', () => response.end());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: (name) => `http://127.0.0.1:${port}/${name}`,
    traffic: () => {
      const seen = counts;
      counts = { sent: 0, received: 0, requests: 0 };
      return seen;
    },
    close: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}
