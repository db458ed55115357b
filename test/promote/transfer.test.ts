import { describe, expect, test } from 'vitest';
import { componentSchema } from '../../src/language/component.ts';
import type { SystemSettings } from '../../src/language/environment.ts';
import { language } from '../../src/language/scalars.ts';
import { layerFields, type SystemDocument } from '../../src/language/system.ts';
import { classOf } from '../../src/promote/field-class.ts';
import { names, transfer } from '../../src/promote/transfer.ts';

const system = {
  parameters: {
    version: { type: 'string', promote: 'carry' },
    epochs: { type: 'integer', promote: 'hold' },
    domain: { type: 'string', promote: 'local' },
    level: { type: 'string' },
  },
  components: {},
} as unknown as SystemDocument['spec'];

const configuration = (word: string) => `\`${word}\` is configuration, and nothing says that it is the same everywhere`;
const sized = 'it is sized for the environment';
const stored = 'storage is sized and placed for the environment';
const reached = 'how it is reached is up to the environment';
const placed = 'where its pods run is up to the cluster';
const pulled = 'how images are pulled is up to the cluster';
const marked = 'how its objects are marked is up to the environment';
const timed = 'when it runs is up to the environment';
const images = 'images are what is promoted';

const table: readonly (readonly [path: string, kind: string, why: string])[] = [
  ['release', 'carry', 'the release is what is promoted'],
  ['parameters.version', 'carry', 'its System says `promote: carry`'],
  ['parameters.epochs', 'hold', 'its System says `promote: hold`'],
  ['parameters.domain', 'local', 'its System says `promote: local`'],
  ['parameters.level', 'hold', 'its System does not say what promotion does with it'],
  ['parameters.other', 'hold', 'its System does not declare it'],
  ['parameters.constructor', 'hold', 'its System does not declare it'],
  ['profiles', 'local', 'each environment chooses its own profiles'],
  ['namespace', 'local', 'where its objects lie and how they are marked is up to the environment'],
  ['labels', 'local', 'where its objects lie and how they are marked is up to the environment'],
  ['freeze', 'local', 'when it is synced is up to the environment'],
  ['after', 'local', 'when it is synced is up to the environment'],
  ['budget', 'local', 'what it may request is up to the environment'],
  ['notSecret', 'local', 'a waiver is about what stands in the environment'],
  ['patches', 'hold', 'a patch says of one environment what the language cannot'],
  ['env.group.KEY', 'hold', configuration('env')],
  ['config.app', 'hold', configuration('config')],
  ['objects.extra', 'hold', configuration('objects')],
  ['components.web', 'hold', 'one of them takes the component away'],
  ['components.web.image', 'carry', images],
  ['components.web.sidecars.proxy.image', 'carry', images],
  ['components.web.initContainers.migrate.image', 'carry', images],
  ['components.web.sidecars.proxy.resources', 'local', sized],
  ['components.web.sidecars.proxy.imagePullPolicy', 'local', pulled],
  ['components.web.sidecars.proxy.env', 'hold', configuration('sidecars')],
  ['components.web.sidecars.proxy', 'hold', configuration('sidecars')],
  ['components.web.initContainers', 'hold', configuration('initContainers')],
  ...each('replicas resources autoscale disruptionBudget gpu parallelism completions', 'local', sized),
  ...each('external', 'local', 'what runs outside of the cluster lies elsewhere for each environment'),
  ...each('ingress service services url network hostAliases dnsPolicy', 'local', reached),
  ...each('nodeSelector tolerations affinity spread topologySpreadConstraints', 'local', placed),
  ...each('priorityClassName runtimeClassName', 'local', placed),
  ...each('imagePullPolicy imagePullSecrets', 'local', pulled),
  ...each('labels annotations podLabels podAnnotations', 'local', marked),
  ...each('schedule timeZone suspend', 'local', timed),
  ...each('volumes.data.size volumes.data.persistent volumes.data.storageClass volumes.data.accessModes', 'local', stored),
  ...each('volumes.data.claimName volumes.data.emptyDir volumes.data.source', 'local', stored),
  ...['mountPath', 'config', 'secret', 'readOnly'].map(
    (word) => [`components.web.volumes.data.${word}`, 'hold', configuration('volumes')] as const,
  ),
  ['components.web.volumes.data', 'hold', configuration('volumes')],
  ...['enabled', 'command', 'args', 'ports', 'probes', 'needs', 'runAs', 'strategy', 'workload'].map(
    (word) => [`components.web.${word}`, 'hold', configuration(word)] as const,
  ),
  ['components.web.env.LEVEL', 'hold', configuration('env')],
  ['components.web.env', 'hold', configuration('env')],
];

function each(words: string, kind: string, why: string): (readonly [string, string, string])[] {
  return words.split(' ').map((word) => [`components.web.${word}`, kind, why] as const);
}

describe('the class of a field', () => {
  test.each(table)('%s is %s', (path, kind, why) => {
    expect(classOf(path.split('.'), system)).toEqual({ class: kind, why });
  });

  test('words of the language only are sized and placed', () => {
    const known = new Set(Object.keys(componentSchema(language('written')).shape));
    const named = table.flatMap(([path]) => /^components\.web\.(\w+)/.exec(path)?.[1] ?? []);
    expect(named.filter((word) => !known.has(word))).toEqual([]);
    expect(Object.keys(layerFields(language('written')))).toEqual(['parameters', 'env', 'config', 'components', 'objects']);
  });

  test('without a System nothing of a parameter is known', () => {
    expect(classOf(['parameters', 'version'], undefined).class).toBe('hold');
  });
});

/** What differs as `class name`, a `+` before what goes along. */
function told(source: SystemSettings, target: SystemSettings, include: readonly string[] = []) {
  const { fields } = transfer(source, target, system, include, []);
  return fields.map(({ name, class: kind, taken }) => `${taken ? '+' : '-'}${kind} ${name}`);
}

const edits = (source: SystemSettings, target: SystemSettings, include: readonly string[] = []) =>
  transfer(source, target, system, include, ['systems', 'shop']).edits;

describe('what goes from one entry into another', () => {
  test('what is the same in both is no difference, in whatever order', () => {
    const one: SystemSettings = { release: '1', parameters: { level: 'a', epochs: 1 }, profiles: ['x'] };
    expect(told(one, { profiles: ['x'], parameters: { epochs: 1, level: 'a' }, release: '1' })).toEqual([]);
    expect(told({ parameters: {} }, { components: { web: {} } })).toEqual([]);
  });

  test('the order is that of the source, then of the target', () => {
    const source: SystemSettings = { release: '2', components: { web: { replicas: 2 } }, parameters: { level: 'a' } };
    expect(told(source, { parameters: { epochs: 1 }, release: '1', profiles: ['x'] })).toEqual([
      '+carry release',
      '-local components.web.replicas',
      '-hold parameters.level',
      '-hold parameters.epochs',
      '-local profiles',
    ]);
  });

  test('what one side does not have is set there, or taken out', () => {
    const image = { components: { web: { image: 'a:2', sidecars: { proxy: { image: 'b:2' } } } } };
    const base = ['systems', 'shop', 'components', 'web'];
    expect(edits(image, {})).toEqual([
      { path: [...base, 'image'], value: 'a:2' },
      { path: [...base, 'sidecars', 'proxy', 'image'], value: 'b:2' },
    ]);
    expect(edits({}, image)).toEqual([
      { path: [...base, 'image'], remove: true },
      { path: [...base, 'sidecars', 'proxy', 'image'], remove: true },
    ]);
  });

  test('null is a value of its own', () => {
    const path = ['systems', 'shop', 'parameters', 'version'];
    expect(edits({ parameters: { version: null } }, {})).toEqual([{ path, value: null }]);
    expect(edits({}, { parameters: { version: null } })).toEqual([{ path, remove: true }]);
    expect(edits({ parameters: { version: null } }, { parameters: { version: null } })).toEqual([]);
  });

  test('an image does not bring back a component that the target has taken away', () => {
    const with_: SystemSettings = { components: { web: { image: 'a:2', replicas: 2 } } };
    const without = { components: { web: null } } as unknown as SystemSettings;
    expect(told(with_, without)).toEqual(['-hold components.web']);
    expect(edits(with_, without, ['components.web'])).toEqual([
      { path: ['systems', 'shop', 'components', 'web'], value: { image: 'a:2', replicas: 2 } },
    ]);
    expect(edits(without, with_)).toEqual([]);
    expect(edits(without, with_, ['components.web'])).toEqual([{ path: ['systems', 'shop', 'components', 'web'], value: null }]);
    expect(edits({}, without, ['components.web'])).toEqual([{ path: ['systems', 'shop', 'components', 'web'], remove: true }]);
  });

  test('lists and what lies deep go as a whole', () => {
    const env = (value: unknown) =>
      ({ components: { web: { env: { LIST: { secretKeyRef: { name: value } } } } } }) as SystemSettings;
    expect(told(env('a'), env('b'))).toEqual(['-hold components.web.env.LIST']);
    expect(edits({ patches: [] }, { patches: undefined } as SystemSettings, ['patches'])).toEqual([
      { path: ['systems', 'shop', 'patches'], value: [] },
    ]);
  });

  test('of a volume the size stays, and what is mounted waits', () => {
    const volume = (size: string, config: string) => ({ components: { db: { volumes: { data: { size, config } } } } });
    expect(told(volume('1Gi', 'a') as SystemSettings, volume('2Gi', 'b') as SystemSettings)).toEqual([
      '-local components.db.volumes.data.size',
      '-hold components.db.volumes.data.config',
    ]);
  });
});

describe('--include', () => {
  const source = {
    parameters: { epochs: 1, level: 'a', domain: 'x' },
    env: { common: { 'a.b': '1', 'a.c': '2' } },
    config: { app: { data: 1 }, 'app.yaml': { data: 2 } },
  } as unknown as SystemSettings;
  const taken = (...include: string[]) =>
    transfer(source, {}, system, include, [])
      .fields.filter((field) => field.taken)
      .map(({ name }) => name);

  test.each([
    [['parameters.epochs'], ['parameters.epochs']],
    [['parameters.epoch'], []],
    [['parameters'], ['parameters.epochs', 'parameters.level']],
    [['parameters.domain'], []],
    [['env.common.a.b'], ['env.common.a.b']],
    [['env.common'], ['env.common.a.b', 'env.common.a.c']],
    [['env.common.a'], []],
    [['config.app'], ['config.app']],
    [['config.app.yaml'], ['config.app.yaml']],
    [[''], []],
    [['param'], []],
  ])('%j takes %j', (include, fields) => {
    expect(taken(...include)).toEqual(fields);
  });

  test('a key with dots is one step of the way', () => {
    const [field] = transfer(source, {}, system, [], []).fields.filter(({ name }) => name === 'env.common.a.b');
    expect(field?.path).toEqual(['env', 'common', 'a.b']);
    expect(field !== undefined && names('env.common.a', field)).toBe(false);
  });
});
