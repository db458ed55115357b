import type { ClusterApi } from '../cluster-api.ts';
import { discoverKinds } from '../discover-kinds.ts';
import type { Asked } from './live-facts.ts';

/**
 * From discovery, which everybody may ask, and not from CustomResourceDefinitions, whose schemas are many megabytes.
 * Kinds of the core have no group and are nobody's custom resources.
 */
export async function askKinds(api: ClusterApi): Promise<Asked<readonly string[]>> {
  const { kinds, stale } = await discoverKinds(api);
  // What does not answer just now may still be there.
  if (stale.length > 0) return { unknown: `what serves ${stale.join(', ')} does not answer`, hint: 'run it again once it does' };
  return {
    value: [...kinds.values()].flatMap(({ apiVersion, kind }) => (apiVersion.includes('/') ? [`${apiVersion}/${kind}`] : [])),
  };
}
