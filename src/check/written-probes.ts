import { childOf, type Tracked } from '../model/tracked.ts';
import { type PortDefinition, portsOf } from '../resolve/address.ts';
import { mapOf } from '../resolve/layers.ts';
import type { ResolvedComponent } from '../resolve/resolved.ts';

export interface WrittenProbe {
  readonly kind: string;
  readonly probe: Tracked;
  /** The container beside the main one that has it: sidecar `proxy`. */
  readonly beside: string | undefined;
  /** Whose it is: that, or the component. */
  readonly owner: string;
  /** Those of its container. */
  readonly ports: readonly PortDefinition[];
}

/** The probes of all containers of a component that can have some, as they are written. */
export function writtenProbes({ key, spec }: ResolvedComponent): WrittenProbe[] {
  const containersOf = (word: 'sidecars' | 'initContainers') => Object.entries(mapOf(spec.value[word] as Tracked | undefined));
  return [
    ...probesOf(spec as Tracked, `\`${key}\``, undefined),
    ...containersOf('sidecars').flatMap(([name, written]) => probesOf(written, `\`${key}\``, `sidecar \`${name}\``)),
    ...containersOf('initContainers')
      .filter(([, written]) => childOf(written, 'restartPolicy')?.value === 'Always')
      .flatMap(([name, written]) => probesOf(written, `\`${key}\``, `init container \`${name}\``)),
  ];
}

function probesOf(container: Tracked, component: string, beside: string | undefined): WrittenProbe[] {
  const ports = portsOf(container as Parameters<typeof portsOf>[0]);
  const owner = beside === undefined ? component : `${beside} of ${component}`;
  return Object.entries(mapOf(childOf(container, 'probes'))).map(([kind, probe]) => ({ kind, probe, beside, owner, ports }));
}
