import { groupOf } from '../../model/api-group.ts';
import type { PlainObject } from '../../model/desired-object.ts';
import { asMap } from '../../model/pod-specs.ts';
import { bareObjects } from '../bare-objects.ts';
import type { RenderedState } from '../rendered-state.ts';
import type { Hazard } from './hazard.ts';

/**
 * An AppProject allows what its environment uses. Argo CD looks at nothing that the project does not allow: neither
 * does it prune the last object of a kind, nor does it show that it is still there.
 */
export function nameLeftBehind(hazards: readonly Hazard[], before: RenderedState, after: RenderedState): Hazard[] {
  const projects = new Map<string, Project>();
  return hazards.map((hazard) => {
    const [environment = ''] = hazard.overlay.split('/');
    if (hazard.kind !== 'delete' || !hasApplications(environment, after)) return hazard;
    const objects = bareObjects(before.overlays.get(hazard.overlay) ?? []);
    const object = objects.find(({ kind, name }) => `${kind}/${name}` === hazard.object);
    const project = projects.get(environment) ?? projectOf(environment, after);
    projects.set(environment, project);
    const missing = object && missingIn(project, object.raw);
    const isGone = (name: string) => hazards.some(({ overlay, object }) => overlay === hazard.overlay && object === name);
    // What lies in a namespace goes with it.
    const goesAnyway = object?.namespace != null && project.kinds.has('/Namespace') && isGone(`Namespace/${object.namespace}`);
    if (missing === undefined || goesAnyway) return hazard;
    const text = `is no longer declared; it stays in the cluster, where Argo CD sees it no more: its AppProject allows ${missing} from then on, so delete it by hand`;
    return { ...hazard, text };
  });
}

interface Project {
  /** `group/Kind`. */
  readonly kinds: ReadonlySet<string>;
  readonly namespaces: ReadonlySet<unknown>;
}

function projectOf(environment: string, { overlays, applications }: RenderedState): Project {
  const of = <Value>(all: ReadonlyMap<string, Value> | undefined) =>
    [...(all ?? [])].flatMap(([overlay, value]) => (overlay.startsWith(`${environment}/`) ? [value] : []));
  const objects = of(overlays).flat();
  const destinations = of(applications).map((application) => asMap(asMap(application.spec)?.destination)?.namespace);
  return { kinds: new Set(objects.map(kindOf)), namespaces: new Set([...objects.map(namespaceOf), ...destinations]) };
}

function missingIn({ kinds, namespaces }: Project, object: PlainObject): string | undefined {
  if (!kinds.has(kindOf(object))) return `no ${String(object.kind)}`;
  const namespace = namespaceOf(object);
  return namespace === undefined || namespaces.has(namespace) ? undefined : `nothing in namespace ${String(namespace)}`;
}

/** Without them it is not Argo CD that is asked; and where all of them go, the project stays as it is. */
function hasApplications(environment: string, { applications }: RenderedState): boolean {
  return [...(applications?.keys() ?? [])].some((overlay) => overlay.startsWith(`${environment}/`));
}

function kindOf({ apiVersion, kind }: PlainObject): string {
  return `${groupOf(String(apiVersion))}/${String(kind)}`;
}

function namespaceOf({ metadata }: PlainObject): unknown {
  return asMap(metadata)?.namespace;
}
