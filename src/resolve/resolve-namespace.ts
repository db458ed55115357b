import { convention } from '../model/origin.ts';
import { isTrackedMap, type Tracked } from '../model/tracked.ts';
import type { Release } from '../read/read-release.ts';
import type { ResolvedNamespace } from './resolved.ts';
import type { Setting } from './setting.ts';

/** The environment's word for this system, else its word for all, else the System's, else the System's name. */
export function resolveNamespace(release: Release, environment: Setting['environment']): ResolvedNamespace {
  const spec = release.document.value.spec.value;
  const chosen = environment?.settings.value.namespace as Tracked | undefined;
  if (isTrackedMap(chosen)) {
    const name = chosen.value.name as Tracked<string>;
    const map = (key: string) => chosen.value[key] as Tracked<Record<string, string>> | undefined;
    return {
      name: name.value,
      create: chosen.value.create?.value !== false,
      origin: name.origin,
      labels: map('labels'),
      annotations: map('annotations'),
      quota: map('quota'),
    };
  }
  const own = chosen as Tracked<string> | undefined;
  if (own === undefined && environment?.namespace !== undefined) {
    const { value, origin } = environment.namespace;
    return { name: value, create: environment.createsNamespace, origin };
  }
  const name = own ?? spec.namespace;
  if (name !== undefined) return { name: name.value, create: true, origin: name.origin };
  return { name: release.system, create: true, origin: convention("the namespace is by default the System's name") };
}
