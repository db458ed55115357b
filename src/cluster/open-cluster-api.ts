import type { Agent } from 'node:http';
import type { RequestOptions } from 'node:https';
import { setTimeout as pause } from 'node:timers/promises';
import type { KubeConfig } from '@kubernetes/client-node';
import pLimit from 'p-limit';
import { Failure } from '../store/fail.ts';
import { cannotReach } from './ask-cluster.ts';
import type { ApiAnswer, ApiRequest, ClusterApi } from './cluster-api.ts';
import { type Answer, getAnswer } from './get-answer.ts';
import { logIn, serverAddress } from './server-address.ts';

export interface ClusterAccess {
  readonly config: KubeConfig;
  readonly signal: AbortSignal;
  /** Milliseconds for one answer. */
  readonly patience?: number;
  readonly wait?: (milliseconds: number) => Promise<unknown>;
}

/** What one run may have open at a time: the API server shares its places fairly, and is for others too. */
const requestsAtOnce = 8;
const attempts = 4;
const usualPatience = 30_000;
const longestPause = 30_000;
const limits = { longest: 268_435_456, tooLong: 'the answer is longer than any that is expected' };

/** The API server of the current context over kept connections; what passes is tried again. */
export async function openClusterApi(access: ClusterAccess): Promise<ClusterApi> {
  const { config, signal, patience = usualPatience, wait = (time: number) => pause(time, undefined, { signal }) } = access;
  const server = serverAddress(config);
  let agent: Agent | undefined;
  const enter = async () => {
    const { headers, ...options } = await logIn<RequestOptions & { agent?: Agent }>(config, {});
    agent?.destroy();
    agent = options.agent;
    // The library makes one that opens a connection for each request.
    if (agent !== undefined) Object.assign(agent, { keepAlive: true, maxSockets: requestsAtOnce });
    return { ...options, headers: headers as Record<string, string> | undefined };
  };
  let entered = enter();
  const limit = pLimit(requestsAtOnce);
  let sent = 0;

  const send = async (request: ApiRequest): Promise<Answer> => {
    const { method, path, body, contentType, accept = 'application/json' } = request;
    const { headers, ...options } = await entered;
    const own = { accept, 'user-agent': 'stowage', ...(contentType !== undefined && { 'content-type': contentType }) };
    sent += 1;
    const bounded = { ...limits, signal, patience };
    return getAnswer(new URL(`${server}${path}`), { ...options, method, headers: { ...headers, ...own } }, bounded, body);
  };
  const request = async (asked: ApiRequest): Promise<ApiAnswer> => {
    let again = false;
    for (let attempt = 1; ; attempt += 1) {
      const answer = await send(asked).catch((error: NodeJS.ErrnoException) => error);
      signal.throwIfAborted();
      if (answer instanceof Failure) throw answer;
      // A token may have run out on the way, and a program that logs in gives another.
      if (!(answer instanceof Error) && answer.status === 401 && !again) {
        again = true;
        entered = enter();
      } else if (attempt >= attempts || !passes(answer)) {
        if (answer instanceof Error) throw cannotReach(server, answer);
        return { status: answer.status, body: parse(answer.body, server) };
      } else await wait(pauseBefore(attempt, answer));
    }
  };
  await entered;
  return {
    server,
    request: (asked) => limit(() => request(asked)),
    sent: () => sent,
    close: () => agent?.destroy(),
  };
}

const passing = new Set([429, 500, 502, 503, 504]);

function passes(answer: Answer | Error): boolean {
  return answer instanceof Error || passing.has(answer.status);
}

/** As long as the server asks for; else longer each time. */
function pauseBefore(attempt: number, answer: Answer | Error): number {
  const asked = answer instanceof Error ? Number.NaN : Number(answer.retryAfter) * 1000;
  return Math.min(longestPause, asked >= 0 ? asked : 200 * 4 ** (attempt - 1));
}

function parse(body: string, server: string): unknown {
  if (body === '') return undefined;
  try {
    return JSON.parse(body) as unknown;
  } catch {
    throw new Failure(`what ${server} answers is no JSON`, 'is that the address of an API server?');
  }
}
