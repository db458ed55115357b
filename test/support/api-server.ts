import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { stringify } from 'yaml';
import { throwawayText } from '../sealing/throwaway.ts';

export interface ApiServer {
  readonly address: string;
  /** What was asked for, as `path authorization`. */
  readonly asked: string[];
  readonly close: () => Promise<void>;
}

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** Plays a Kubernetes API server on this machine, behind the throwaway certificate `valid`. */
export async function startApiServer(answer: Answer, { tls = true } = {}): Promise<ApiServer> {
  const asked: string[] = [];
  const listen: Answer = (request, response) => {
    asked.push(`${request.url} ${request.headers.authorization}`);
    answer(request, response);
  };
  const server = tls
    ? createTlsServer({ key: throwawayText('valid.key'), cert: throwawayText('valid.pem') }, listen)
    : createServer(listen);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    address: `http${tls ? 's' : ''}://127.0.0.1:${port}`,
    asked,
    close: () => {
      server.closeAllConnections();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

/** A kubeconfig with contexts that lead to servers; the first is the current one. */
export function kubeconfig(servers: Readonly<Record<string, string>>, token: string, certificate = 'valid'): string {
  const names = Object.keys(servers);
  const authority = Buffer.from(throwawayText(`${certificate}.pem`)).toString('base64');
  return stringify({
    apiVersion: 'v1',
    kind: 'Config',
    'current-context': names[0],
    contexts: names.map((name) => ({ name, context: { cluster: name, user: 'me' } })),
    clusters: names.map((name) => ({
      name,
      cluster: { server: servers[name], 'certificate-authority-data': authority, 'tls-server-name': 'throwaway-valid' },
    })),
    users: [{ name: 'me', user: { token } }],
  });
}
