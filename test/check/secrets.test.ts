import { describe, expect, test } from 'vitest';
import { schemas } from '../../src/build-facts.ts';
import { compile } from '../../src/compile/compile.ts';
import { throwawayCertificate, throwawayText } from '../sealing/throwaway.ts';
import { type CompiledFleet, compileFleet } from '../support/compile-fleet.ts';
import { asBytes, type Files } from '../support/fleet-files.ts';
import { sealedText } from '../support/sealed-text.ts';

const head = (kind: string, name: string) => `apiVersion: stowage.dev/v1\nkind: ${kind}\nmetadata: { name: ${name} }\n`;

interface Fleet {
  readonly facts?: string;
  readonly secrets?: string;
  readonly env?: string;
  readonly sealed?: string;
  readonly files?: Record<string, string>;
}

/** One System with one secret that one component reads, in an environment of a stage that is protected. */
function filesOf({ facts = '', secrets, env, sealed, files = {} }: Fleet): Files {
  const declared = secrets ?? '{ db: { keys: { user: { default: shop }, password: {} } } }';
  return new Map([
    [
      'stowage.yaml',
      `${head('Fleet', 'f')}spec: { repository: { url: "https://git.example.com/f.git" }, stages: { prod: { protected: true } } }\n`,
    ],
    [
      'clusters/dev/cluster.yaml',
      `${head('Cluster', 'dev')}spec: { kubernetes: "1.35", customResources: [bitnami.com/v1alpha1/SealedSecret, external-secrets.io/v1/ExternalSecret]${facts === '' ? '' : `, ${facts}`} }\n`,
    ],
    ['clusters/dev/dev.yaml', `${head('Environment', 'dev')}spec: { stage: prod, systems: { shop: {} } }\n`],
    [
      'systems/shop/system.yaml',
      `${head('System', 'shop')}spec: { parameters: { count: { type: integer, default: 1 } }, secrets: ${declared}, components: { web: { image: "example/web:1", env: ${env ?? '{ PASSWORD: "${secrets.db.password}" }'} } } }\n`,
    ],
    ...(sealed === undefined ? [] : [['clusters/dev/sealed/dev/shop/db.yaml', sealed] as const]),
    ...Object.entries(files),
  ]);
}

const fleet = (one: Fleet) => compileFleet(filesOf(one));
// The head of a System in a protected stage is a problem of its own.
const problems = (compiled: Pick<CompiledFleet, 'diagnostics'>) =>
  compiled.diagnostics
    .filter(({ code }) => code !== 'unfrozen-release')
    .map(({ code, severity, message }) => `${severity} ${code}: ${message}`);

function sealedFile(metadata: string, data = `{ password: ${sealedText('password')} }`, template = ''): string {
  return `apiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\nmetadata: { ${metadata} }\nspec: { encryptedData: ${data}${template} }\n`;
}

const here = 'name: shop-db, namespace: shop';
const wide = (scope: string) => `annotations: { sealedsecrets.bitnami.com/${scope}-wide: "true" }`;

describe('a sealed file', () => {
  test.each([
    [here, undefined],
    ['name: shop-db, namespace: other', /^error sealed-elsewhere: .* namespace `other` \(scope strict\), .* in `shop`$/],
    ['name: other, namespace: shop', /^error sealed-elsewhere: .* name `other` \(scope strict\), .* as `shop-db`$/],
    ['name: shop-db', /^error sealed-elsewhere: .* a namespace that the file does not name .* in `shop`$/],
    [`name: other, namespace: shop, ${wide('namespace')}`, undefined],
    [`name: other, namespace: other, ${wide('namespace')}`, /^error sealed-elsewhere: .* \(scope namespace-wide\)/],
    [`name: other, namespace: other, ${wide('cluster')}`, undefined],
  ])('of { %s }', (metadata, problem) => {
    const found = problems(fleet({ sealed: sealedFile(metadata) }));
    expect(found).toEqual(problem === undefined ? [] : [expect.stringMatching(problem)]);
  });

  test.each([
    ['{ password: aHVudGVyMg== }', '', /`password` under encryptedData is no sealed value/],
    ['{ password: 12345 }', '', /`password` under encryptedData is no sealed value/],
    [undefined, ', template: { data: { password: hunter2 } }', /the template has `password` as plain text/],
    [undefined, ', template: { data: { user: somebody } }', undefined],
    [undefined, ', template: { data: { password: "x{{ .other }}" } }', undefined],
  ])('with %s%s', (data, template, problem) => {
    const { diagnostics } = fleet({ sealed: sealedFile(here, data, template) });
    const found = diagnostics.filter(({ code }) => code === 'not-sealed');
    expect(found.map(({ message }) => message)).toEqual(problem === undefined ? [] : [expect.stringMatching(problem)]);
    for (const { masked, message } of found) expect([masked, /hunter2|aHVudGVyMg|12345/.test(message)]).toEqual([true, false]);
  });
});

describe('a secret that is not sealed', () => {
  const missing = ['warning unsealed-secret: shop has no value for `password` of secret `db`'];

  test('is told in a protected stage', () => {
    expect(problems(fleet({}))).toEqual(missing);
    expect(problems(fleet({ sealed: sealedFile(here, '{}') }))).toEqual(missing);
    expect(problems(fleet({ sealed: sealedFile(here) }))).toEqual([]);
  });

  test('is nobody’s business where nobody reads it', () => {
    expect(problems(fleet({ env: '{}' }))).toEqual([]);
  });

  test('is elsewhere named in the overlay only', () => {
    const files = new Map([
      ...filesOf({}),
      ['clusters/dev/dev.yaml', `${head('Environment', 'dev')}spec: { systems: { shop: {} } }\n`],
    ]);
    const compiled = compileFleet(files);
    expect(problems(compiled)).toEqual([]);
    expect(compiled.outputs.get('overlays/dev/shop/secrets.yaml')).toContain('stowage.dev/missing-keys: password');
  });

  test('is taken for sealed by who is about to seal it, also by rules of the System', () => {
    const files = new Map(filesOf({}));
    const system = files.get('systems/shop/system.yaml') as string;
    const rule = 'validations: [{ rule: "secrets.db.password.sealed", message: seal it }]';
    files.set('systems/shop/system.yaml', system.replace('spec: {', `spec: { ${rule},`));
    expect(problems(compileFleet(files))).toContain('error validation-failed: seal it');
    expect(problems(compile(asBytes(files), { compiler: 'test', schemas, assumeSealed: true }))).toEqual([]);
  });

  test('lies outside where the cluster has a store for it', () => {
    const facts = 'secrets: external-secrets, externalSecrets: { store: vault, path: "a/${secret}" }';
    expect(problems(fleet({ facts }))).toEqual([]);
  });
});

describe('a composed key', () => {
  const composed = (text: string) => `{ db: { keys: { password: {}, url: { compose: ${JSON.stringify(text)} } } } }`;
  const env = '{ URL: "${secrets.db.url}" }';
  const sealed = (digest: string) =>
    sealedFile(
      `${here}, annotations: { stowage.dev/sealed: "url: certificate=3f2a9c0d11e2f3a4 since=2026-11-21${digest}" }`,
      `{ password: ${sealedText('password')}, url: ${sealedText('url')} }`,
    );

  test.each([
    ['${parameters.count}', /^error expression-type: a secret is composed as text, and this is of type int$/],
    ['${secrets.db.pasword}', /^error expression-type: .*pasword/],
    ['${secrets.db.url}', /^error expression-cycle: /],
    ['a ${', /^error expression-syntax: /],
  ])('%s', (text, problem) => {
    expect(problems(fleet({ secrets: composed(text), env }))).toEqual([expect.stringMatching(problem)]);
  });

  test('is stale when its text is another than the record says', () => {
    const secrets = composed('x:${secrets.db.password}:${string(parameters.count)}');
    const stale = ['warning stale-composition: `db/url` was sealed as another text than `compose` gives now'];
    expect(problems(fleet({ secrets, env, sealed: sealed(' text=90ab12cd34ef5678') }))).toEqual(stale);
    // kubeseal writes no record, and of an unknown text nothing can be said.
    expect(problems(fleet({ secrets, env, sealed: sealed('') }))).toEqual([]);
  });
});

describe('a declaration', () => {
  const key = (words: string) => `{ db: { keys: { password: { ${words} }, other: {} } } }`;

  test.each([
    ['generate: {}', /`spec.secrets.db.keys.password.generate` must say exactly one of base64, hex, .*, htpasswd$/],
    ['generate: { hex: 3, length: 3 }', /must say exactly one of .*, and says hex and length$/],
    ['generate: { hex: 3, alphabet: ab }', /`spec.secrets.db.keys.password.generate.alphabet` must stand beside `length`/],
    ['generate: { keyPair: ed25519, bits: 3072 }', /bits` must stand beside `keyPair: rsa`: keys of ed25519 have one size/],
    ['generate: { length: 3, alphabet: aa }', /alphabet` must have at least two different characters/],
    ['generate: { hex: 3 }, compose: x', /compose` must stand alone: it gives the value, and so does generate/],
    ['generate: { publicKeyOf: othr }', /unknown-reference: secret `db` has no key `othr`/],
    ['generate: { bcryptOf: password }', /secret-declaration: .* made of each other: password of password/],
    ['generate: { htpasswd: { user: a, passwordOf: other } }', undefined],
    ['generate: { length: 12, alphabet: "ab" }', undefined],
  ])('%s', (words, problem) => {
    const found = problems(fleet({ secrets: key(words), env: '{}' }));
    expect(found).toEqual(problem === undefined ? [] : [expect.stringMatching(problem)]);
  });
});

describe('what a cluster says of its secrets', () => {
  const pem = (file: string) => ({ 'clusters/dev/sealing.pem': throwawayText(file) });
  const named = 'sealing: { certificate: sealing.pem }';
  const pinned = (pin: string) => `sealing: { certificate: sealing.pem, sha256: "${pin}" }`;
  const { fingerprint } = throwawayCertificate('valid');

  test.each<[string, Record<string, string>, RegExp | undefined]>([
    [named, pem('valid.pem'), undefined],
    [pinned(fingerprint), pem('valid.pem'), undefined],
    [pinned(fingerprint.toUpperCase().replace(/..(?!$)/g, '$&:')), pem('valid.pem'), undefined],
    [pinned(fingerprint), pem('other.pem'), /sealing-certificate: .* is pinned/],
    [`sealing: { certificate: ${JSON.stringify(throwawayText('valid.pem'))} }`, {}, undefined],
    // Compiling gives the same on every day.
    [named, pem('expired.pem'), undefined],
    [named, pem('elliptic.pem'), /sealing-certificate: .* works with RSA/],
    [named, { 'clusters/dev/sealing.pem': 'no certificate' }, /sealing-certificate: this is no certificate/],
    [
      named,
      { 'clusters/dev/sealin.pem': throwawayText('valid.pem') },
      /unknown-reference: there is no file clusters\/dev\/sealing.pem/,
    ],
    ['sealing: { certificate: ../sealing.pem }', {}, /must be the name of a .pem file beside cluster.yaml/],
    ['sealing: { certificate: sealing.pem, sha256: abc }', pem('valid.pem'), /must be a SHA-256 fingerprint/],
    ['secrets: external-secrets', {}, /`spec.secrets` must come with `externalSecrets: /],
    ['externalSecrets: { store: vault, path: a }', {}, /`spec.externalSecrets` must come with `secrets: external-secrets`/],
    [
      'secrets: external-secrets, externalSecrets: { store: vault, path: "${secrets}" }',
      {},
      /path` must name only \$\{environment\}/,
    ],
  ])('%s', (facts, files, problem) => {
    const found = problems(fleet({ facts, files, env: '{}' }));
    expect(found).toEqual(problem === undefined ? [] : [expect.stringMatching(problem)]);
  });
});
