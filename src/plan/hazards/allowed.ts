import { groupOf } from '../../model/api-group.ts';
import type { PlainObject } from '../../model/desired-object.ts';
import { asMap } from '../../model/pod-specs.ts';
import type { RenderedState } from '../rendered-state.ts';

/** What an AppProject allows, which is what its environment uses: of anything else Argo CD knows nothing. */
export interface Allowed {
  /** `group/Kind`. */
  readonly kinds: ReadonlySet<string>;
  readonly namespaces: ReadonlySet<unknown>;
}

/** By environment; nothing of those that Argo CD does not apply, or applies no more: their project stays as it is. */
export function allowedIn({ overlays, applications = new Map() }: RenderedState): ReadonlyMap<string, Allowed> {
  const all = new Map<string, { kinds: Set<string>; namespaces: Set<unknown> }>();
  for (const [overlay, application] of applications) {
    const environment = environmentOf(overlay);
    const { kinds, namespaces } = all.get(environment) ?? { kinds: new Set(), namespaces: new Set() };
    all.set(environment, { kinds, namespaces });
    namespaces.add(asMap(asMap(application.spec)?.destination)?.namespace);
  }
  for (const [overlay, objects] of overlays) {
    const allowed = all.get(environmentOf(overlay));
    for (const object of objects) {
      allowed?.kinds.add(kindOf(object));
      allowed?.namespaces.add(namespaceOf(object));
    }
  }
  return all;
}

/** What it is that is not allowed any more about an object. */
export function missingIn({ kinds, namespaces }: Allowed, object: PlainObject): string | undefined {
  if (!kinds.has(kindOf(object))) return `no ${String(object.kind)}`;
  const namespace = namespaceOf(object);
  return namespace === undefined || namespaces.has(namespace) ? undefined : `nothing in namespace ${String(namespace)}`;
}

export function environmentOf(overlay: string): string {
  return overlay.slice(0, overlay.indexOf('/'));
}

export function namespaceOf({ metadata }: PlainObject): unknown {
  return asMap(metadata)?.namespace;
}

function kindOf({ apiVersion, kind }: PlainObject): string {
  return `${groupOf(String(apiVersion))}/${String(kind)}`;
}
