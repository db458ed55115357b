import type { DesiredObject } from '../model/desired-object.ts';
import { asList, asMap } from '../model/pod-specs.ts';

export interface IngressPath {
  /** Host, path and how it is matched, of which a cluster has each once. */
  readonly claim: string;
  /** The Service behind it. */
  readonly service: unknown;
  /** From the object to its rule. */
  readonly rule: readonly (string | number)[];
}

/** What an Ingress serves, one for each path of each rule. */
export function ingressPaths({ kind, plain }: DesiredObject): IngressPath[] {
  if (kind !== 'Ingress') return [];
  return asList(asMap(plain.spec)?.rules).flatMap((rule, index) =>
    asList(asMap(rule.http)?.paths).map(({ path, pathType, backend }) => ({
      // Beside a path and all below it, the same path alone may lead elsewhere: Kubernetes prefers the exact one.
      claim: `${String(rule.host ?? '*')}${String(path)}${pathType === 'Exact' ? ' (Exact)' : ''}`,
      service: asMap(asMap(backend)?.service)?.name,
      rule: ['spec', 'rules', index],
    })),
  );
}
