import type { SystemDocument } from '../language/system.ts';

/** `carry` goes along, `hold` waits for a person, `local` is each environment's own. */
export interface FieldClass {
  readonly class: 'carry' | 'hold' | 'local';
  readonly why: string;
}

const carry = (why: string): FieldClass => ({ class: 'carry', why });
const hold = (why: string): FieldClass => ({ class: 'hold', why });
const local = (why: string): FieldClass => ({ class: 'local', why });

/** Why words are each environment's own. */
type Reasons = ReadonlyMap<string, string>;

const each = (words: readonly string[], why: string) => words.map((word): [string, string] => [word, why]);

const ofTheEntry: Reasons = new Map([
  ...each(['profiles'], 'each environment chooses its own profiles'),
  ...each(['namespace', 'labels'], 'where its objects lie and how they are marked is up to the environment'),
  ...each(['freeze', 'after'], 'when it is synced is up to the environment'),
  ...each(['budget'], 'what it may request is up to the environment'),
  ...each(['notSecret'], 'a waiver is about what stands in the environment'),
]);

const images = carry('images are what is promoted');

const ofAComponent: Reasons = new Map([
  ...each(
    ['replicas', 'resources', 'autoscale', 'disruptionBudget', 'gpu', 'parallelism', 'completions'],
    'it is sized for the environment',
  ),
  ...each(['external'], 'what runs outside of the cluster lies elsewhere for each environment'),
  ...each(
    ['ingress', 'service', 'services', 'url', 'network', 'hostAliases', 'dnsPolicy'],
    'how it is reached is up to the environment',
  ),
  ...each(
    ['nodeSelector', 'tolerations', 'affinity', 'spread', 'topologySpreadConstraints', 'priorityClassName', 'runtimeClassName'],
    'where its pods run is up to the cluster',
  ),
  ...each(['imagePullPolicy', 'imagePullSecrets'], 'how images are pulled is up to the cluster'),
  ...each(['labels', 'annotations', 'podLabels', 'podAnnotations'], 'how its objects are marked is up to the environment'),
  ...each(['schedule', 'timeZone', 'suspend'], 'when it runs is up to the environment'),
]);

const ofAVolume: Reasons = new Map(
  each(
    ['size', 'persistent', 'storageClass', 'accessModes', 'claimName', 'emptyDir', 'source'],
    'storage is sized and placed for the environment',
  ),
);

/** What promotion does with a field of an environment's entry, by its path below the entry. */
export function classOf(path: readonly string[], system: SystemDocument['spec'] | undefined): FieldClass {
  const [first = '', second = ''] = path;
  if (first === 'release') return carry('the release is what is promoted');
  if (first === 'parameters') return classOfParameter(second, system);
  if (first === 'components') return classOfComponentField(path.slice(2));
  if (first === 'patches') return hold('a patch says of one environment what the language cannot');
  return localIn(ofTheEntry, first) ?? configuration(first);
}

function classOfParameter(name: string, system: SystemDocument['spec'] | undefined): FieldClass {
  const declared = system?.parameters;
  if (declared === undefined || !Object.hasOwn(declared, name)) return hold('its System does not declare it');
  const promote = declared[name]?.promote;
  if (promote === undefined) return hold('its System does not say what promotion does with it');
  return { class: promote, why: `its System says \`promote: ${promote}\`` };
}

function classOfComponentField(path: readonly string[]): FieldClass {
  const [first = '', , third = ''] = path;
  if (path.length === 0) return hold('one of them takes the component away');
  if (first === 'image') return images;
  if (first === 'sidecars' || first === 'initContainers') {
    if (third === 'image') return images;
    return localIn(ofAComponent, third) ?? configuration(first);
  }
  if (first === 'volumes') return localIn(ofAVolume, third) ?? configuration(first);
  return localIn(ofAComponent, first) ?? configuration(first);
}

function localIn(reasons: Reasons, word: string): FieldClass | undefined {
  const why = reasons.get(word);
  return why === undefined ? undefined : local(why);
}

function configuration(word: string): FieldClass {
  return hold(`\`${word}\` is configuration, and nothing says that it is the same everywhere`);
}
