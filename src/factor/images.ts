import { groupOf } from '../model/api-group.ts';
import { copyJson } from '../model/copy-json.ts';
import type { PlainObject } from '../model/desired-object.ts';
import { type ImageReference, splitImage } from '../model/image-reference.ts';
import { asMap, containersOf, podSpecOf } from '../model/pod-specs.ts';

export interface ImageChange {
  readonly name: string;
  readonly newName?: string;
  readonly newTag?: string;
  readonly digest?: string;
}

/**
 * Image changes that kustomize's `images` can make: those where every container of that image, in what is
 * already there and in what the overlay adds, ends up at the same one.
 */
export function imageChanges(pairs: readonly (readonly [PlainObject | undefined, PlainObject])[]): ImageChange[] {
  const wanted = new Map<string, Set<string>>();
  const changed = new Set<string>();
  for (const [before, after] of pairs) {
    const old = before === undefined ? undefined : imagesByContainer(before);
    for (const [container, image] of imagesByContainer(after)) {
      const source = old === undefined ? image : old.get(container);
      if (source === undefined) {
        want(wanted, splitImage(image).name, image);
        continue;
      }
      want(wanted, splitImage(source).name, image);
      // What another patch brings must not be changed on: kustomize changes images after all patches.
      want(wanted, splitImage(image).name, image);
      if (source !== image) changed.add(splitImage(source).name);
    }
  }
  return [...changed].sort().flatMap((name) => {
    const [only, ...others] = wanted.get(name) ?? [];
    if (only === undefined || others.length > 0 || !namesOnlyItself(name, wanted.keys())) return [];
    return changeTo(name, splitImage(only));
  });
}

/** Kustomize takes the name as a pattern. */
function namesOnlyItself(name: string, all: Iterable<string>): boolean {
  if (/[^a-z0-9/_.:-]/i.test(name)) return false;
  const pattern = new RegExp(`^${name}$`);
  return ![...all].some((other) => other !== name && pattern.test(other));
}

/** What `images` makes of a container's image. */
export function withImages(object: PlainObject, changes: readonly ImageChange[]): PlainObject {
  if (changes.length === 0 || !containersIn(object).some(({ container }) => changeFor(container, changes) !== undefined))
    return object;
  const copy = copyJson(object);
  for (const { container } of containersIn(copy)) {
    const change = changeFor(container, changes);
    if (change === undefined) continue;
    const tag = change.newTag === undefined ? '' : `:${change.newTag}`;
    const digest = change.digest === undefined ? '' : `@${change.digest}`;
    container.image = `${change.newName ?? change.name}${tag}${digest}`;
  }
  return copy;
}

function changeFor(container: PlainObject, changes: readonly ImageChange[]): ImageChange | undefined {
  const { name } = splitImage(String(container.image));
  return changes.find((change) => change.name === name);
}

function changeTo(name: string, image: ImageReference): ImageChange[] {
  // It cannot take a tag away.
  if (image.tag === undefined && image.digest === undefined) return [];
  return [
    {
      name,
      ...(image.name === name ? {} : { newName: image.name }),
      ...(image.tag === undefined ? {} : { newTag: image.tag }),
      ...(image.digest === undefined ? {} : { digest: image.digest }),
    },
  ];
}

function want(wanted: Map<string, Set<string>>, name: string, image: string): void {
  const images = wanted.get(name) ?? new Set();
  images.add(image);
  wanted.set(name, images);
}

function imagesByContainer(object: PlainObject): Map<string, string> {
  return new Map(containersIn(object).map(({ id, container }) => [id, String(container.image)]));
}

interface Found {
  /** Tells it from the others of its object. */
  readonly id: string;
  readonly container: PlainObject;
}

/** All whose image kustomize would change: those of pods, and in kinds that are not of Kubernetes whatever is called so. */
function containersIn(object: PlainObject): Found[] {
  const group = groupOf(String(object.apiVersion));
  const isForeign = group.includes('.') && !group.endsWith('.k8s.io');
  if (isForeign || object.kind === 'PodTemplate') return containersBelow(object, '');
  const podSpec = podSpecOf(object);
  return podSpec === undefined ? [] : containersOf(podSpec).map((container) => ({ id: String(container.name), container }));
}

function containersBelow(value: unknown, path: string): Found[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => containersBelow(item, `${path}/${index}`));
  const map = asMap(value);
  if (map === undefined) return [];
  const own = containersOf(map).map((container) => ({ id: `${path} ${String(container.name)}`, container }));
  return [...own, ...Object.entries(map).flatMap(([key, child]) => containersBelow(child, `${path}/${key}`))];
}
