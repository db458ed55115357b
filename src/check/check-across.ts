import type { Report } from '../diagnostics/diagnostic.ts';
import { overlayFolder } from '../model/output-paths.ts';
import type { Place } from '../model/source-file.ts';
import type { SystemFacts } from '../model/system-facts.ts';

export interface Deployed {
  readonly cluster: string;
  readonly environment: string;
  readonly facts: SystemFacts;
  /** The system's entry in its environment. */
  readonly place: () => Place;
}

/** What systems that share a cluster must not share: objects, hosts with paths, and node ports. */
export function checkAcross(deployed: readonly Deployed[], report: Report): void {
  const clusters = new Map<string, Claims>();
  for (const one of deployed) {
    const { objects, hosts, nodePorts } = claimsOn(one.cluster, clusters);
    for (const object of one.facts.objects) {
      const other = claim(objects, object, one);
      if (other === undefined) continue;
      const [, kind = '', name = ''] = object.split(' ');
      const namespace = kind === 'Namespace';
      report({
        code: 'object-conflict',
        severity: 'error',
        message: `${describe(one)} and ${describe(other)} both have ${kind} ${name.replace(/^\//, '')}`,
        place: one.place(),
        related: [{ place: other.place(), message: 'the other one' }],
        overlays: [one, other].map(({ environment, facts }) => overlayFolder(environment, facts.system)),
        hint: namespace
          ? 'give one of them another namespace, or say `namespace: {name: …, create: false}` where the namespace is shared'
          : 'give one of them another namespace',
      });
      // One collision says it all: two systems in one namespace collide in everything that they share.
      break;
    }
    for (const host of one.facts.hosts) {
      const other = claim(hosts, host, one);
      if (other === undefined || other === one) continue;
      report({
        code: 'host-conflict',
        severity: 'error',
        message: `${describe(one)} and ${describe(other)} both serve ${host}`,
        place: one.place(),
        related: [{ place: other.place(), message: 'the other one' }],
        overlays: [one, other].map(({ environment, facts }) => overlayFolder(environment, facts.system)),
        hint: 'give one of them another host or path',
      });
    }
    for (const port of one.facts.nodePorts) {
      const other = claim(nodePorts, port, one);
      if (other === undefined) continue;
      report({
        code: 'node-port',
        severity: 'error',
        message:
          other === one
            ? `${describe(one)} has two Services with node port ${port}`
            : `${describe(one)} and ${describe(other)} both have a Service with node port ${port}`,
        place: one.place(),
        related: other === one ? [] : [{ place: other.place(), message: 'the other one' }],
        overlays: [one, other].map(({ environment, facts }) => overlayFolder(environment, facts.system)),
        hint: 'give one of them another `nodePort`, or none: the cluster then chooses',
      });
    }
  }
}

interface Claims {
  readonly objects: Map<string, Deployed>;
  readonly hosts: Map<string, Deployed>;
  readonly nodePorts: Map<string, Deployed>;
}

function claimsOn(cluster: string, clusters: Map<string, Claims>): Claims {
  const known = clusters.get(cluster) ?? { objects: new Map(), hosts: new Map(), nodePorts: new Map() };
  clusters.set(cluster, known);
  return known;
}

function claim(claims: Map<string, Deployed>, what: string, one: Deployed): Deployed | undefined {
  const other = claims.get(what);
  if (other === undefined) claims.set(what, one);
  return other;
}

function describe(one: Deployed): string {
  return `${one.facts.system} in ${one.environment}`;
}
