import { groupOf } from '../model/api-group.ts';
import type { DesiredObject, PlainObject } from '../model/desired-object.ts';
import { asList, podSpecOf, podSpecPath } from '../model/pod-specs.ts';

export interface OwnContainer {
  readonly object: DesiredObject;
  readonly podSpec: PlainObject;
  readonly container: PlainObject;
  readonly name: string;
  /** From the object to the container. */
  readonly path: readonly (string | number)[];
}

/** The containers of pods that Kubernetes itself makes. */
export function ownContainers(objects: readonly DesiredObject[]): OwnContainer[] {
  return objects.flatMap((object) => {
    const podSpec = ownPodSpec(object);
    if (podSpec === undefined) return [];
    return ['initContainers', 'containers'].flatMap((list) =>
      asList(podSpec[list]).map((container, index) => ({
        object,
        podSpec,
        container,
        name: String(container.name),
        path: [...podSpecPath(object.kind), list, index],
      })),
    );
  });
}

/** What an operator makes of a pod in its own resource is its own affair. */
export function ownPodSpec({ apiVersion, plain }: DesiredObject): PlainObject | undefined {
  return groupOf(apiVersion).includes('.') ? undefined : podSpecOf(plain);
}
