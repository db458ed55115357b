import { parseQuantity } from '../../footprint/quantity.ts';
import { deepEqual } from '../../model/deep-equal.ts';
import type { PlainObject } from '../../model/desired-object.ts';
import { asMap } from '../../model/pod-specs.ts';
import { type HazardRule, type StayingPair, stays } from './hazard.ts';
import { isReplaced } from './sync-options.ts';

/** Fields that the API server refuses to change on an object that exists. */
const immutable: Readonly<Record<string, readonly string[]>> = {
  Deployment: ['spec.selector'],
  ReplicaSet: ['spec.selector'],
  DaemonSet: ['spec.selector'],
  StatefulSet: ['spec.selector', 'spec.serviceName', 'spec.podManagementPolicy', 'spec.volumeClaimTemplates'],
  Job: ['spec.template', 'spec.selector', 'spec.completions', 'spec.completionMode', 'spec.podFailurePolicy'],
  PersistentVolumeClaim: ['spec.storageClassName', 'spec.accessModes', 'spec.volumeMode', 'spec.volumeName', 'spec.selector'],
  PersistentVolume: ['spec.csi', 'spec.nfs', 'spec.local', 'spec.hostPath'],
  StorageClass: ['provisioner', 'parameters', 'reclaimPolicy', 'volumeBindingMode'],
  RoleBinding: ['roleRef'],
  ClusterRoleBinding: ['roleRef'],
  Secret: ['type'],
  PriorityClass: ['value', 'preemptionPolicy'],
  RuntimeClass: ['handler'],
  IngressClass: ['spec.controller'],
  CustomResourceDefinition: ['spec.group', 'spec.scope', 'spec.names.plural', 'spec.names.kind'],
};

/** What stands in an object that says nothing of the field. */
const defaults: Readonly<Record<string, unknown>> = {
  'spec.podManagementPolicy': 'OrderedReady',
  'spec.completionMode': 'NonIndexed',
  'spec.volumeMode': 'Filesystem',
  reclaimPolicy: 'Delete',
  volumeBindingMode: 'Immediate',
  preemptionPolicy: 'PreemptLowerPriority',
  type: 'Opaque',
};

export const changedImmutableFields: HazardRule = ({ objects }) =>
  objects.filter(stays).flatMap((pair) => {
    const fields = [...changedFields(pair), ...addressOfService(pair), ...shrunkClaim(pair), ...sealedContent(pair)];
    if (fields.length === 0) return [];
    // Jobs that are replaced run again; the rule of restarts says so.
    if (isReplaced(pair.after) && pair.kind === 'Job') return [];
    const text = isReplaced(pair.after)
      ? `is deleted and made again, because of ${fields.join(', ')}`
      : `the API server will refuse to change ${fields.join(', ')}; the object must be deleted and made again`;
    return [{ kind: 'immutable', object: pair.object, text }];
  });

function changedFields({ kind, before, after, rawBefore, rawAfter }: StayingPair): string[] {
  const [one, other] = kind === 'Job' ? [rawBefore ?? before, rawAfter ?? after] : [before, after];
  return (immutable[kind] ?? []).filter((field) => !deepEqual(valueAt(one, field), valueAt(other, field)));
}

function valueAt(object: PlainObject, field: string): unknown {
  const value = field.split('.').reduce<unknown>((node, key) => asMap(node)?.[key], object);
  return value ?? defaults[field];
}

/** An address is the API server's to give; whether there is one at all cannot change. */
function addressOfService({ kind, before, after }: StayingPair): string[] {
  if (kind !== 'Service') return [];
  const [one, other] = [asMap(before.spec), asMap(after.spec)];
  if (one?.type === 'ExternalName' || other?.type === 'ExternalName') return [];
  const [was, is] = [one?.clusterIP, other?.clusterIP];
  const changed = was !== is && (was === 'None' || is === 'None' || (was !== undefined && is !== undefined));
  const balanced = one?.type === 'LoadBalancer' && other?.type === 'LoadBalancer';
  return [
    ...(changed ? ['spec.clusterIP'] : []),
    ...(balanced && one?.loadBalancerClass !== other?.loadBalancerClass ? ['spec.loadBalancerClass'] : []),
  ];
}

/** A claim may grow and do nothing else. */
function shrunkClaim({ kind, before, after }: StayingPair): string[] {
  if (kind !== 'PersistentVolumeClaim') return [];
  const [was, is] = [before, after].map((claim) => parseQuantity(valueAt(claim, 'spec.resources.requests.storage')));
  return was !== undefined && is !== undefined && is < was ? ['spec.resources.requests.storage (it shrinks)'] : [];
}

function sealedContent({ kind, before, after }: StayingPair): string[] {
  if ((kind !== 'ConfigMap' && kind !== 'Secret') || before.immutable !== true) return [];
  return ['immutable', 'data', 'binaryData', 'stringData'].filter((field) => !deepEqual(before[field], after[field]));
}
