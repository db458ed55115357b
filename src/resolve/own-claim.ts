import { atPath, childOf, type Tracked } from '../model/tracked.ts';
import { everyLayer, mapOf } from './layers.ts';

/**
 * The volume whose claim is called like its component, since it has one alone. The System decides, whatever an
 * environment adds or does without: a claim that another volume renames is an empty disk.
 */
export function ownClaim(spec: Tracked, component: string, raw: Tracked): string | undefined {
  const here = sizedVolumes(raw);
  if (here.length === 0) return undefined;
  const declared = new Set(everyLayer(spec).flatMap((layer) => sizedVolumes(atPath(layer, ['components', component]))));
  const [only, ...others] = declared.size > 0 ? declared : here;
  return others.length === 0 ? only : undefined;
}

function sizedVolumes(component: Tracked | undefined): string[] {
  const volumes = Object.entries(mapOf(childOf(component, 'volumes')));
  return volumes.filter(([, volume]) => childOf(volume, 'size') !== undefined).map(([name]) => name);
}
