import type { Octokit } from '@octokit/rest';
import type { Credentials } from './credentials.ts';
import type { HostOptions } from './host-options.ts';
import { connectionTrouble, HostTrouble } from './host-trouble.ts';
import { type Deed, type Host, putIntoWords } from './put-into-words.ts';
import { redact } from './redact.ts';
import type { RemoteRepository } from './remote-repository.ts';
import { waitOutLimit } from './wait-out-limit.ts';

export interface GitHubOptions extends HostOptions {
  /** Base URL of the API; by default that of the repository's host. */
  readonly api?: string | undefined;
  /** Settings of the throttling plug-in in place of its own; tests do not space what they write. */
  readonly throttle?: object;
}

/** A repository on GitHub, and the way to ask about it. */
export interface GitHub {
  readonly octokit: Octokit;
  readonly repository: { readonly owner: string; readonly repo: string };
  readonly options: HostOptions;
  /** What goes wrong on the way comes out in words. */
  tell<Result>(deed: Deed, work: () => Promise<Result>): Promise<Result>;
}

const patience = 30_000;
/** Nothing of a request is printed: it carries the token. */
const log = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} };

export async function connectGitHub(
  { host, scheme, owner, name }: RemoteRepository,
  credentials: Credentials,
  options: GitHubOptions,
): Promise<GitHub> {
  const { signal, second = 1000 } = options;
  const api = (options.api ?? apiOf(host, scheme)).replace(/\/+$/, '');
  const secrets = [credentials.kind === 'token' ? credentials.token : credentials.privateKey];
  const [{ Octokit }, { retry }, { throttling }] = await Promise.all([
    import('@octokit/rest'),
    import('@octokit/plugin-retry'),
    import('@octokit/plugin-throttling'),
  ]);
  const wait = (seconds: number, _: unknown, __: unknown, before: number) => waitOutLimit('GitHub', seconds, before, options);
  const octokit = new (Octokit.plugin(wholeAnswers, throttling, retry))({
    ...(await authentication(credentials)),
    baseUrl: api,
    userAgent: 'stowage',
    log,
    request: {
      log,
      fetch: (url: string, init: RequestInit) => {
        const timeout = AbortSignal.timeout(patience);
        return fetch(url, { ...init, signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]) });
      },
    },
    // Our own waiting is over when these answer, and ends with the run.
    throttle: { onSecondaryRateLimit: wait, onRateLimit: wait, retryAfterBaseValue: 0, ...options.throttle },
    retry: { retryAfterBaseValue: second, doNotRetry: [400, 401, 403, 404, 405, 409, 410, 422, 429, 451] },
  });
  octokit.hook.before('request', (request) => {
    const retries = ['POST', 'PUT'].includes(request.method) ? { retries: 0 } : {};
    // A copy: what plug-ins note in it would stay for all requests that follow.
    request.request = { ...request.request, ...retries };
  });
  octokit.hook.error('request', (error) => {
    if (signal?.aborted) throw error;
    throw asTrouble(error, secrets);
  });
  const words: Host = {
    name: 'GitHub',
    api: new URL(api).host,
    repository: `${owner}/${name}`,
    credentials: credentials.kind === 'token' ? credentials.from : 'the GitHub App',
  };
  return {
    octokit,
    repository: { owner, repo: name },
    options,
    async tell(deed, work) {
      try {
        return await work();
      } catch (error) {
        signal?.throwIfAborted();
        throw error instanceof HostTrouble ? putIntoWords(error, deed, words) : error;
      }
    },
  };
}

function apiOf(host: string, scheme: string): string {
  // An Enterprise Cloud of one's own answers beside its address, an Enterprise Server below it.
  if (host === 'github.com' || host.endsWith('.ghe.com')) return `https://api.${host}`;
  return `${scheme}://${host}/api/v3`;
}

async function authentication(credentials: Credentials): Promise<object> {
  if (credentials.kind === 'token') return { auth: credentials.token };
  const { createAppAuth } = await import('@octokit/auth-app');
  const { appId, privateKey, installation } = credentials;
  return { authStrategy: createAppAuth, auth: { appId, privateKey, installationId: installation } };
}

interface RequestFailure {
  readonly name?: string;
  message: string;
  status?: number;
  readonly response?: { readonly status: number; readonly headers: Record<string, string | undefined>; readonly data?: unknown };
  readonly cause?: unknown;
}

/** Nearest to the wire: what the plug-ins outside of it then know how to take. */
function wholeAnswers({ hook }: { readonly hook: Octokit['hook'] }): object {
  hook.after('request', (response, request) => {
    if (typeof response.data !== 'string' || response.status === 204) return;
    // The plug-ins take a failure that names its request for one of GitHub's.
    throw Object.assign(new Error('the answer broke off'), { status: 500, request });
  });
  hook.error('request', (thrown) => {
    const error = thrown as RequestFailure;
    const headers = error.response?.headers ?? {};
    // Not every answer of a limit says in the words that the plug-in looks for that it is one.
    const limited = error.status === 429 || (error.status === 403 && headers['retry-after'] !== undefined);
    if (limited && headers['x-ratelimit-remaining'] !== '0' && !/\bsecondary rate\b/i.test(error.message))
      error.message += ' (secondary rate limit)';
    // To ask again helps nothing where nobody was reached, and nothing is written in the plug-in's place of a status.
    if (error.response === undefined && error.name === 'HttpError' && !connectionTrouble(error.cause).reached) error.status = 0;
    throw thrown;
  });
  return {};
}

function asTrouble(thrown: unknown, secrets: readonly string[]): unknown {
  const error = thrown as RequestFailure;
  if (thrown instanceof HostTrouble || (error.name !== 'HttpError' && error.status === undefined)) return thrown;
  if (error.response === undefined)
    return error.cause === undefined ? new HostTrouble(redact(error.message, secrets), {}) : connectionTrouble(error.cause);
  return new HostTrouble(redact(error.message.replace(/ - https:\S+$/, ''), secrets), {
    status: error.response.status,
    headers: error.response.headers,
  });
}
