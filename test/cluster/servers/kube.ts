import { Agent, request as httpsRequest } from 'node:https';

// biome-ignore lint/suspicious/noExplicitAny: whatever lies in a Kubernetes object
export type Any = any;

export interface Access {
  readonly server: string;
  /** Of its certificate, as PEM. */
  readonly authority: string;
  readonly token: string;
}

export interface Named {
  readonly apiVersion: string;
  readonly kind: string;
  readonly name: string;
  readonly namespace?: string | undefined;
}

interface Sent {
  readonly body?: unknown;
  readonly contentType?: string;
}

export interface ApplyOptions {
  readonly manager?: string;
  readonly force?: boolean;
  readonly dryRun?: boolean;
}

export type PatchType = 'merge' | 'strategic-merge' | 'json';

/** An API server, as one user of it. */
export interface Kube {
  readonly access: Access;
  /** An answer of any status. */
  request(method: string, path: string, sent?: Sent): Promise<{ status: number; body: Any }>;
  /** An answer; what the server refuses is thrown in its words. */
  ask(method: string, path: string, sent?: Sent): Promise<Any>;
  get(what: Named): Promise<Any | undefined>;
  list(apiVersion: string, kind: string, namespace?: string): Promise<Any[]>;
  /** As server-side apply, always with strict validation. */
  apply(object: Any, options?: ApplyOptions): Promise<Any>;
  create(object: Any): Promise<Any>;
  /** As `manager`, in the way in which a person's kubectl or a controller does. */
  patch(what: Named, change: unknown, options?: { manager?: string; type?: PatchType; subresource?: string }): Promise<Any>;
  remove(what: Named, options?: { propagation?: 'Foreground' | 'Background' | 'Orphan' }): Promise<void>;
  /** Path of a kind, or of one object. */
  path(what: { apiVersion: string; kind: string; namespace?: string | undefined; name?: string | undefined }): Promise<string>;
  /** The same server as somebody else. */
  as(token: string): Kube;
}

export const namedOf = (object: Any): Named => ({
  apiVersion: object.apiVersion,
  kind: object.kind,
  name: object.metadata.name,
  namespace: object.metadata.namespace,
});

export function openKube(access: Access): Kube {
  const agent = new Agent({ ca: access.authority, keepAlive: true, maxSockets: 32 });
  const kinds = new Map<string, Map<string, { plural: string; namespaced: boolean }>>();

  const request: Kube['request'] = (method, path, { body, contentType = 'application/json' } = {}) =>
    new Promise((resolve, reject) => {
      const text = body === undefined ? undefined : JSON.stringify(body);
      const sent = httpsRequest(
        `${access.server}${path}`,
        {
          method,
          agent,
          headers: {
            authorization: `Bearer ${access.token}`,
            ...(text === undefined ? {} : { 'content-type': contentType, 'content-length': Buffer.byteLength(text) }),
          },
        },
        (response) => {
          const pieces: Buffer[] = [];
          response.on('data', (piece: Buffer) => pieces.push(piece));
          response.on('error', reject);
          response.on('end', () => {
            const answer = Buffer.concat(pieces).toString('utf8');
            const isJson = response.headers['content-type']?.includes('json') === true;
            resolve({ status: response.statusCode ?? 0, body: isJson ? JSON.parse(answer) : answer });
          });
        },
      );
      sent.on('error', reject);
      sent.end(text);
    });

  const ask: Kube['ask'] = async (method, path, sent) => {
    const { status, body } = await request(method, path, sent);
    if (status >= 300) throw new Error(`${method} ${path}: ${status} ${body?.message ?? body}`);
    return body;
  };

  const path: Kube['path'] = async ({ apiVersion, kind, namespace, name }) => {
    const root = apiVersion.includes('/') ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
    let known = kinds.get(apiVersion)?.get(kind);
    if (known === undefined) {
      // A definition may have come since.
      const { resources } = await ask('GET', root);
      const found = resources.filter((one: Any) => !one.name.includes('/'));
      kinds.set(apiVersion, new Map(found.map((one: Any) => [one.kind, { plural: one.name, namespaced: one.namespaced }])));
      known = kinds.get(apiVersion)?.get(kind);
      if (known === undefined) throw new Error(`the server has no ${kind} in ${apiVersion}`);
    }
    const within = known.namespaced && namespace !== undefined ? `/namespaces/${namespace}` : '';
    return `${root}${within}/${known.plural}${name === undefined ? '' : `/${encodeURIComponent(name)}`}`;
  };

  return {
    access,
    request,
    ask,
    path,
    async get(what) {
      const { status, body } = await request('GET', await path(what));
      if (status === 404) return undefined;
      if (status >= 300) throw new Error(`GET ${what.kind} ${what.name}: ${status} ${body?.message ?? body}`);
      return body;
    },
    async list(apiVersion, kind, namespace) {
      const { items } = await ask('GET', await path({ apiVersion, kind, namespace }));
      return items.map((item: Any) => ({ apiVersion, kind, ...item }));
    },
    async apply(object, { manager = 'test', force = false, dryRun = false } = {}) {
      const query = `fieldManager=${manager}&fieldValidation=Strict&force=${force}${dryRun ? '&dryRun=All' : ''}`;
      // JSON is YAML.
      const sent = { body: object, contentType: 'application/apply-patch+yaml' };
      return ask('PATCH', `${await path(namedOf(object))}?${query}`, sent);
    },
    async create(object) {
      const { name: _, ...kind } = namedOf(object);
      return ask('POST', `${await path(kind)}?fieldValidation=Strict`, { body: object });
    },
    async patch(what, change, { manager = 'kubectl-edit', type = 'merge', subresource } = {}) {
      const place = `${await path(what)}${subresource === undefined ? '' : `/${subresource}`}`;
      const sent = { body: change, contentType: `application/${type}-patch+json` };
      return ask('PATCH', `${place}?fieldManager=${manager}`, sent);
    },
    async remove(what, { propagation = 'Background' } = {}) {
      const { status, body } = await request('DELETE', await path(what), { body: { propagationPolicy: propagation } });
      if (status >= 300 && status !== 404)
        throw new Error(`DELETE ${what.kind} ${what.name}: ${status} ${body?.message ?? body}`);
    },
    as: (token) => openKube({ ...access, token }),
  };
}
