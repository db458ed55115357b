import { type Any, inputs, parseObjects } from './fleet.ts';
import { type Render, renderOf } from './resolver/render.ts';

const decoder = new TextDecoder();

function documentAt(path: string): Any {
  return parseObjects(decoder.decode(inputs.get(path)))[0];
}

function pathOf(environment: string): string {
  return [...inputs.keys()].find((path) => path.startsWith('clusters/') && path.endsWith(`/${environment}.yaml`)) as string;
}

export function clusterOf(environment: string): string {
  return pathOf(environment).split('/')[1] as string;
}

/** The hosts that an environment gives a system under `external`. */
export function externalsOf(environment: string, system: string): Set<string> {
  const { components = {} } = documentAt(pathOf(environment)).spec.systems[system];
  const given = (Object.values(components) as Any[]).flatMap(({ external }) =>
    external ? [external.host, external.address, ...hostsOf(external.url ?? '')] : [],
  );
  return new Set(given.filter(Boolean));
}

/** Domain names among its parameters. */
function namedBy(environment: string, system: string): string[] {
  const { parameters = {} } = documentAt(pathOf(environment)).spec.systems[system];
  return Object.values(parameters).flatMap((value) => hostsOf(String(value)));
}

/** Of a URL or a list of addresses; a name without a dot could be a Service that is misspelt. */
function hostsOf(text: string): string[] {
  return [...text.matchAll(/(?:^|,|:\/\/)([a-z0-9-]+(?:\.[a-z0-9-]+)+)(?=$|[:/,])/g)].map(([, host = '']) => host);
}

/** Pods that programs of a system make by themselves: the API of Flow-Like a Job for each run, by no labels but Kubernetes'. */
const madeAtRunTime: Readonly<Record<string, Render['madeAtRunTime']>> = {
  'flow-like': [{ 'batch.kubernetes.io/job-name': 'flow-like-run' }],
};

export function surroundedRender(environment: string, system: string, objects: readonly Any[]): Render {
  const cluster = documentAt(`clusters/${clusterOf(environment)}/cluster.yaml`);
  return renderOf(objects, {
    externals: [...externalsOf(environment, system), ...namedBy(environment, system)],
    domain: cluster.spec.domain ?? 'cluster.local',
    madeAtRunTime: madeAtRunTime[system] ?? [],
  });
}
