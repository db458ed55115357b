import type { DesiredObject } from '../model/desired-object.ts';
import type { Tracked } from '../model/tracked.ts';
import type { ResolvedComponent } from '../resolve/resolved.ts';
import { containerEnvironment } from './environment-variables.ts';
import { desiredObject, type Expansion } from './expansion.ts';
import { hasPermissions, imagePullSecrets } from './pod.ts';
import { permissionObjects } from './service-account.ts';
import { podVolumes } from './volumes.ts';

/**
 * Of pods that another component creates at run time only the account is rendered. What they read is noted
 * all the same, so that its secrets and ConfigMaps are there when they come.
 */
export function createdPods(component: ResolvedComponent, expansion: Expansion): DesiredObject[] {
  const environment = containerEnvironment(component.spec.value.env as Tracked | undefined, component, expansion);
  // Secrets are noted when the variables are read.
  void environment.env;
  imagePullSecrets(component, expansion);
  const { claims } = podVolumes(component, expansion);
  if (hasPermissions(component)) return [...permissionObjects(component, expansion), ...claims];
  const name = String(component.spec.value.serviceAccountName?.value ?? component.name);
  const head = { component, topic: component.key, apiVersion: 'v1', kind: 'ServiceAccount', name };
  return [desiredObject(head, { automountServiceAccountToken: false }, expansion.system), ...claims];
}
