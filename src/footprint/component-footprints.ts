import type { DesiredObject, PlainObject } from '../model/desired-object.ts';
import { asList, asMap, containersOf, podSpecOf } from '../model/pod-specs.ts';
import { type Amounts, addAmounts } from './amounts.ts';
import { addFootprints, type Footprint, noFootprint, onlyRequests, podsAs } from './footprint.ts';
import { podDemand } from './pod-demand.ts';
import { parseQuantity } from './quantity.ts';
import { type Autoscalers, autoscalersOf, scaleOf } from './scale.ts';

export interface ComponentFootprint {
  /** What belongs to no component stands under `objects` in a System. */
  readonly component: string | undefined;
  /** Kinds of its workloads. */
  readonly kinds: readonly string[];
  readonly footprint: Footprint;
}

/** What the components of a system ask for, in the order of their objects; those that ask for nothing are left out. */
export function componentFootprints(
  objects: readonly Pick<DesiredObject, 'component' | 'kind' | 'plain'>[],
): ComponentFootprint[] {
  const autoscalers = autoscalersOf(objects.map(({ plain }) => plain));
  const found = new Map<string | undefined, { kinds: string[]; footprints: Footprint[] }>();
  for (const { component, kind, plain } of objects) {
    const footprint = kind === 'PersistentVolumeClaim' ? claim(plain) : workload(plain, autoscalers);
    if (footprint === undefined) continue;
    const known = found.get(component) ?? { kinds: [], footprints: [] };
    found.set(component, known);
    known.footprints.push(footprint);
    if (kind !== 'PersistentVolumeClaim') known.kinds.push(kind);
  }
  return [...found].map(([component, { kinds, footprints }]) => ({ component, kinds, footprint: addFootprints(footprints) }));
}

function claim(object: PlainObject): Footprint {
  const share = onlyRequests(storageOf(object));
  return { ...noFootprint, minimum: share, maximum: share };
}

function workload(object: PlainObject, autoscalers: Autoscalers): Footprint | undefined {
  const podSpec = podSpecOf(object);
  if (podSpec === undefined || containersOf(podSpec).length === 0) return undefined;
  const demand = podDemand(podSpec);
  // Claims that come with each pod.
  const templates = [
    ...asList(asMap(object.spec)?.volumeClaimTemplates),
    ...asList(podSpec.volumes).map((volume) => asMap(asMap(volume.ephemeral)?.volumeClaimTemplate) ?? {}),
  ];
  const pod = { ...demand, requests: addAmounts([demand.requests, ...templates.map(storageOf)]) };
  const { when, minimum, maximum } = scaleOf(object, autoscalers);
  if (when !== 'always') return { ...noFootprint, [when]: podsAs(minimum, pod) };
  return { ...noFootprint, minimum: podsAs(minimum, pod), maximum: podsAs(maximum, pod) };
}

function storageOf(claimed: PlainObject): Amounts {
  const storage = parseQuantity(asMap(asMap(asMap(claimed.spec)?.resources)?.requests)?.storage);
  return storage === undefined ? {} : { storage };
}
