import { connectionTrouble } from '../forge/host-trouble.ts';
import { Failure } from '../store/fail.ts';
import { isSafe } from './loopback.ts';

export interface Question {
  readonly method: 'HEAD' | 'GET';
  readonly url: URL;
  readonly accept: string;
  /** The header of that name, which holds a password or a token. */
  readonly authorization?: string | undefined;
  /** The person's wish to end it. */
  readonly signal: AbortSignal;
  /** Ends when it has taken too long. */
  readonly patience: AbortSignal;
}

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Buffer;
  /** Where the answer came from in the end. */
  readonly url: URL;
}

/** Manifests are small; this is the limit of registries themselves. */
const longestBody = 4 * 1_048_576;
const redirects = 5;

/** Asks a registry, or the host that gives out its tokens, and follows where it leads. */
export async function ask({ method, url, accept, authorization, signal, patience }: Question): Promise<Answer> {
  let at = url;
  let known = authorization;
  for (let followed = 0; followed <= redirects; followed += 1) {
    const headers = { accept, 'user-agent': 'stowage', ...(known !== undefined && { authorization: known }) };
    const answer = await once(at, { method, headers, redirect: 'manual', signal: AbortSignal.any([signal, patience]) }, signal);
    const leadsTo = answer.status >= 300 && answer.status < 400 ? answer.headers.get('location') : null;
    if (leadsTo === null) return answer;
    at = followRedirect(at, leadsTo);
    // Nor does it come back: another host could choose what is asked in somebody's name.
    if (at.origin !== url.origin) known = undefined;
  }
  throw new Failure(`${url.host} leads from one address to the next without an end`, 'is this the address of a registry?');
}

function followRedirect(from: URL, location: string): URL {
  const to = URL.canParse(location, from.href) ? new URL(location, from) : undefined;
  if (to === undefined) throw new Failure(`${from.host} leads to what is no address`, 'is this the address of a registry?');
  // The rest of an address may be signed: whoever has it may read.
  if (!isSafe(to)) throw new Failure(`${from.host} leads to ${to.host}, where nothing is encrypted`, 'this is not followed');
  to.username = '';
  to.password = '';
  return to;
}

async function once(url: URL, request: RequestInit, signal: AbortSignal): Promise<Answer> {
  try {
    const { status, headers, body } = await fetch(url, request);
    return { status, headers, body: await readBody(body, url.host), url };
  } catch (error) {
    signal.throwIfAborted();
    if (error instanceof Failure) throw error;
    const { message, reached } = connectionTrouble(error);
    throw new Failure(
      reached ? `no answer from ${url.host}: ${message}` : `cannot reach ${url.host}: ${message}`,
      'is the name of the registry right, and is there a network?',
    );
  }
}

async function readBody(body: ReadableStream<Uint8Array> | null, host: string): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of body ?? []) {
    length += chunk.length;
    if (length > longestBody) throw new Failure(`the answer of ${host} is longer than 4 MiB, which no manifest of an image is`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}
