import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export const indexType = 'application/vnd.oci.image.index.v1+json';
export const manifestType = 'application/vnd.oci.image.manifest.v1+json';

export const manifest = JSON.stringify({ schemaVersion: 2, mediaType: manifestType, layers: [] });
export const index = JSON.stringify({
  schemaVersion: 2,
  mediaType: indexType,
  manifests: [{ digest: digestOf(manifest), platform: { os: 'linux', architecture: 'amd64' } }],
});

export function digestOf(body: string): string {
  return `sha256:${createHash('sha256').update(body).digest('hex')}`;
}

export type Handler = (request: IncomingMessage, response: ServerResponse) => void;

export interface LoopbackServer {
  /** Name and port, as they stand in a reference. */
  readonly host: string;
  /** What was asked, such as `HEAD /v2/team/web/manifests/1.0`. */
  readonly asked: string[];
  /** All headers `Authorization` that came, `-` for none. */
  readonly authorizations: string[];
  answer: Handler;
  close(): Promise<void>;
}

/** A server that answers as the test says. */
export async function startServer(answer: Handler = manifestAnswer()): Promise<LoopbackServer> {
  const server = createServer((request, response) => {
    running.asked.push(`${request.method} ${request.url}`);
    running.authorizations.push(request.headers.authorization ?? '-');
    running.answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const running: LoopbackServer = {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked: [],
    authorizations: [],
    answer,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
  return running;
}

interface Given {
  readonly body?: string;
  readonly type?: string;
  /** The header; null leaves it out. */
  readonly digest?: string | null;
  readonly status?: number;
  readonly headers?: Record<string, string>;
}

export function manifestAnswer({
  body = manifest,
  type = manifestType,
  digest = digestOf(body),
  status = 200,
  headers,
}: Given = {}): Handler {
  return ({ method }, response) => {
    const told = digest === null ? {} : { 'docker-content-digest': digest };
    response.writeHead(status, { 'content-type': type, ...told, ...headers }).end(method === 'HEAD' ? undefined : body);
  };
}

/** A refusal in the words of the distribution API. */
export function refusal(status: number, code: string, message: string, headers: Record<string, string> = {}): Handler {
  return manifestAnswer({
    status,
    body: JSON.stringify({ errors: [{ code, message }] }),
    type: 'application/json',
    digest: null,
    headers,
  });
}

/** Lets only those pass who show one of these headers. */
export function guarded(challenge: () => string, headers: readonly string[], pass: Handler = manifestAnswer()): Handler {
  return (request, response) => {
    if (headers.includes(request.headers.authorization ?? '')) pass(request, response);
    else refusal(401, 'UNAUTHORIZED', 'authentication required', { 'www-authenticate': challenge() })(request, response);
  };
}

export function tokenAnswer(body: unknown, status = 200): Handler {
  return (_, response) => void response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}
