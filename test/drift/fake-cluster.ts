import type { IncomingMessage, ServerResponse } from 'node:http';
import { looseKinds } from '../../src/drift/kinds-to-look-for.ts';
import type { PlainObject } from '../../src/model/desired-object.ts';

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** Lists come in pages of two, however many were asked for. */
const perPage = 2;

interface Kind {
  readonly apiVersion: string;
  readonly kind: string;
  readonly resource: string;
}

const kinds: readonly Kind[] = [...looseKinds, ['example.com/v1', 'Widget'] as const].map(([apiVersion, kind]) => ({
  apiVersion,
  kind,
  resource: `${kind.toLowerCase()}s`.replace(/ys$/, 'ies').replace(/ss$/, 'sses'),
}));

/** Says of the versions of its API whether they answer, and what they serve. */
export type Change = (
  version: { version: string; freshness: string; resources: unknown[] },
  apiVersion: string,
) => object | undefined;

/** Plays an API server that has these objects. Applied in a dry run they become what is sent, or stay as they are. */
export function answerAsCluster(objects: readonly PlainObject[], stays: ReadonlySet<string>): Answer {
  return (request, response) => {
    const url = new URL(request.url ?? '/', 'https://cluster');
    let body = '';
    request.on('data', (piece: Buffer) => {
      body += piece.toString();
    });
    request.on('end', () => {
      const answer =
        url.pathname === '/api' || url.pathname === '/apis'
          ? discovery(url.pathname === '/api')
          : request.method === 'PATCH'
            ? apply(JSON.parse(body), objects, stays)
            : list(url, objects);
      response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(answer));
    });
  };
}

export function discovery(core: boolean, change: Change = (version) => version): object {
  const versions = [...new Set(kinds.map(({ apiVersion }) => apiVersion))].filter((one) => one.includes('/') !== core);
  const items = versions.flatMap((apiVersion) => {
    const [version, group = ''] = apiVersion.split('/').reverse() as [string, string?];
    const resources = kinds
      .filter((one) => one.apiVersion === apiVersion)
      .map(({ kind, resource }) => ({
        resource,
        scope: kind === 'Namespace' ? 'Cluster' : 'Namespaced',
        responseKind: { group, version, kind },
        verbs: ['list', 'patch'],
      }));
    const changed = change({ version, freshness: 'Current', resources }, apiVersion);
    return changed === undefined ? [] : [{ metadata: { name: group }, versions: [changed] }];
  });
  return { kind: 'APIGroupDiscoveryList', apiVersion: 'apidiscovery.k8s.io/v2', items };
}

function list({ pathname, searchParams }: URL, objects: readonly PlainObject[]): object {
  const [, apiVersion, namespace, resource] = /^\/apis?\/(.*?)(?:\/namespaces\/([^/]+))?\/([^/]+)$/.exec(pathname) ?? [];
  const served = kinds.find((one) => one.apiVersion === apiVersion && one.resource === resource);
  const all = objects.filter(
    (object) =>
      object.apiVersion === served?.apiVersion &&
      object.kind === served?.kind &&
      (namespace === undefined || namespaceOf(object) === namespace),
  );
  const from = Number(searchParams.get('continue') ?? 0);
  const next = from + perPage;
  return { metadata: next < all.length ? { continue: String(next) } : {}, items: all.slice(from, next) };
}

function apply(sent: PlainObject, objects: readonly PlainObject[], stays: ReadonlySet<string>): PlainObject {
  const { name } = sent.metadata as { name: string };
  return stays.has(name)
    ? (objects.find((one) => one.kind === sent.kind && (one.metadata as { name: string }).name === name) as PlainObject)
    : sent;
}

function namespaceOf({ metadata }: PlainObject): unknown {
  return (metadata as { namespace?: string }).namespace;
}
