import type { Any } from '../fleet.ts';
import { backing, find, ofKind, type PodSet, portOf, type Render, selects } from './render.ts';

/** Backends that are not there or closed to the controller, and certificates that nobody makes. */
export function checkIngresses(render: Render): string[] {
  return ofKind(render, 'Ingress').flatMap((ingress) => {
    const id = `Ingress/${ingress.metadata.name}`;
    const rules: Any[] = ingress.spec.rules ?? [];
    const paths = rules.flatMap((rule) => rule.http?.paths ?? []);
    const backends = [...paths.map((path) => path.backend.service), ingress.spec.defaultBackend?.service].filter(Boolean);
    if (backends.length === 0) return [`${id} has no backend`];
    return [
      ...backends.flatMap((backend) => checkBackend(backend, render).map((why) => `${id} → ${backend.name}: ${why}`)),
      ...(ingress.spec.tls ?? []).flatMap((tls: Any) => checkCertificate(tls, ingress, render).map((why) => `${id}: ${why}`)),
      ...checkHosts(rules, ingress.spec.tls).map((why) => `${id}: ${why}`),
    ];
  });
}

function checkBackend({ name, port }: Any, render: Render): string[] {
  const service = find(render, 'Service', name);
  if (service === undefined) return ['no such Service'];
  const offered = service.spec.ports.find((one: Any) => one.name === port.name || one.port === port.number);
  if (offered === undefined) return [`no port ${port.name ?? port.number}`];
  const [pods] = backing(render, service);
  const target = pods && portOf(pods, offered.targetPort ?? offered.port);
  if (target === undefined) return ['its Service leads nowhere'];
  return letsNamespacesIn(pods as PodSet, target.containerPort, render) ? [] : ['ingress is closed'];
}

function letsNamespacesIn(pods: PodSet, port: number, render: Render): boolean {
  const policies = ofKind(render, 'NetworkPolicy').filter((policy) => selects(policy.spec.podSelector, pods.labels));
  const opens = (rule: Any) =>
    (rule.ports ?? [{ port }]).some((one: Any) => one.port === port) &&
    (rule.from ?? [{ namespaceSelector: {} }]).some(
      (peer: Any) => (peer.namespaceSelector && !peer.podSelector) || peer.ipBlock?.cidr === '0.0.0.0/0',
    );
  return policies.length === 0 || policies.some((policy) => (policy.spec.ingress ?? []).some(opens));
}

function checkCertificate(tls: Any, ingress: Any, render: Render): string[] {
  const annotated = Object.keys(ingress.metadata.annotations ?? {}).some((key) => /^cert-manager\.io\/.*issuer$/.test(key));
  const certificates = ofKind(render, 'Certificate').filter((one) => one.spec.secretName === tls.secretName);
  const sealed = find(render, 'SealedSecret', tls.secretName) !== undefined;
  const makers = [annotated, certificates.length > 0, sealed].filter(Boolean).length;
  if (makers !== 1) return [`the secret ${tls.secretName} has ${makers} makers`];
  const named = new Set(certificates.flatMap((one) => one.spec.dnsNames));
  return certificates.length === 0
    ? []
    : (tls.hosts ?? []).filter((host: string) => !named.has(host)).map((host: string) => `no certificate for ${host}`);
}

function checkHosts(rules: readonly Any[], tls: readonly Any[] | undefined): string[] {
  const routed = new Set(rules.map((rule) => rule.host));
  const secured = new Set((tls ?? []).flatMap((one) => one.hosts));
  const open = tls === undefined ? [] : [...routed].filter((host) => !secured.has(host));
  return [
    ...open.map((host) => `${host} is not among the hosts of its certificate`),
    ...[...secured].filter((host) => !routed.has(host)).map((host) => `the certificate is for ${host}, which leads nowhere`),
  ];
}
