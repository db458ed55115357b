import { expect, test } from 'vitest';
import { kindsOf } from '../../src/kubernetes/find-schema.ts';
import { supportedMinors } from '../../src/kubernetes/load-schemas.ts';
import { resourceName } from '../../src/kubernetes/resource-name.ts';
import { schemasOf } from './schemas-of.ts';

/** As the documentation of Kubernetes and of the operators has them, without those that only get an `s`. */
const others: Readonly<Record<string, string>> = {
  CSIStorageCapacity: 'csistoragecapacities',
  DeviceClass: 'deviceclasses',
  Endpoints: 'endpoints',
  IPAddress: 'ipaddresses',
  Ingress: 'ingresses',
  IngressClass: 'ingressclasses',
  MutatingAdmissionPolicy: 'mutatingadmissionpolicies',
  NetworkPolicy: 'networkpolicies',
  PriorityClass: 'priorityclasses',
  ResourceClaimParameters: 'resourceclaimparameters',
  ResourceClass: 'resourceclasses',
  ResourceClassParameters: 'resourceclassparameters',
  RuntimeClass: 'runtimeclasses',
  StorageClass: 'storageclasses',
  ValidatingAdmissionPolicy: 'validatingadmissionpolicies',
  VolumeAttributesClass: 'volumeattributesclasses',
};

test('every kind that is known is called as the API server calls it', () => {
  const kinds = new Set(supportedMinors.flatMap((minor) => kindsOf(schemasOf(minor)).map(({ kind }) => kind)));
  expect(kinds.size).toBeGreaterThan(80);
  for (const kind of kinds) expect(resourceName(kind)).toBe(others[kind] ?? `${kind.toLowerCase()}s`);
  for (const kind of Object.keys(others)) expect(kinds).toContain(kind);
});

test.each([
  ['Gateway', 'gateways'],
  ['Prometheus', 'prometheuses'],
  ['Mesh', 'meshes'],
  ['HTTPRoute', 'httproutes'],
])('%s is called %s', (kind, resource) => expect(resourceName(kind)).toBe(resource));
