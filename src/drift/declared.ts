import { groupOf } from '../model/api-group.ts';
import type { PlainObject } from '../model/desired-object.ts';
import { asList, asMap } from '../model/pod-specs.ts';
import type { FieldAddress } from '../plan/rendered-state.ts';
import type { KeysAt } from './compare-object.ts';
import type { ObjectName } from './difference.ts';
import type { Steps } from './steps.ts';

/** An object that the repository means a cluster to have. */
export interface Declared {
  /** `environment/system`; none for what belongs to no system. */
  readonly overlay?: string;
  readonly object: PlainObject;
  /** Fields that the Application leaves to others, such as the replicas of what is autoscaled. */
  readonly ignored: readonly Steps[];
}

/** All that looking at one cluster needs to know. */
export interface ClusterQuestion {
  readonly cluster: string;
  readonly declared: readonly Declared[];
  /** Namespaces in which everything should be declared. */
  readonly namespaces: ReadonlySet<string>;
  /** Of the fleet, on this cluster. */
  readonly environments: ReadonlySet<string>;
  /** The one system that has a namespace for itself. */
  readonly overlayOf: (namespace: string) => string | undefined;
  readonly keysAt: (apiVersion: string, kind: string) => KeysAt;
  /** Lines of the description that a field comes from. */
  readonly because: (overlay: string | undefined, field: FieldAddress) => readonly string[];
  readonly now: Date;
}

export function nameOf(object: PlainObject): ObjectName {
  const metadata = asMap(object.metadata);
  return {
    apiVersion: String(object.apiVersion),
    kind: String(object.kind),
    name: String(metadata?.name),
    namespace: metadata?.namespace === undefined ? null : String(metadata.namespace),
  };
}

export function keyOf({ apiVersion, kind, name, namespace }: ObjectName): string {
  return `${apiVersion} ${kind} ${namespace ?? ''}/${name}`;
}

/** What an Application says that Argo CD is not to look at in an object. */
export function ignoredFields(application: PlainObject | undefined, object: PlainObject): Steps[] {
  const { apiVersion, kind, name, namespace } = nameOf(object);
  const group = groupOf(apiVersion);
  const rules = asList(asMap(application?.spec)?.ignoreDifferences).filter(
    (rule) =>
      (rule.group ?? '') === group &&
      rule.kind === kind &&
      (rule.name === undefined || rule.name === name) &&
      (rule.namespace === undefined || rule.namespace === namespace),
  );
  return rules.flatMap(({ jsonPointers }) =>
    Array.isArray(jsonPointers) ? jsonPointers.map((pointer) => stepsOf(String(pointer))) : [],
  );
}

function stepsOf(pointer: string): Steps {
  const keys = pointer.split('/').slice(1);
  return keys.map((key) => ({ key: key.replaceAll('~1', '/').replaceAll('~0', '~') }));
}
