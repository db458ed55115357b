import { type Agent, request as plainRequest } from 'node:http';
import { type RequestOptions, request } from 'node:https';

export interface AnswerLimits {
  /** In characters. */
  readonly longest: number;
  /** What is said of more. */
  readonly tooLong: string;
  readonly signal: AbortSignal;
  /** Milliseconds until all of the answer must be there. */
  readonly patience?: number;
}

export interface Answer {
  readonly status: number;
  /** Where a redirect leads; none is followed, for the token would go along. */
  readonly location: string | undefined;
  /** When to ask again, as the server says it. */
  readonly retryAfter: string | undefined;
  readonly body: string;
}

const usualPatience = 15_000;

/** Nothing came for as long as anybody waits. */
export class NoAnswerInTime extends Error {}

/** One request over http or https; whatever keeps the answer away rejects. */
export function getAnswer(
  url: URL,
  options: RequestOptions & { readonly agent?: Agent },
  limits: AnswerLimits,
  body?: string,
): Promise<Answer> {
  const { longest, tooLong, signal, patience = usualPatience } = limits;
  const deadline = AbortSignal.timeout(patience);
  return new Promise((resolve, reject) => {
    const fail = (error: Error) =>
      reject(deadline.aborted && !signal.aborted ? new NoAnswerInTime(`no answer within ${patience / 1000} s`) : error);
    const bounded = { ...options, signal: AbortSignal.any([signal, deadline]) };
    const asked = (url.protocol === 'http:' ? plainRequest : request)(url, bounded, (answer) => {
      const pieces: string[] = [];
      let length = 0;
      answer.setEncoding('utf8').on('data', (text: string) => {
        pieces.push(text);
        length += text.length;
        if (length > longest) asked.destroy(new Error(tooLong));
      });
      answer
        .once('end', () => {
          const { location, 'retry-after': retryAfter } = answer.headers;
          resolve({ status: answer.statusCode ?? 0, location, retryAfter, body: pieces.join('') });
        })
        .once('error', fail);
    });
    asked.once('error', fail).end(body);
  });
}
