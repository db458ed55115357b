import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { compiler, schemas } from '../../src/build-facts.ts';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import { diagnosticToJson, formatDiagnostic } from '../../src/diagnostics/format-diagnostic.ts';
import { describePlace } from '../../src/model/source-file.ts';
import { looksLikeSecret } from '../../src/plaintext/find-secrets.ts';
import { releaseDigest } from '../../src/read/read-release.ts';
import { run } from '../../src/run.ts';
import { writeTree } from '../golden/case-folders.ts';
import { compileFleet } from '../support/compile-fleet.ts';
import { asBytes, type Files } from '../support/fleet-files.ts';
import { sealedText } from '../support/sealed-text.ts';
import { filler, secrets } from './samples.ts';

const head = (kind: string, name: string) => `apiVersion: stowage.dev/v1\nkind: ${kind}\nmetadata: {name: ${name}}\nspec:\n`;

interface Words {
  readonly system?: string;
  readonly environment?: string;
  readonly entry?: string;
  readonly cluster?: string;
  readonly fleet?: string;
  readonly more?: Files;
}

/** One System in one environment; each word is YAML at the indentation of its place. */
function fleetOf({ system = '', environment = '', entry = '', cluster = '', fleet = '', more = new Map() }: Words): Files {
  return new Map([
    ['stowage.yaml', `${head('Fleet', 'small')}  repository: {url: "https://git.example.com/small.git"}\n${fleet}`],
    ['systems/shop/system.yaml', `${head('System', 'shop')}  components: {web: {image: "example/web:1.0.0"}}\n${system}`],
    ['clusters/dev/cluster.yaml', `${head('Cluster', 'dev')}  kubernetes: "1.35"\n${cluster}`],
    [
      'clusters/dev/dev.yaml',
      `${head('Environment', 'dev')}${environment}  systems:\n    shop:\n      labels: {team: shop}\n${entry}`,
    ],
    ...more,
  ]);
}

const system = (words: string) => ({ more: new Map([['systems/shop/system.yaml', `${head('System', 'shop')}${words}`]]) });
const web = (env: string) => `  components: {web: {image: "example/web:1.0.0", env: {${env}}}}\n`;

function told(words: Words): string[] {
  return compileFleet(fleetOf(words)).diagnostics.map(({ code, place }) => `${code} ${describePlace(place)}`);
}

test('a fleet without secrets has nothing to tell', () => {
  expect(told({})).toEqual([]);
});

describe('every input is looked through', () => {
  const url = 'postgresql://shop:correct-horse@db/shop';
  test.each([
    ['the fleet', { fleet: `  description: ${url}\n` }, 'stowage.yaml:6:34'],
    ['a cluster', { cluster: `  description: ${url}\n` }, 'clusters/dev/cluster.yaml:6:34'],
    ['an environment', { environment: `  description: ${url}\n` }, 'clusters/dev/dev.yaml:5:34'],
    ['an entry', { entry: '      components: {web: {env: {A: 1, SMTP_PASSWORD: hunter2}}}\n' }, 'clusters/dev/dev.yaml:8:53'],
    [
      'a patch',
      {
        entry: `      patches: [{target: {kind: Deployment, name: shop-web}, reason: x, json: [{op: add, path: /metadata/annotations, value: {token: "${'a1b2-'.repeat(4)}"}}]}]\n`,
      },
      'clusters/dev/dev.yaml:8:135',
    ],
    ['a System', system(web('SMTP_PASSWORD: hunter2')), 'systems/shop/system.yaml:5:71'],
    ['a comment', { cluster: `# ${url}\n` }, 'clusters/dev/cluster.yaml:6:21'],
    ['a key', { entry: `      components: {web: {annotations: {"${filler(40)}": x}}}\n` }, 'clusters/dev/dev.yaml:8:41'],
    [
      'a file',
      { more: new Map([['systems/shop/files/a/app.ini', 'a=1\npassword = hunter2\n']]) },
      'systems/shop/files/a/app.ini:2:12',
    ],
    ['a number', system(web('PIN: 1, PGPASSWORD: 0012345')), 'systems/shop/system.yaml:5:76'],
  ])('%s', (_, words, place) => {
    expect(told(words).filter((one) => one.startsWith('plaintext-secret'))).toEqual([`plaintext-secret ${place}`]);
  });

  test('a cluster on which nothing runs', () => {
    const more = new Map([
      ['clusters/far/cluster.yaml', `${head('Cluster', 'far')}  kubernetes: "1.35"\n  description: ${url}\n`],
    ]);
    expect(told({ more })).toEqual(['plaintext-secret clusters/far/cluster.yaml:6:34']);
  });

  test('what is sealed, apart from the ciphertext', () => {
    const sealed = (data: string) =>
      `apiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\nmetadata:\n  name: shop-db\n  namespace: shop\n  annotations: {stowage.dev/sealed: "password: mac=${filler(40)}"}\nspec:\n  encryptedData: {password: ${sealedText('password')}}\n  template: {${data}}\n`;
    const words = (data: string) => ({
      cluster: '  customResources: [bitnami.com/v1alpha1/SealedSecret]\n',
      more: new Map([
        [
          'systems/shop/system.yaml',
          `${head('System', 'shop')}  secrets: {db: {keys: {password: {}}}}\n${web('A: "${secrets.db.password}"')}`,
        ],
        ['clusters/dev/sealed/dev/shop/db.yaml', sealed(data)],
      ]),
    });
    const found = (data: string) => told(words(data)).filter((one) => /^(?:plaintext-secret|not-sealed)/.test(one));
    expect(found('type: Opaque')).toEqual([]);
    // A key that is declared is told once, by whoever knows that it should be sealed.
    expect(found('data: {password: hunter2}')).toEqual(['not-sealed clusters/dev/sealed/dev/shop/db.yaml:9:31']);
    expect(found('data: {apiPassword: hunter2}')).toEqual(['plaintext-secret clusters/dev/sealed/dev/shop/db.yaml:9:34']);
  });

  test('a private key beside a certificate', () => {
    const block = (what: string) => `-----BEGIN ${what}-----\n${'abcd'.repeat(16)}\n-----END ${what}-----\n`;
    const found = (text: string) => told({ more: new Map([['clusters/dev/sealing.pem', text]]) });
    expect(found(block('CERTIFICATE'))).toEqual([]);
    expect(found(block('CERTIFICATE') + block('PRIVATE KEY'))).toEqual(['plaintext-secret clusters/dev/sealing.pem:4:1']);
  });

  test('the declared default of a key is no secret', () => {
    const secretsWord = '  secrets: {db: {keys: {password: {default: nobody}, user: {default: shop}}}}\n';
    expect(told(system(secretsWord + web('A: b')))).toEqual([]);
  });
});

describe('what expressions make of harmless inputs', () => {
  const parameters = '  parameters: {code: {type: string, default: hunter2}, user: {type: string, default: shop}}\n';

  test('is told once, where the value was written', () => {
    expect(told(system(`${parameters}${web('A: x, SMTP_PASSWORD: "${parameters.code}"')}`))).toEqual([
      'plaintext-secret systems/shop/system.yaml:5:46',
    ]);
  });

  test('is told where it is put together', () => {
    expect(told(system(`${parameters}${web('DB: "${\'postgresql://\' + parameters.user}:staple@db"')}`))).toEqual([
      'plaintext-secret systems/shop/system.yaml:6:60',
    ]);
  });

  test('is looked for in all of an object, such as the options of a volume', () => {
    const volumes =
      'volumes: {share: {mountPath: /share, source: {csi: {driver: example, volumeAttributes: {password: "${parameters.code}"}}}}}';
    const components = `  components: {web: {image: "example/web:1.0.0", ${volumes}}}\n`;
    expect(told(system(parameters + components))).toEqual(['plaintext-secret systems/shop/system.yaml:5:46']);
  });

  test('is looked for in config files', () => {
    const config =
      '  config: {app: {app.properties: {properties: {db.login: "${parameters.user}", db.password: "${parameters.code}"}}}}\n';
    const components = '  components: {web: {image: "example/web:1.0.0", volumes: {app: {config: app, mountPath: /etc/app}}}}\n';
    expect(told(system(parameters + config + components))).toEqual(['plaintext-secret systems/shop/system.yaml:6:34']);
  });

  test('is not told again where its input was told or waived', () => {
    const config = '  config: {app: {app.properties: {properties: {db.login: "${parameters.user}", db.password: hunter2}}}}\n';
    const components = '  components: {web: {image: "example/web:1.0.0", volumes: {app: {config: app, mountPath: /etc/app}}}}\n';
    const parametersOnly = '  parameters: {user: {type: string, default: shop}}\n';
    expect(told(system(parametersOnly + config + components))).toHaveLength(1);
    const waiver = '  notSecret: [{at: config.app.app.properties, reason: A server of tests}]\n';
    expect(told(system(parametersOnly + config + components + waiver))).toEqual([]);
  });
});

describe('a waiver', () => {
  const waiver = (at: string) => `notSecret: [{at: "${at}", reason: It opens a test server}]\n`;

  test.each([
    ['of the fleet', { fleet: `  description: password=hunter2\n  ${waiver('description')}` }],
    ['of a cluster', { cluster: `  description: password=hunter2\n  ${waiver('description')}` }],
    ['of an environment', { environment: `  description: password=hunter2\n  ${waiver('description')}` }],
    ['of an environment for a system', { environment: `  ${waiver('systems.shop.labels')}`, entry: '' }, 'unused-waiver'],
    ['of a System', system(`${web('SMTP_PASSWORD: hunter2')}  ${waiver('components.web.env.SMTP_PASSWORD')}`)],
    ['of a component', system(`${web('SMTP_PASSWORD: hunter2')}  ${waiver('components.web')}`)],
    [
      'of an item',
      system(
        `  components: {web: {image: "example/web:1.0.0", args: [--password, hunter2]}}\n  ${waiver('components.web.args[1]')}`,
      ),
    ],
    [
      'of an entry',
      { entry: `      components: {web: {env: {PGPASSWORD: hunter2}}}\n      ${waiver('components.web.env.PGPASSWORD')}` },
    ],
    [
      'of an entry, into the System',
      { ...system(web('SMTP_PASSWORD: hunter2')), entry: `      ${waiver('components.web.env.SMTP_PASSWORD')}` },
    ],
    [
      'of what is computed',
      {
        ...system(`  parameters: {code: {type: string, default: hunter2}}\n${web('SMTP_PASSWORD: "${parameters.code}"')}`),
        entry: `      ${waiver('parameters.code')}`,
      },
    ],
    ['that waives nothing', { entry: `      ${waiver('labels.team')}` }, 'unused-waiver'],
    ['that leads nowhere', { entry: `      ${waiver('labels.tame')}` }, 'unknown-reference'],
    ['of a cluster that leads nowhere', { cluster: `  ${waiver('domain')}` }, 'unknown-reference'],
    ['without a reason', { cluster: '  description: a\n  notSecret: [{at: description, reason: " "}]\n' }, 'wrong-type'],
  ] as [string, Words, string?][])('%s', (_, words, code) => {
    expect(told(words).map((one) => one.split(' ')[0])).toEqual(code === undefined ? [] : [code]);
  });

  test('of a file', () => {
    const file = new Map([['systems/shop/files/app.ini', 'password = hunter2\n']]);
    const words = (at: string) => ({ more: new Map([...file, ...system(`${web('A: b')}  ${waiver(at)}`).more]) });
    expect(told(words('files/app.ini'))).toEqual([]);
    expect(told(words('files/other.ini'))).toHaveLength(2);
  });

  test('of an environment opens a frozen release to itself only', () => {
    const document = `${head('System', 'shop')}${web('SMTP_PASSWORD: hunter2')}`;
    const folder = 'systems/shop/releases/1.0.0';
    const files = asBytes(new Map([[`${folder}/system.yaml`, document]]));
    const digest = releaseDigest(files, { documentPath: `${folder}/system.yaml`, files: new Map() });
    const frozen: Files = new Map([
      [`${folder}/system.yaml`, document],
      [`${folder}/release.yaml`, `${head('Release', '1.0.0')}  system: shop\n  digest: ${digest}\n`],
    ]);
    const at = 'components.web.env.SMTP_PASSWORD';
    const entry = `      release: 1.0.0\n      ${waiver(at)}`;
    const other = `${head('Environment', 'other')}  systems: {shop: {release: 1.0.0, namespace: other}}\n`;
    expect(told({ more: frozen }), 'nobody runs it').toEqual([`plaintext-secret ${folder}/system.yaml:5:71`]);
    expect(told({ entry, more: frozen })).toEqual([]);
    const { diagnostics } = compileFleet(fleetOf({ entry, more: new Map([...frozen, ['clusters/dev/other.yaml', other]]) }));
    expect(diagnostics.map(({ code, overlays }) => [code, overlays])).toEqual([['plaintext-secret', ['overlays/other/shop']]]);
  });
});

describe('a second run', () => {
  async function twice(words: Words, change?: (folder: string) => void): Promise<string[][]> {
    const fleet = mkdtempSync(join(tmpdir(), 'stowage-plaintext-'));
    const codes: string[][] = [];
    try {
      writeTree(fleet, new Map(fleetOf(words)) as never);
      for (const round of [1, 2]) {
        if (round === 2) change?.(fleet);
        const { diagnostics } = await run({
          fleet,
          mode: 'write',
          verify: false,
          overwrite: [],
          selected: () => true,
          options: { compiler, schemas },
          environment: {},
        });
        codes.push(diagnostics.map(({ code }) => code));
      }
      return codes;
    } finally {
      rmSync(fleet, { recursive: true, force: true });
    }
  }

  test.each([
    ['fleet', { fleet: '  description: a\n  notSecret: [{at: description, reason: x}]\n' }],
    ['cluster', { cluster: '  description: a\n  notSecret: [{at: description, reason: x}]\n' }],
    ['environment', { environment: '  description: a\n  notSecret: [{at: description, reason: x}]\n' }],
    ['entry', { entry: '      notSecret: [{at: labels, reason: x}]\n' }],
    ['System', { system: '  notSecret: [{at: components.web, reason: x}]\n' }],
  ])('tells of an idle waiver of the %s again', async (_, words) => {
    expect(await twice(words)).toEqual([['unused-waiver'], ['unused-waiver']]);
  });

  test('knows what the System waives when only the environment is made anew', async () => {
    const config = '  config: {app: {app.properties: {properties: {db.login: "${environment.name}", db.password: hunter2}}}}\n';
    const components = '  components: {web: {image: "example/web:1.0.0", volumes: {app: {config: app, mountPath: /etc/app}}}}\n';
    const words = system(`${config}${components}  notSecret: [{at: config.app, reason: A server of tests}]\n`);
    const changed = fleetOf({ ...words, entry: '      profiles: []\n' }).get('clusters/dev/dev.yaml') as string;
    expect(await twice(words, (folder) => writeFileSync(join(folder, 'clusters/dev/dev.yaml'), changed))).toEqual([[], []]);
  });

  test('sees that an environment took its waiver back', async () => {
    const words = { ...system(web('SMTP_PASSWORD: hunter2')), entry: '      notSecret: [{at: components.web, reason: x}]\n' };
    const changed = fleetOf({}).get('clusters/dev/dev.yaml') as string;
    expect(await twice(words, (folder) => writeFileSync(join(folder, 'clusters/dev/dev.yaml'), changed))).toEqual([
      [],
      ['plaintext-secret'],
    ]);
  });
});

describe('no diagnostic shows the secret', () => {
  /** What must not be shown: the lines of what was found, as far as they say anything. */
  function secretLines(name: string | undefined, text: string): string[] {
    const finding = looksLikeSecret(name, text);
    const lines = text.slice(finding?.start, finding?.end).split(/\n|\\n/);
    return lines.filter((line) => line.length > 2 && !line.startsWith('-----'));
  }

  function shown(diagnostics: readonly Diagnostic[]): string {
    return diagnostics.map((one) => `${formatDiagnostic(one)}\n${JSON.stringify(diagnosticToJson(one))}`).join('\n');
  }

  const quoted = (text: string) => JSON.stringify(text.replaceAll('${', '$${'));
  const places: [string, (name: string, text: string) => Words][] = [
    ['in a variable', (name, text) => system(web(`${quoted(name)}: ${quoted(text)}`))],
    [
      'in a parameter that does not fit',
      (name, text) => ({
        ...system(`  parameters: {p: {type: object, default: {}}}\n${web('A: b')}`),
        entry: `      parameters: {p: {${quoted(name)}: ${quoted(text)}}, q: {${quoted(name)}: ${quoted(text)}}}\n`,
      }),
    ],
    [
      'where a number belongs',
      (name, text) => ({ entry: `      components: {web: {replicas: ${quoted(text)}, ${quoted(name)}: ${quoted(text)}}}\n` }),
    ],
    ['in a file that is no YAML', (name, text) => ({ cluster: `  ${name}: ${quoted(text)} }}]\n  - x\n` })],
    ['in a field that does not exist', (name, text) => ({ cluster: `  ${name}: ${quoted(text)}\n` })],
    ['beside an error', (name, text) => system(web(`${quoted(name)}: ${quoted(text)}, B: "\${parameters.none}"`))],
  ];
  const samples = secrets.filter(([, name]) => name !== undefined) as [string, string, string][];

  describe.each(places)('%s', (_, words) => {
    test.each(samples)('%s', (_what, name, text) => {
      const { diagnostics } = compileFleet(fleetOf(words(name, text)));
      const lines = secretLines(name, text);
      expect(lines.length).toBeGreaterThan(0);
      const all = shown(diagnostics);
      expect(all).not.toBe('');
      for (const line of lines) expect(all).not.toContain(line);
    });
  });
});
