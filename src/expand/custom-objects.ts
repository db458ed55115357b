import type { DesiredObject, PlainObject } from '../model/desired-object.ts';
import { placeOf } from '../model/origin.ts';
import { atPath, childOf, isTrackedMap, reshape, type Tracked, untrack } from '../model/tracked.ts';
import type { Expansion } from './expansion.ts';
import { systemLabels } from './expansion.ts';

export const customTopic = 'objects';

/** Whole objects from `objects:`, taken as they are and labelled as part of the System. */
export function customObjects(
  expansion: Expansion,
  isNamespaced: (apiVersion: string, kind: string) => boolean,
): DesiredObject[] {
  return [...expansion.system.objects].flatMap(([key, tree]) => {
    const [apiVersion, kind, name] = [childOf(tree, 'apiVersion'), childOf(tree, 'kind'), atPath(tree, ['metadata', 'name'])].map(
      (node) => node?.value,
    );
    if (typeof apiVersion !== 'string' || typeof kind !== 'string' || typeof name !== 'string') {
      reportIncomplete(key, tree, expansion);
      return [];
    }
    const metadata = childOf(tree, 'metadata') as Tracked;
    const labels = {
      ...systemLabels(expansion.system),
      ...(isTrackedMap(childOf(metadata, 'labels')) ? (childOf(metadata, 'labels') as { value: object }).value : {}),
    };
    const fields = { ...(tree.value as object), metadata: { ...(metadata.value as object), labels } };
    const whole = reshape(tree, fields);
    const plain = untrack(whole) as PlainObject;
    const namespaced = isNamespaced(apiVersion, kind);
    return [{ apiVersion, kind, name, namespaced, component: undefined, topic: customTopic, hashed: false, tree: whole, plain }];
  });
}

function reportIncomplete(key: string, tree: Tracked, expansion: Expansion): void {
  const place = placeOf(tree.origin);
  if (place !== undefined)
    expansion.report({
      code: 'missing-field',
      severity: 'error',
      message: `\`objects.${key}\` is no Kubernetes object: it needs apiVersion, kind and metadata.name`,
      place,
    });
}
