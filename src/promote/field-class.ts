import type { SystemDocument } from '../language/system.ts';

/** `carry` goes along, `hold` waits for a person, `local` is each environment's own. */
export interface FieldClass {
  readonly class: 'carry' | 'hold' | 'local';
  readonly why: string;
}

const carry = (why: string): FieldClass => ({ class: 'carry', why });
const hold = (why: string): FieldClass => ({ class: 'hold', why });
const local = (why: string): FieldClass => ({ class: 'local', why });

const ofTheEnvironment = new Set(['namespace', 'labels', 'freeze', 'after', 'notSecret', 'budget', 'profiles']);

/** Of a component: how much of it there is, where it runs, and how it is reached. */
const ofThePlace = new Set([
  ...['replicas', 'resources', 'autoscale', 'disruptionBudget', 'volumes', 'gpu', 'parallelism', 'completions'],
  ...['ingress', 'service', 'services', 'url', 'external', 'network', 'hostAliases', 'dnsPolicy'],
  ...['nodeSelector', 'tolerations', 'affinity', 'spread', 'topologySpreadConstraints', 'priorityClassName', 'runtimeClassName'],
  ...['imagePullPolicy', 'imagePullSecrets', 'labels', 'annotations', 'podLabels', 'podAnnotations', 'suspend', 'schedule'],
]);

/** What promotion does with a field of an environment's entry, by its path below the entry. */
export function classOf(path: readonly string[], system: SystemDocument['spec'] | undefined): FieldClass {
  const [first = '', second = ''] = path;
  if (first === 'release') return carry('the release is what is promoted');
  if (first === 'parameters') return classOfParameter(second, system);
  if (first === 'components') return classOfComponentField(path.slice(2));
  if (first === 'patches') return hold('a patch says of one environment what the language cannot');
  if (ofTheEnvironment.has(first)) return local(`\`${first}\` is about the environment`);
  return hold(`\`${first}\` is configuration, and nothing says that it is the same everywhere`);
}

function classOfParameter(name: string, system: SystemDocument['spec'] | undefined): FieldClass {
  const declared = system?.parameters;
  const promote = declared !== undefined && Object.hasOwn(declared, name) ? declared[name]?.promote : undefined;
  if (promote === undefined) return hold('its System does not say what promotion does with it');
  return { class: promote, why: `its System says \`promote: ${promote}\`` };
}

function classOfComponentField(path: readonly string[]): FieldClass {
  const [first = '', , third = ''] = path;
  if (first === 'image') return carry('images are what is promoted');
  if ((first === 'sidecars' || first === 'initContainers') && third === 'image') return carry('images are what is promoted');
  if ((first === 'sidecars' || first === 'initContainers') && third === 'resources')
    return local('resources are sized for the environment');
  if (ofThePlace.has(first)) return local(`\`${first}\` is sized and placed for the environment`);
  return hold(`\`${first}\` is configuration, and nothing says that it is the same everywhere`);
}
