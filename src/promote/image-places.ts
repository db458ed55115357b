import type { Bump } from './parse-bump.ts';

export type Plain = Readonly<Record<string, unknown>>;

/** Something that says what components are: a System, one of its profiles, its entry in an environment. */
export interface Layer {
  /** Such as `profile gpu`. */
  readonly name: string;
  /** Where its components stand in its document. */
  readonly path: readonly string[];
  readonly components: Plain;
}

/** Where a layer says something of the container that is meant. */
export interface ImagePlace {
  readonly layer: Layer;
  /** Of the container, from the components of the layer on. */
  readonly path: readonly string[];
  /** Undefined where the layer has the container, and leaves its image to others. */
  readonly image: string | undefined;
}

const containerLists = ['initContainers', 'sidecars'] as const;

/** All places that speak of it, in the order of the layers. */
export function findImagePlaces(layers: readonly Layer[], { component, container }: Bump): readonly ImagePlace[] {
  return layers.flatMap((layer) => {
    const spec = mapIn(layer.components, component);
    if (spec === undefined) return [];
    if (container === undefined) return [{ layer, path: [component], image: imageOf(spec) }];
    return containerLists.flatMap((list) => {
      const found = mapIn(mapIn(spec, list), container);
      return found === undefined ? [] : [{ layer, path: [component, list, container], image: imageOf(found) }];
    });
  });
}

export function containerNames(layers: readonly Layer[], component: string): readonly string[] {
  const lists = layers.flatMap(({ components }) => containerLists.map((list) => mapIn(mapIn(components, component), list)));
  return [...new Set(lists.flatMap((list) => Object.keys(list ?? {})))];
}

export function mapIn(map: unknown, key: string): Plain | undefined {
  const value = isMap(map) && Object.hasOwn(map, key) ? map[key] : undefined;
  return isMap(value) ? value : undefined;
}

function isMap(value: unknown): value is Plain {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function imageOf(container: Plain): string | undefined {
  return typeof container.image === 'string' ? container.image : undefined;
}
