import type { DesiredObject } from '../model/desired-object.ts';
import type { Tracked } from '../model/tracked.ts';
import { ingressPort } from '../resolve/address.ts';
import { mapOf } from '../resolve/layers.ts';
import type { ResolvedComponent } from '../resolve/resolved.ts';
import { desiredObject, type Expansion, waveAnnotation } from './expansion.ts';

/** The Ingress to a component and, where it asks for one by name, the Certificate behind it. */
export function ingressObjects(component: ResolvedComponent, expansion: Expansion): DesiredObject[] {
  const written = component.spec.value.ingress as Tracked | undefined;
  // A rule tells of one that leads nowhere.
  if (!component.ingressOn || written === undefined || component.serviceName === undefined) return [];
  const fields = mapOf(written);
  const tls = mapOf(fields.tls);
  const { certificate, issuer } = tls;
  const secretName =
    fields.tls === undefined ? undefined : (tls.secretName ?? { value: `${component.name}-tls`, origin: fields.tls.origin });
  const port = fields.port ?? { value: ingressPort(component.spec)?.name, origin: written.origin };
  const backend = {
    service: { name: component.serviceName, port: typeof port.value === 'number' ? { number: port } : { name: port } },
  };
  const annotations = {
    ...waveAnnotation(expansion.lastWave),
    'cert-manager.io/cluster-issuer': certificate === undefined ? issuer : undefined,
    ...mapOf(fields.annotations),
  };
  const head = { component, name: String(fields.name?.value ?? component.name), named: fields.name, topic: component.key };
  const ingress = desiredObject(
    { apiVersion: 'networking.k8s.io/v1', kind: 'Ingress', annotations, ...head },
    {
      spec: {
        ingressClassName: fields.className ?? expansion.system.cluster.ingressClass,
        tls: secretName === undefined ? undefined : [{ hosts: [fields.host], secretName }],
        rules: [
          { host: fields.host, http: { paths: [{ path: fields.path ?? '/', pathType: fields.pathType ?? 'Prefix', backend }] } },
        ],
      },
    },
    expansion.system,
    written.origin,
  );
  if (certificate === undefined) return [ingress];
  const { issuer: certificateIssuer, duration, renewBefore } = mapOf(certificate);
  const body = {
    spec: {
      secretName,
      duration,
      renewBefore,
      dnsNames: [fields.host],
      issuerRef: { group: 'cert-manager.io', kind: 'ClusterIssuer', name: certificateIssuer },
    },
  };
  return [
    ingress,
    desiredObject(
      { apiVersion: 'cert-manager.io/v1', kind: 'Certificate', annotations: waveAnnotation(expansion.lastWave), ...head },
      body,
      expansion.system,
      certificate.origin,
    ),
  ];
}
