import type { Report } from '../report/report.ts';

/** What a browser asks, as far as it matters here. */
export interface Question {
  readonly method: string;
  readonly url: string;
  readonly host: string | undefined;
  /** The site of the page that asks; browsers say it where it matters. */
  readonly origin: string | undefined;
}

export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

export interface Site {
  readonly port: number;
  /** As a header says it. */
  readonly policy: string;
  readonly report: () => Report;
  readonly page: () => string;
}

/** What is answered; `events` where the answer does not end. Nothing that can be asked changes anything. */
export function answer(question: Question, site: Site): Answer | 'events' {
  const refused = refuse(question, site);
  if (refused !== undefined) return refused;
  const path = question.url.replace(/[?#].*$/s, '');
  if (path === '/') return say(200, 'text/html; charset=utf-8', site.page(), { 'content-security-policy': site.policy });
  if (path === '/events') return question.method === 'HEAD' ? say(200, 'text/event-stream', '') : 'events';
  const name = path.startsWith('/parts/') ? decoded(path.slice('/parts/'.length)) : undefined;
  const { parts, index } = site.report();
  const part = name === undefined ? undefined : parts.get(name);
  if (name === undefined || part === undefined) return text(404, 'there is nothing here');
  // Who asks may know of another one, which is gone or not yet told.
  return say(200, 'application/json', part, { etag: `"${index.parts[name]}"` });
}

export const everyAnswer: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
};

/** Another site may lead a name of its own to this machine, or ask on behalf of who looks at it. */
function refuse({ method, host, origin }: Question, { port }: Site): Answer | undefined {
  // The port that browsers take by themselves they leave out.
  const own = ['127.0.0.1', 'localhost'].flatMap((name) => (port === 80 ? [name, `${name}:80`] : [`${name}:${port}`]));
  if (host === undefined || !own.includes(host.toLowerCase())) return text(403, 'this is answered on this machine only');
  if (origin !== undefined && !own.includes(origin.toLowerCase().replace(/^http:\/\//, '')))
    return text(403, 'other sites are not answered');
  if (method !== 'GET' && method !== 'HEAD') return text(405, 'nothing can be changed here', { allow: 'GET, HEAD' });
  return undefined;
}

function text(status: number, words: string, headers: Readonly<Record<string, string>> = {}): Answer {
  return say(status, 'text/plain; charset=utf-8', `${words}\n`, headers);
}

function say(status: number, type: string, body: string, headers: Readonly<Record<string, string>> = {}): Answer {
  return { status, headers: { ...everyAnswer, 'content-type': type, ...headers }, body };
}

function decoded(name: string): string | undefined {
  try {
    return decodeURIComponent(name);
  } catch {
    return undefined;
  }
}
