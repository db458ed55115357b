import * as z from 'zod';
import { compareText } from '../../diagnostics/sort-diagnostics.ts';
import { dnsName } from '../../language/scalars.ts';
import type { ClusterApi } from '../cluster-api.ts';
import { ask, askAll, mapAsked, orUnknown } from './ask.ts';
import { askKinds } from './ask-kinds.ts';
import { askNodes } from './ask-nodes.ts';
import type { Asked, LiveClass, LiveFacts } from './live-facts.ts';

/** The version first and alone: where the server cannot be reached, or takes nobody in, that is a Failure and told once. */
export async function askFacts(api: ClusterApi): Promise<LiveFacts> {
  const kubernetes = await askVersion(api);
  const [storageClasses, ingressClasses, runtimeClasses, kinds, nodes, metricsServer] = await Promise.all([
    orUnknown(
      askClasses(api, 'storage.k8s.io', 'storageclasses', 'storage classes', [
        'storageclass.kubernetes.io/is-default-class',
        'storageclass.beta.kubernetes.io/is-default-class',
      ]),
    ),
    orUnknown(
      askClasses(api, 'networking.k8s.io', 'ingressclasses', 'ingress classes', ['ingressclass.kubernetes.io/is-default-class']),
    ),
    orUnknown(askClasses(api, 'node.k8s.io', 'runtimeclasses', 'runtime classes', [])),
    orUnknown(askKinds(api)),
    orUnknown(askNodes(api)),
    orUnknown(askMetricsServer(api)),
  ]);
  const names = mapAsked(runtimeClasses, (classes) => ({ value: classes.map(({ name }) => name) }));
  return { kubernetes, storageClasses, ingressClasses, runtimeClasses: names, kinds, nodes, metricsServer };
}

const version = z.object({ major: z.string().regex(/^\d+$/), minor: z.string().regex(/^\d+/) });

async function askVersion(api: ClusterApi): Promise<Asked<string>> {
  const answer = await ask(api, { path: '/version', what: 'its version', needs: 'get /version' }, version);
  return mapAsked(
    answer,
    (found): Asked<string> =>
      found === undefined
        ? { unknown: `${api.server} has no /version: is it the API server of a cluster?` }
        : // Some providers write 34+.
          { value: `${found.major}.${Number.parseInt(found.minor, 10)}` },
  );
}

const named = z.object({
  metadata: z.object({
    name: dnsName,
    annotations: z.record(z.string(), z.string()).nullish(),
    creationTimestamp: z.string().nullish(),
  }),
});

async function askClasses(
  api: ClusterApi,
  group: string,
  resource: string,
  what: string,
  marks: readonly string[],
): Promise<Asked<readonly LiveClass[]>> {
  const question = { path: `/apis/${group}/v1/${resource}`, what, needs: `list ${resource}.${group}` };
  const answer = await askAll(api, question, named);
  return mapAsked(answer, (items) => {
    const isMarked = ({ metadata }: (typeof items)[number]) => marks.some((mark) => metadata.annotations?.[mark] === 'true');
    const created = ({ metadata }: (typeof items)[number]) => metadata.creationTimestamp ?? '';
    // Of several that are marked, Kubernetes takes the one that was made last.
    const chosen = items
      .filter(isMarked)
      .sort((a, b) => compareText(created(b), created(a)) || compareText(a.metadata.name, b.metadata.name))[0];
    const classes = items.map((item) => ({ name: item.metadata.name, default: item === chosen }));
    return { value: classes.sort((a, b) => compareText(a.name, b.name)) };
  });
}

const apiService = z.object({
  status: z.object({ conditions: z.array(z.object({ type: z.string(), status: z.string() })).nullish() }).nullish(),
});

/** Whoever serves the measurements, metrics-server or another: without one there is no APIService, or one that is not there for use. */
async function askMetricsServer(api: ClusterApi): Promise<Asked<boolean>> {
  const path = '/apis/apiregistration.k8s.io/v1/apiservices/v1beta1.metrics.k8s.io';
  const what = 'the API of the metrics server';
  const answer = await ask(api, { path, what, needs: 'get apiservices.apiregistration.k8s.io' }, apiService);
  return mapAsked(answer, (found) => ({
    value: found?.status?.conditions?.some(({ type, status }) => type === 'Available' && status === 'True') === true,
  }));
}
