import type { Agent } from 'node:http';
import type { RequestOptions } from 'node:https';
import { setTimeout as pause } from 'node:timers/promises';
import type { KubeConfig } from '@kubernetes/client-node';
import pLimit from 'p-limit';
import { Failure } from '../store/fail.ts';
import { cannotReach } from './ask-cluster.ts';
import type { ApiAnswer, ApiRequest, ClusterApi } from './cluster-api.ts';
import { type Answer, getAnswer, NoAnswerInTime } from './get-answer.ts';
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
/** Who was silent for so long has hardly missed a moment only. */
const attemptsInSilence = 2;
const usualPatience = 30_000;
const longestPause = 30_000;
const limits = { longest: 268_435_456, tooLong: 'the answer is longer than any that is expected' };

/** The API server of the current context over kept connections; what passes is tried again. */
export async function openClusterApi(access: ClusterAccess): Promise<ClusterApi> {
  const { config, signal, patience = usualPatience, wait = (time: number) => pause(time, undefined, { signal }) } = access;
  const server = serverAddress(config);
  const agents: Agent[] = [];
  const enter = async () => {
    const { headers, ...options } = await logIn<RequestOptions & { agent?: Agent }>(config, {});
    // The library makes one that opens a connection for each request.
    if (options.agent !== undefined) agents.push(Object.assign(options.agent, { keepAlive: true, maxSockets: requestsAtOnce }));
    return { ...options, headers: headers as Record<string, string> | undefined };
  };
  let entered = enter();
  let mayRenew = true;
  const limit = pLimit(requestsAtOnce);
  let sent = 0;

  const send = async (request: ApiRequest, login: typeof entered): Promise<Answer> => {
    const { method, path, body, contentType, accept = 'application/json' } = request;
    const { headers, ...options } = await login;
    const own = { accept, 'user-agent': 'stowage', ...(contentType !== undefined && { 'content-type': contentType }) };
    sent += 1;
    const bounded = { ...limits, signal, patience };
    return getAnswer(new URL(`${server}${path}`), { ...options, method, headers: { ...headers, ...own } }, bounded, body);
  };
  /** Whether there is another login than the one that was refused: what runs out does so for all requests at once. */
  const renew = (refused: typeof entered): boolean => {
    if (entered === refused && mayRenew) {
      mayRenew = false;
      entered = enter();
    }
    return entered !== refused;
  };
  const request = async (asked: ApiRequest): Promise<ApiAnswer> => {
    let again = false;
    for (let attempt = 1; ; attempt += 1) {
      const login = entered;
      const answer = await send(asked, login).catch((error: NodeJS.ErrnoException) => error);
      signal.throwIfAborted();
      if (answer instanceof Failure) throw answer;
      // A token may have run out on the way, and a program that logs in gives another.
      if (!(answer instanceof Error) && answer.status === 401 && !again && renew(login)) {
        again = true;
      } else if (attempt >= attemptsOf(answer)) {
        if (answer instanceof Error) throw cannotReach(server, answer);
        return { status: answer.status, body: parse(answer, server) };
      } else await wait(pauseBefore(attempt, answer));
    }
  };
  await entered;
  return {
    server,
    request: (asked) => limit(() => request(asked)),
    sent: () => sent,
    close: () => {
      for (const agent of agents) agent.destroy();
    },
  };
}

const passing = new Set([429, 500, 502, 503, 504]);

function attemptsOf(answer: Answer | Error): number {
  if (answer instanceof Error) return answer instanceof NoAnswerInTime ? attemptsInSilence : attempts;
  return passing.has(answer.status) ? attempts : 1;
}

/** As long as the server asks for; else longer each time. */
function pauseBefore(attempt: number, answer: Answer | Error): number {
  const asked = answer instanceof Error ? Number.NaN : Number(answer.retryAfter) * 1000;
  return Math.min(longestPause, asked >= 0 ? asked : 200 * 4 ** (attempt - 1));
}

function parse({ status, body }: Answer, server: string): unknown {
  if (body === '') return undefined;
  try {
    return JSON.parse(body) as unknown;
  } catch {
    // Whoever refuses in between has words of its own: it is the status that says what is the matter.
    if (status !== 200) return undefined;
    throw new Failure(`what ${server} answers is no JSON`, 'is that the address of an API server?');
  }
}
