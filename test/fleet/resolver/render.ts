import type { Any } from '../fleet.ts';

/** The pods of one workload. */
export interface PodSet {
  /** Deployment/web */
  readonly id: string;
  readonly object: Any;
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly pod: Any;
  /** Init containers included. */
  readonly containers: readonly Any[];
  /** Undefined where an autoscaler decides. */
  readonly replicas: number | undefined;
}

/** The objects of one system in one environment, seen as those see them who look for each other in a cluster. */
export interface Render {
  readonly objects: readonly Any[];
  readonly pods: readonly PodSet[];
  readonly namespace: string;
  readonly domain: string;
  /** Hosts that the description of the environment names as lying outside. */
  readonly externals: ReadonlySet<string>;
  /** Labels of pods that a program makes by itself, so that no object of the render brings them. */
  readonly madeAtRunTime: readonly Readonly<Record<string, string>>[];
}

export interface Surroundings {
  readonly externals?: Iterable<string>;
  readonly domain?: string;
  readonly madeAtRunTime?: Render['madeAtRunTime'];
}

export function renderOf(
  objects: readonly Any[],
  { externals = [], domain = 'cluster.local', madeAtRunTime = [] }: Surroundings = {},
): Render {
  const namespace = objects.find((object) => object.kind !== 'Namespace' && object.metadata.namespace)?.metadata.namespace;
  return { objects, pods: objects.flatMap(podSetOf), namespace, domain, externals: new Set(externals), madeAtRunTime };
}

function podSetOf(object: Any): PodSet[] {
  const template = object.spec?.jobTemplate?.spec?.template ?? object.spec?.template;
  if (template?.spec?.containers === undefined) return [];
  const { name } = object.metadata;
  return [
    {
      id: `${object.kind}/${name}`,
      object,
      name,
      labels: template.metadata?.labels ?? {},
      pod: template.spec,
      containers: [...(template.spec.initContainers ?? []), ...template.spec.containers],
      replicas: object.spec.replicas,
    },
  ];
}

export function ofKind(render: Render, kind: string): Any[] {
  return render.objects.filter((object) => object.kind === kind);
}

export function find(render: Render, kind: string, name: string | undefined): Any | undefined {
  return ofKind(render, kind).find((object) => object.metadata.name === name);
}

export function portsOf(pods: PodSet): Any[] {
  return pods.containers.flatMap((container) => container.ports ?? []);
}

/** A port of these pods by its name or number. */
export function portOf(pods: PodSet, port: string | number | undefined): Any | undefined {
  return portsOf(pods).find((one) => one.name === port || one.containerPort === port);
}

/** Whether a LabelSelector selects these labels; an empty one selects everything. */
export function selects(selector: Any, labels: Readonly<Record<string, string>>): boolean {
  const expressions: Any[] = selector.matchExpressions ?? [];
  return (
    Object.entries(selector.matchLabels ?? {}).every(([key, value]) => labels[key] === value) &&
    expressions.every(({ key, operator, values = [] }) => {
      if (operator === 'Exists') return key in labels;
      if (operator === 'DoesNotExist') return !(key in labels);
      return values.includes(labels[key]) === (operator === 'In');
    })
  );
}

export function selected(render: Render, selector: Any): PodSet[] {
  return render.pods.filter(({ labels }) => selects(selector, labels));
}

/** Those who answer for a Service; none for one without a selector. */
export function backing(render: Render, service: Any): PodSet[] {
  return service.spec.selector === undefined ? [] : selected(render, { matchLabels: service.spec.selector });
}
