import type { IncomingMessage, ServerResponse } from 'node:http';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** What goes wrong with the requests that are like this, as `GET /api/v1/services?limit=500`. */
export interface Fault {
  readonly at: RegExp;
  readonly deed: Answer;
  /** How often; left out: always. */
  readonly times?: number;
}

/** Answers what no fault is about. */
export function withFaults(faults: () => readonly Fault[], answer: Answer): Answer {
  const met = new Map<Fault, number>();
  return (request, response) => {
    const fault = faults().find(
      (one) => one.at.test(`${request.method} ${request.url}`) && (met.get(one) ?? 0) < (one.times ?? Number.POSITIVE_INFINITY),
    );
    if (fault === undefined) return answer(request, response);
    met.set(fault, (met.get(fault) ?? 0) + 1);
    fault.deed(request, response);
  };
}

/** As an API server refuses. */
export function refuses(code: number, message: string, headers: Readonly<Record<string, string>> = {}): Answer {
  const body = { kind: 'Status', apiVersion: 'v1', metadata: {}, status: 'Failure', message, code };
  return (_, response) => {
    response.writeHead(code, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
  };
}

/** In words of whoever stands in between. */
export function says(code: number, text: string): Answer {
  return (_, response) => {
    response.writeHead(code, { 'content-type': 'text/html' }).end(text);
  };
}

/** The connection breaks in the middle of an answer. */
export const breaksOff: Answer = (request, response) => {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' });
  response.write('{"items":[', () => request.socket.destroy());
};

/** No answer ever comes. */
export const keepsSilent: Answer = () => {};
