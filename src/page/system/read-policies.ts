import type { Json, ObjectRecord } from '../../report/report.ts';

/** Who may reach pods, or whom they may reach; by default nobody, so what is not here is refused. */
export interface Allowed {
  readonly peer: string;
  /** Where the peer is one of the system. */
  readonly component: string | null;
  readonly ports: readonly string[];
}

/** Null: no policy says anything of that direction, so everything is allowed. */
export interface Isolation {
  readonly ingress: readonly Allowed[] | null;
  readonly egress: readonly Allowed[] | null;
}

type JsonMap = { readonly [key: string]: Json };

/** What the network policies of a system come to for one of its components. */
export function readPolicies(objects: readonly ObjectRecord[], component: string): Isolation {
  const labels = labelsOf(objects, component);
  const specs = objects
    .filter(({ kind }) => kind === 'NetworkPolicy')
    .filter((policy) => policy.component === component || (labels && selects(get(policy.value, 'spec', 'podSelector'), labels)))
    .map(({ value }) => map(get(value, 'spec')));
  return {
    ingress: allowed(specs.filter(isolates('Ingress')), 'ingress', 'from', objects),
    egress: allowed(specs.filter(isolates('Egress')), 'egress', 'to', objects),
  };
}

const isolates = (type: 'Ingress' | 'Egress') => (spec: JsonMap) => {
  const types = list(get(spec, 'policyTypes'));
  return types.length > 0 ? types.includes(type) : type === 'Ingress' || Object.hasOwn(spec, 'egress');
};

function allowed(specs: readonly JsonMap[], direction: string, side: string, objects: readonly ObjectRecord[]) {
  if (specs.length === 0) return null;
  const found = new Map<string, Allowed>();
  for (const rule of specs.flatMap((spec) => list(get(spec, direction))))
    for (const peer of peersOf(list(get(rule, side)), side === 'from' ? 'anyone' : 'any address', objects)) {
      const known = found.get(peer.peer);
      const ports = list(get(rule, 'ports')).map(portText);
      const all = [...(known?.ports ?? []), ...(ports.length > 0 ? ports : ['every port'])];
      found.set(peer.peer, { ...peer, ports: [...new Set(all)] });
    }
  return [...found.values()];
}

function peersOf(
  peers: readonly Json[],
  anyone: string,
  objects: readonly ObjectRecord[],
): Pick<Allowed, 'peer' | 'component'>[] {
  if (peers.length === 0) return [{ peer: anyone, component: null }];
  return peers.flatMap((peer): Pick<Allowed, 'peer' | 'component'>[] => {
    const block = map(get(peer, 'ipBlock'));
    if (Object.hasOwn(block, 'cidr')) {
      const except = list(get(block, 'except')).map(String);
      return [{ peer: `${block.cidr}${except.length > 0 ? ` except ${except.join(', ')}` : ''}`, component: null }];
    }
    const pods = get(peer, 'podSelector');
    const namespaces = get(peer, 'namespaceSelector');
    if (namespaces !== undefined) return [{ peer: elsewhere(namespaces, pods), component: null }];
    const own = componentsOf(objects, pods);
    if (own.length > 0) return own.map((component) => ({ peer: component, component }));
    return [{ peer: `pods of the namespace ${selectorText(pods)}`.trim(), component: null }];
  });
}

function elsewhere(namespaces: Json, pods: Json | undefined): string {
  const name = get(namespaces, 'matchLabels', 'kubernetes.io/metadata.name');
  const which = selectorText(namespaces);
  const where = typeof name === 'string' ? `namespace ${name}` : which === '' ? 'every namespace' : `namespaces ${which}`;
  const whom = pods === undefined ? '' : selectorText(pods);
  return whom === '' ? where : `pods ${whom} in ${where}`;
}

/** Components whose pods it selects: by their labels, or as the selector of their own policy. */
function componentsOf(objects: readonly ObjectRecord[], selector: Json | undefined): string[] {
  const components = [...new Set(objects.flatMap(({ component }) => component ?? []))];
  const text = JSON.stringify(selector);
  return components.filter((component) => {
    const labels = labelsOf(objects, component);
    if (labels !== undefined) return selects(selector, labels);
    return objects.some(
      (one) =>
        one.component === component &&
        one.kind === 'NetworkPolicy' &&
        JSON.stringify(get(one.value, 'spec', 'podSelector')) === text,
    );
  });
}

/** Of the pods of a component. */
function labelsOf(objects: readonly ObjectRecord[], component: string): JsonMap | undefined {
  for (const { component: owner, value } of objects) {
    if (owner !== component) continue;
    const template = get(value, 'spec', 'template') ?? get(value, 'spec', 'jobTemplate', 'spec', 'template');
    if (template !== undefined) return map(get(template, 'metadata', 'labels'));
  }
  return undefined;
}

function selects(selector: Json | undefined, labels: JsonMap): boolean {
  const has = (key: string) => Object.hasOwn(labels, key);
  return (
    Object.entries(map(get(selector, 'matchLabels'))).every(([key, value]) => has(key) && labels[key] === value) &&
    list(get(selector, 'matchExpressions')).every((expression) => {
      const key = String(get(expression, 'key'));
      const values = list(get(expression, 'values'));
      switch (get(expression, 'operator')) {
        case 'In':
          return has(key) && values.includes(labels[key] as Json);
        case 'NotIn':
          return !has(key) || !values.includes(labels[key] as Json);
        case 'Exists':
          return has(key);
        default:
          return !has(key);
      }
    })
  );
}

function selectorText(selector: Json | undefined): string {
  const labels = Object.entries(map(get(selector, 'matchLabels'))).map(([key, value]) => `${key}=${value}`);
  const expressions = list(get(selector, 'matchExpressions')).map((expression) =>
    [get(expression, 'key'), get(expression, 'operator'), list(get(expression, 'values')).join(', ')].join(' ').trim(),
  );
  return [...labels, ...expressions].join(', ');
}

function portText(port: Json): string {
  const [first, last, protocol = 'TCP'] = [get(port, 'port'), get(port, 'endPort'), get(port, 'protocol')];
  const number = first === undefined ? 'every port' : last === undefined ? `${first}` : `${first}–${last}`;
  return protocol === 'TCP' ? number : `${number}/${protocol}`;
}

function get(value: Json | undefined, ...keys: readonly string[]): Json | undefined {
  return keys.reduce<Json | undefined>((from, key) => (Object.hasOwn(map(from), key) ? map(from)[key] : undefined), value);
}

function map(value: Json | undefined): JsonMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonMap) : {};
}

function list(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? value : [];
}
