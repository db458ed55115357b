import { childOf, type Tracked } from '../model/tracked.ts';
import { mapOf } from './layers.ts';

/** The word of `external` that says the host which others reach: what `externalAddress` goes by. */
export function hostSource(external: Tracked): Tracked | undefined {
  const { address, service, host, url } = mapOf(external);
  return address === undefined ? (host ?? url) : (service ?? address);
}

/** The same of a port; the first takes the one that stands alone, or that of the URL. */
export function portSource(external: Tracked, name: string, isFirst: boolean): Tracked | undefined {
  const { ports, port, url } = mapOf(external);
  return childOf(ports, name) ?? (isFirst ? (port ?? url) : undefined);
}
