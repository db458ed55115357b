import type * as z from 'zod';
import type { Credentials } from './credentials.ts';
import { type HostOptions, pause } from './host-options.ts';
import { connectionTrouble, HostTrouble } from './host-trouble.ts';
import { type Deed, putIntoWords } from './put-into-words.ts';
import { redact } from './redact.ts';
import type { RemoteRepository } from './remote-repository.ts';
import { waitOutLimit } from './wait-out-limit.ts';

export interface GiteaOptions extends HostOptions {
  /** Base URL of the API, or of the whole host; by default where the repository is. */
  readonly api?: string | undefined;
}

type Method = 'GET' | 'POST' | 'PATCH';

/** A repository on Gitea or Forgejo, and the way to ask about it. */
export interface Gitea {
  /** The path is one below the repository, or begins with a slash and is one of the whole API. */
  ask<Answer>(
    method: Method,
    path: string,
    shape: z.ZodType<Answer>,
    body?: object,
  ): Promise<{ readonly status: number; readonly data: Answer }>;
  readonly owner: string;
  readonly options: HostOptions;
  tell<Result>(deed: Deed, work: () => Promise<Result>): Promise<Result>;
}

const patience = 30_000;
const attempts = 4;

export function connectGitea(
  { host, scheme, prefix, owner, name }: RemoteRepository,
  credentials: Extract<Credentials, { kind: 'token' }>,
  options: GiteaOptions,
): Gitea {
  const { signal } = options;
  const api = `${(options.api ?? `${scheme}://${host}${prefix}`).replace(/\/+$/, '').replace(/\/api\/v1$/, '')}/api/v1`;
  const { token } = credentials;

  async function once<Answer>(method: Method, url: string, shape: z.ZodType<Answer>, body: object | undefined) {
    const timeout = AbortSignal.timeout(patience);
    let answer: Response;
    let text: string;
    try {
      answer = await fetch(url, {
        method,
        headers: {
          authorization: `token ${token}`,
          accept: 'application/json',
          'content-type': 'application/json',
          'user-agent': 'stowage',
        },
        ...(body && { body: JSON.stringify(body) }),
        // Followed by itself, what was to be written would be read instead.
        redirect: 'manual',
        signal: signal === undefined ? timeout : AbortSignal.any([signal, timeout]),
      });
      text = await answer.text();
    } catch (error) {
      signal?.throwIfAborted();
      throw connectionTrouble(error);
    }
    const { status } = answer;
    const json = parseJson(text);
    if (status >= 300)
      throw new HostTrouble(redact(reasonOf(json, status), [token]), { status, headers: Object.fromEntries(answer.headers) });
    const read = shape.safeParse(json);
    if (!read.success)
      throw new HostTrouble(json === undefined && text !== '' ? 'the answer broke off' : 'the answer is not one of its API', {});
    return { status, data: read.data };
  }

  return {
    owner,
    options,
    async ask(method, path, shape, body) {
      const url = `${api}${path.startsWith('/') ? path : `/repos/${owner}/${name}/${path}`}`;
      for (let before = 0; ; before += 1) {
        try {
          return await once(method, url, shape, body);
        } catch (error) {
          if (!(error instanceof HostTrouble)) throw error;
          if (error.limited) {
            if (!(await waitOutLimit('Gitea', Number(error.headers['retry-after']) || 0, before, options))) throw error;
          } else if (error.lost && method !== 'POST' && before + 1 < attempts) await pause((before + 1) ** 2, options);
          else throw error;
        }
      }
    },
    async tell(deed, work) {
      try {
        return await work();
      } catch (error) {
        signal?.throwIfAborted();
        if (!(error instanceof HostTrouble)) throw error;
        throw putIntoWords(error, deed, {
          name: 'Gitea',
          api: new URL(api).host,
          repository: `${owner}/${name}`,
          credentials: credentials.from,
        });
      }
    },
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function reasonOf(json: unknown, status: number): string {
  const { message } = (json ?? {}) as { message?: unknown };
  if (typeof message === 'string' && message !== '') return message;
  return status < 400 ? 'it has moved to another address' : 'it says no reason';
}
