import * as z from 'zod';
import { Failure } from '../../store/fail.ts';
import type { ClusterApi } from '../cluster-api.ts';
import type { Asked } from './live-facts.ts';

export interface Question {
  readonly path: string;
  /** What is asked for, in words: `storage classes`. */
  readonly what: string;
  /** What the account must be allowed: `list storageclasses.storage.k8s.io`. */
  readonly needs: string;
  readonly accept?: string;
}

/** One answer of the shape that is expected; undefined as the value where the cluster has no such thing. */
export async function ask<Value>(
  api: ClusterApi,
  { path, what, needs, accept }: Question,
  shape: z.ZodType<Value>,
): Promise<Asked<Value | undefined>> {
  const { status, body } = await api.request({ method: 'GET', path, ...(accept === undefined ? {} : { accept }) });
  if (status === 401) throw new Failure(`${api.server} does not accept the account of the kubeconfig`, 'has its token run out?');
  if (status === 404) return { value: undefined };
  if (status === 403) return { unknown: `${api.server} does not let this account ask for ${what}`, hint: `it needs to ${needs}` };
  if (status !== 200) return { unknown: `${api.server} answered ${status} when it was asked for ${what}` };
  const { data } = shape.safeParse(body);
  return data === undefined ? { unknown: `what ${api.server} answers cannot be read as ${what}` } : { value: data };
}

/** One fact that cannot be had is no reason to give up the others. */
export async function orUnknown<Value>(asked: Promise<Asked<Value>>): Promise<Asked<Value>> {
  return asked.catch((error: unknown) => {
    if (!(error instanceof Failure)) throw error;
    return { unknown: error.message, hint: error.hint };
  });
}

const pageSize = 250;

/** All of a kind, page by page. A kind that is not served is no empty list: who knows what is missing there? */
export async function askAll<Item>(api: ClusterApi, question: Question, item: z.ZodType<Item>): Promise<Asked<readonly Item[]>> {
  const shape = z.object({
    metadata: z.object({ continue: z.string().nullish() }).nullish(),
    items: z.array(item).nullable(),
  });
  const all: Item[] = [];
  for (let next = ''; ; ) {
    const query = new URLSearchParams({ limit: String(pageSize), ...(next === '' ? {} : { continue: next }) });
    const page = await ask(api, { ...question, path: `${question.path}?${query}` }, shape);
    if ('unknown' in page) return page;
    if (page.value === undefined) return { unknown: `${api.server} has no API for ${question.what}` };
    all.push(...(page.value.items ?? []));
    const token = page.value.metadata?.continue ?? '';
    if (token === '' || token === next) return { value: all };
    next = token;
  }
}

export function mapAsked<Value, Result>(asked: Asked<Value>, use: (value: Value) => Asked<Result>): Asked<Result> {
  return 'unknown' in asked ? asked : use(asked.value);
}
