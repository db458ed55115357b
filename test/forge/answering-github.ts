import { type DefaultBodyType, HttpResponse, http, type JsonBodyType, type PathParams } from 'msw';
import { setupServer } from 'msw/node';
import { afterAll, afterEach, beforeAll } from 'vitest';

/** Answers of GitHub that no little server gives. What no test has arranged is an error. */
export const server = setupServer();

export function answerRequests(): void {
  beforeAll(() => server.listen({ onUnhandledRequest: 'error' }));
  afterEach(() => server.resetHandlers());
  afterAll(() => server.close());
}

export const api = 'https://api.github.com';
const repository = `${api}/repos/octocat/config`;

export interface Asked {
  readonly method: string;
  readonly path: string;
  readonly body: Record<string, unknown>;
}

type Answer = { readonly status?: number; readonly headers?: Record<string, string>; readonly body?: JsonBodyType };

/** Answers one after the other; the last goes on. What was asked is kept. */
export function answer(
  method: 'get' | 'post' | 'put' | 'patch' | 'delete',
  path: string,
  ...answers: readonly Answer[]
): Asked[] {
  const asked: Asked[] = [];
  server.use(
    http[method]<PathParams, DefaultBodyType>(`${repository}${path}`, async ({ request }) => {
      const text = await request.text();
      asked.push({ method: request.method, path: new URL(request.url).pathname, body: text === '' ? {} : JSON.parse(text) });
      const { status = 200, headers = {}, body = null } = answers[Math.min(asked.length, answers.length) - 1] ?? {};
      return status === 204 ? new HttpResponse(null, { status, headers }) : HttpResponse.json(body, { status, headers });
    }),
  );
  return asked;
}

export type Mutation = { readonly name: string; readonly input: Record<string, unknown> };

/** Answers of GraphQL by the field that is asked for; an answer that is a text is a refusal, a function is called for each. */
export function answerGraphql(
  answers: Readonly<Record<string, object | string | (() => Response | object | string)>>,
): Mutation[] {
  const asked: Mutation[] = [];
  server.use(
    http.post(`${api}/graphql`, async ({ request }) => {
      const { query, variables } = (await request.json()) as { query: string; variables: Record<string, unknown> };
      // Those that change something come first: the queries for what stands name some of the same words.
      const name = Object.keys(answers).find((field) => query.includes(field)) ?? '';
      asked.push({ name, input: (variables.input ?? variables) as Record<string, unknown> });
      const given = answers[name];
      const result = typeof given === 'function' ? given() : given;
      if (result instanceof Response) return result;
      if (typeof result === 'string')
        return HttpResponse.json({ data: { [name]: null }, errors: [{ type: 'UNPROCESSABLE', path: [name], message: result }] });
      return HttpResponse.json({ data: result });
    }),
  );
  return asked;
}

export function pull(changes: object = {}) {
  const repo = { id: 1 };
  return {
    number: 1,
    node_id: 'PR_1',
    html_url: 'https://github.com/octocat/config/pull/1',
    state: 'open',
    merged_at: null,
    title: 'dev/shop: 1 object changes',
    body: 'why',
    head: { ref: 'stowage/dev', sha: 'a'.repeat(40), repo },
    base: { ref: 'main', repo },
    labels: [],
    draft: false,
    ...changes,
  };
}
