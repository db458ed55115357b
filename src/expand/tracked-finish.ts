import type { DesiredObject } from '../model/desired-object.ts';
import { isTrackedMap, type Tracked, type TrackedMap, track } from '../model/tracked.ts';
import type { ResolvedSystem } from '../resolve/resolved.ts';

/** The tree of an object with the namespace and the labels that it gets in the end, where those are known by line. */
export function trackedFinish({ tree, namespaced }: DesiredObject, { namespace, labels }: ResolvedSystem): Tracked {
  const root = mapOf(tree);
  const metadata = mapOf(root.metadata);
  const added: TrackedMap = {
    ...(namespaced && !Object.hasOwn(metadata, 'namespace')
      ? { namespace: track<unknown>(namespace.name, namespace.origin) }
      : {}),
    ...(labels === undefined
      ? {}
      : { labels: track<unknown>({ ...mapOf(metadata.labels), ...mapOf(labels as Tracked) }, labels.origin) }),
  };
  if (root.metadata === undefined || Object.keys(added).length === 0) return tree;
  return { ...tree, value: { ...root, metadata: { ...root.metadata, value: { ...metadata, ...added } } } } as Tracked;
}

function mapOf(tracked: Tracked | undefined): TrackedMap {
  return isTrackedMap(tracked) ? tracked.value : {};
}
