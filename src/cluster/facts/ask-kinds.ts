import * as z from 'zod';
import type { ClusterApi } from '../cluster-api.ts';
import { ask, mapAsked } from './ask.ts';
import type { Asked } from './live-facts.ts';

/** All kinds in one answer, and without the schemas that CustomResourceDefinitions carry; everybody may ask. */
const accept = ['v2', 'v2beta1']
  .map((version) => `application/json;g=apidiscovery.k8s.io;v=${version};as=APIGroupDiscoveryList`)
  .join(',');

const discovery = z.object({
  kind: z.literal('APIGroupDiscoveryList'),
  items: z.array(
    z.object({
      metadata: z.object({ name: z.string() }),
      versions: z
        .array(
          z.object({
            version: z.string(),
            resources: z.array(z.object({ responseKind: z.object({ kind: z.string() }).nullish() })).nullish(),
          }),
        )
        .nullish(),
    }),
  ),
});

export async function askKinds(api: ClusterApi): Promise<Asked<readonly string[]>> {
  const answer = await ask(api, { path: '/apis', what: 'the kinds that it serves', needs: 'get /apis', accept }, discovery);
  return mapAsked(answer, (found): Asked<readonly string[]> => {
    if (found === undefined) return { unknown: `${api.server} does not tell which kinds it serves` };
    const kinds = found.items.flatMap(({ metadata, versions }) =>
      (versions ?? []).flatMap(({ version, resources }) =>
        (resources ?? []).flatMap(({ responseKind }) =>
          responseKind == null || responseKind.kind === '' ? [] : [`${metadata.name}/${version}/${responseKind.kind}`],
        ),
      ),
    );
    return { value: [...new Set(kinds)] };
  });
}
