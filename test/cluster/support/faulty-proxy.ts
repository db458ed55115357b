import type { IncomingMessage, ServerResponse } from 'node:http';
import { Agent, request as httpsRequest } from 'node:https';
import { kubeconfig, startApiServer } from '../../support/api-server.ts';
import { type Fault, withFaults } from '../../support/faults.ts';
import type { Access } from '../servers/kube.ts';

export interface FaultyProxy {
  /** Text of one whose context `test` leads through it. */
  readonly kubeconfig: string;
  /** What was asked for, as `GET /api/v1/services?limit=500`. */
  readonly asked: readonly string[];
  /** How many requests were open at a time. */
  readonly most: () => number;
  readonly stop: () => Promise<void>;
}

/** A request on its way to the API server: as it came, or changed. */
export type Forward = (
  request: IncomingMessage,
  response: ServerResponse,
  changes?: { readonly url?: string; readonly token?: string },
) => void;

/** Stands before a real API server and does with some requests what networks and busy servers do. */
export async function startFaultyProxy(access: Access, faultsOf: (forward: Forward) => readonly Fault[]): Promise<FaultyProxy> {
  const agent = new Agent({ ca: access.authority, keepAlive: true });
  const forward: Forward = (request, response, { url = request.url, token } = {}) => {
    const { host: _, connection: __, ...headers } = request.headers;
    const changed = { ...headers, ...(token !== undefined && { authorization: `Bearer ${token}` }) };
    const sent = httpsRequest(`${access.server}${url}`, { agent, method: request.method, headers: changed }, (answer) => {
      const { connection: ___, ...rest } = answer.headers;
      response.writeHead(answer.statusCode ?? 502, rest);
      answer.pipe(response);
    });
    sent.on('error', () => request.socket.destroy());
    request.pipe(sent);
  };
  const faults = faultsOf(forward);
  const asked: string[] = [];
  let [now, most] = [0, 0];
  const answer = withFaults(
    () => faults,
    (request, response) => forward(request, response),
  );
  const server = await startApiServer((request, response) => {
    asked.push(`${request.method} ${request.url}`);
    now += 1;
    most = Math.max(most, now);
    response.once('close', () => {
      now -= 1;
    });
    answer(request, response);
  });
  return {
    kubeconfig: kubeconfig({ test: server.address }, access.token),
    asked,
    most: () => most,
    stop: async () => {
      await server.close();
      agent.destroy();
    },
  };
}
