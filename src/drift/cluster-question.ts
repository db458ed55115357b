import { fieldMergeOf } from '../kubernetes/merge-keys.ts';
import type { KubernetesSchemas } from '../kubernetes/schema-types.ts';
import type { PlainObject } from '../model/desired-object.ts';
import { asMap } from '../model/pod-specs.ts';
import { overlayOfApplication } from '../plan/render-fleet.ts';
import type { RenderedState } from '../plan/rendered-state.ts';
import type { KeysAt } from './compare-object.ts';
import { type ClusterQuestion, type Declared, ignoredFields } from './declared.ts';

export interface QuestionRequest {
  readonly cluster: string;
  /** `environment/system` → what the repository declares. */
  readonly overlays: ReadonlyMap<string, readonly PlainObject[]>;
  /** Files below `argocd/<cluster>/` by path, parsed. */
  readonly argocd: ReadonlyMap<string, readonly PlainObject[]>;
  /** On this cluster. */
  readonly environments: readonly string[];
  readonly becauseOf: RenderedState['becauseOf'];
  readonly schemas: KubernetesSchemas;
  readonly now: Date;
}

/** What is asked of a cluster, and what of the one that Argo CD runs in, where that is another. */
export interface Questions {
  readonly own: ClusterQuestion;
  readonly argocd: ClusterQuestion | undefined;
}

/** As Argo CD names the cluster that it runs in. */
const inCluster = 'https://kubernetes.default.svc';

export function questionsOf({ cluster, environments, overlays, argocd, becauseOf, schemas, now }: QuestionRequest): Questions {
  const applications = new Map<string, PlainObject>();
  const others: Declared[] = [];
  for (const [path, objects] of argocd) {
    const overlay = overlayOfApplication(path);
    for (const object of objects) {
      if (overlay !== undefined) applications.set(overlay, object);
      others.push({ object, ignored: [], ...(overlay !== undefined && { overlay }) });
    }
  }
  const declared: Declared[] = [];
  const systems = new Map<string, Set<string>>();
  for (const [overlay, application] of applications) {
    const namespace = asMap(asMap(application.spec)?.destination)?.namespace;
    if (typeof namespace === 'string') systems.set(namespace, (systems.get(namespace) ?? new Set()).add(overlay));
    // What hooks make comes and goes with each sync.
    for (const object of (overlays.get(overlay) ?? []).filter((one) => !isHook(one)))
      declared.push({ overlay, object, ignored: ignoredFields(application, object) });
  }
  const elsewhere = [...applications.values()].some((application) => {
    const destination = asMap(asMap(application.spec)?.destination);
    return destination?.server !== inCluster && destination?.name !== 'in-cluster';
  });
  const common = {
    cluster,
    environments: new Set(environments),
    keysAt: keysIn(schemas),
    because: (overlay: string | undefined, field: Parameters<NonNullable<RenderedState['becauseOf']>>[1]) =>
      overlay === undefined ? [] : (becauseOf?.(overlay, field) ?? []),
    now,
  };
  const overlayOf = (namespace: string) => {
    const own = systems.get(namespace);
    return own?.size === 1 ? [...own][0] : undefined;
  };
  const own = { ...common, namespaces: new Set(systems.keys()), overlayOf };
  const nothing = { namespaces: new Set<string>(), overlayOf: () => undefined };
  return elsewhere
    ? { own: { ...own, declared }, argocd: { ...common, ...nothing, declared: others } }
    : { own: { ...own, declared: [...declared, ...others] }, argocd: undefined };
}

function isHook({ metadata }: PlainObject): boolean {
  return asMap(asMap(metadata)?.annotations)?.['argocd.argoproj.io/hook'] !== undefined;
}

/** The schemas of a kind are the same for all of its objects. */
function keysIn(schemas: KubernetesSchemas): (apiVersion: string, kind: string) => KeysAt {
  const known = new Map<string, readonly string[]>();
  return (apiVersion, kind) => (path) => {
    const id = `${apiVersion} ${kind} ${path.join('\0')}`;
    const keys = known.get(id) ?? fieldMergeOf(schemas, apiVersion, kind, path)?.mergeKeys ?? [];
    known.set(id, keys);
    return keys;
  };
}
