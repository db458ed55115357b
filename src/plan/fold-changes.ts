import { canonicalJson } from '../compile/expected-objects.ts';
import type { Fold } from './fold.ts';
import type { FieldChange, ObjectChange, OverlayChange } from './plan.ts';

interface Place {
  readonly action: OverlayChange['action'];
  readonly system: string;
  readonly environments: string[];
  readonly same: ObjectChange[];
}

/** Each change once, with all the environments that it is made in; namespaces and lines of origin may differ. */
export function foldChanges(changes: readonly OverlayChange[]): Fold[] {
  const places = new Map<string, Place>();
  for (const { overlay, action, objects } of changes) {
    const [environment, system] = overlay.split('/') as [string, string];
    for (const change of objects) {
      const content = canonicalJson([system, action, { ...change, namespace: null, fields: change.fields.map(withoutOrigin) }]);
      const place = places.get(content) ?? { action, system, environments: [], same: [] };
      // Two objects of one environment may differ in nothing but their namespace.
      const id = place.environments.includes(environment) ? `${content} ${change.namespace}` : content;
      const own = places.get(id) ?? { action, system, environments: [], same: [] };
      own.environments.push(environment);
      own.same.push(change);
      places.set(id, own);
    }
  }
  const folds = new Map<string, Place[]>();
  for (const place of places.values()) {
    const id = [place.system, place.action, ...place.environments].join('\n');
    folds.set(id, [...(folds.get(id) ?? []), place]);
  }
  return [...folds.values()].map((together) => {
    const { system, environments, action } = together[0] as Place;
    return { system, environments, action, objects: together.map(({ same }) => withAllOrigins(same)) };
  });
}

function withoutOrigin({ because: _, ...field }: FieldChange): Omit<FieldChange, 'because'> {
  return field;
}

function withAllOrigins(same: readonly ObjectChange[]): ObjectChange {
  const [first, ...others] = same as [ObjectChange, ...ObjectChange[]];
  if (others.length === 0) return first;
  const fields = first.fields.map((field, index) => {
    const because = [...new Set(same.flatMap((change) => change.fields[index]?.because ?? []))];
    return because.length === 0 ? field : { ...field, because };
  });
  return { ...first, fields };
}
