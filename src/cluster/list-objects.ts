import * as z from 'zod';
import type { PlainObject } from '../model/desired-object.ts';
import { Failure } from '../store/fail.ts';
import type { ApiAnswer, ClusterApi } from './cluster-api.ts';
import { pathOf, type ServedKind } from './discover-kinds.ts';
import { said } from './said.ts';

export interface ListRequest {
  readonly kind: ServedKind;
  /** Left out: over all of them. */
  readonly namespace?: string;
  /** Only what says what they are called and who wrote them: no values. */
  readonly metadataOnly: boolean;
}

export type Listed = { readonly objects: readonly PlainObject[] } | Refused;

export interface Refused {
  readonly status: number;
  readonly why: string;
}

const perPage = 500;
const metadataList = 'application/json;as=PartialObjectMetadataList;g=meta.k8s.io;v=v1';
const page = z.object({
  metadata: z.object({ continue: z.string().nullish() }).nullish(),
  // Null where there are none; an answer without it is of something else, and not an empty list.
  items: z.array(z.looseObject({ metadata: z.looseObject({ name: z.string() }) })).nullable(),
});

/** All objects of a kind, page by page. A list that grew too old on the way begins anew. */
export async function listObjects(api: ClusterApi, request: ListRequest): Promise<Listed> {
  const { kind, namespace, metadataOnly } = request;
  const path = pathOf(kind, namespace);
  let restarts = 0;
  for (let objects: PlainObject[] = [], token = ''; ; ) {
    const query = new URLSearchParams({ limit: String(perPage), ...(token !== '' && { continue: token }) });
    const accept = metadataOnly ? metadataList : 'application/json';
    const answer = await api.request({ method: 'GET', path: `${path}?${query}`, accept });
    if (answer.status === 410 && token !== '' && restarts < 3) {
      restarts += 1;
      [objects, token] = [[], ''];
      continue;
    }
    if (answer.status !== 200) return { status: answer.status, why: whyNot(answer) };
    const { data } = page.safeParse(answer.body);
    if (data === undefined) return { status: 200, why: 'what was answered is no list of objects' };
    // Items of a list leave out what they are.
    for (const item of data.items ?? []) objects.push({ ...item, apiVersion: kind.apiVersion, kind: kind.kind });
    const next = data.metadata?.continue ?? '';
    if (next !== '' && next === token) return { status: 200, why: 'the same page is answered again and again' };
    token = next;
    if (token === '') return { objects };
  }
}

const statusBody = z.object({ message: z.string() });

/** What the API server says of an answer that is none, short and in one line. */
export function whyNot({ status, body }: ApiAnswer): string {
  if (status === 401) return 'the API server does not accept this account: has its token run out?';
  const { data } = statusBody.safeParse(body);
  return data === undefined ? `the API server answered ${status}` : said(data.message);
}

/** What could not be asked at all becomes what could not be seen: the rest is still worth telling. */
export async function orRefused<Result>(asked: Promise<Result>): Promise<Result | Refused> {
  return asked.catch((error: unknown) => {
    if (!(error instanceof Failure)) throw error;
    return { status: 0, why: error.message };
  });
}
