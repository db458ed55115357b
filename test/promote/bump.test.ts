import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse, parseDocument } from 'yaml';
import type { YamlEdit } from '../../src/edit/yaml-edit.ts';
import type { EnvironmentDocument } from '../../src/language/environment.ts';
import type { SystemDocument } from '../../src/language/system.ts';
import { type BumpEdits, environmentBumpEdits, headBumpEdits } from '../../src/promote/bump-edits.ts';
import { type Bump, type BumpProblem, parseBumps } from '../../src/promote/parse-bump.ts';
import { compileClean } from '../support/compile-fleet.ts';
import { type Files, repository } from '../support/fleet-files.ts';
import { smallFleet } from '../support/small-fleet.ts';

const digest = `sha256:${'0123456789abcdef'.repeat(4)}`;
const image = `ghcr.io/org/web:2.1.1@${digest}`;

test('reads components and containers with their images', () => {
  const ghcr = { registry: 'ghcr.io', repository: 'org/web', name: 'ghcr.io/org/web' };
  expect(parseBumps([`web=${image}`, `web/migrate=${image}`], { resolve: false })).toEqual([
    { component: 'web', reference: { ...ghcr, tag: '2.1.1', digest } },
    { component: 'web', container: 'migrate', reference: { ...ghcr, tag: '2.1.1', digest } },
  ]);
  expect(parseBumps(['web=ghcr.io/org/web:latest'], { resolve: true })).toEqual([
    { component: 'web', reference: { ...ghcr, tag: 'latest', digest: undefined } },
  ]);
});

test.each([
  [[], false, 'no image is given', 'write <component>=<image>'],
  [['web'], false, 'without the component', 'write <component>=<image>'],
  [['me:hunter2@ghcr.io/web'], false, 'without the component', 'write <component>=<image>'],
  [[`=${image}`], false, 'no component', 'write <component>=<image>'],
  [[`web/=${image}`], false, 'no component', 'write <component>=<image>'],
  [[`a/b/c=${image}`], false, 'no component', 'write <component>=<image>'],
  [[`Web=${image}`], false, 'no component', 'write <component>=<image>'],
  [['web='], false, 'what is given for `web` is no image: it is empty', 'ghcr.io/org/web:2.1.1@sha256:…'],
  [['web=https://me:hunter2@ghcr.io/web'], true, 'no image: it is an address', 'ghcr.io/org/web:2.1.1@sha256:…'],
  [[`web=${image}`, `web=${image}`], false, '`web` is given twice', 'leave one of them out'],
  [[`web/x=${image}`, `web=${image}`, `web/x=${image}`], false, '`web/x` is given twice', 'leave one of them out'],
  [['web=ghcr.io/org/web:2.1.1'], false, 'no digest, and a tag can be moved', '--resolve'],
  [['web=ghcr.io/org/web:latest'], false, 'no digest, and `latest` moves', '--resolve'],
  [[`web=ghcr.io/org/web@sha512:${'a'.repeat(128)}`], true, 'the digest for `web` is not one of sha256', 'leave it out'],
  [['web=ghcr.io/org/web'], false, 'no tag and no digest, which means `latest`', 'write both'],
  [['web=ghcr.io/org/web'], true, 'no tag and no digest, which means `latest`', 'the tag that the registry is to be asked for'],
])('%o is refused in words, case %#', (words, resolve, problem, hint) => {
  const result = parseBumps(words, { resolve });
  expect(result).toEqual({ problem: expect.stringContaining(problem), hint: expect.stringContaining(hint) });
  expect(JSON.stringify(result)).not.toContain('hunter2');
});

const shop = parse(`
apiVersion: stowage.dev/v1
kind: System
metadata: { name: shop }
spec:
  parameters:
    registry: { type: string, default: ghcr.io/org }
    version: { type: string, default: 1.0.0 }
  components:
    web:
      image: ghcr.io/org/web:2.1.0
      initContainers:
        migrate: { image: ghcr.io/org/migrate:1.0.0 }
        same: { image: "\${self.image}" }
      sidecars:
        proxy: { image: envoy:1.30.0 }
        bare: { env: { A: b } }
    api: { image: "\${parameters.registry}/api:\${parameters.version}" }
    worker: { image: '\${components[?"api"].image}' }
    both: { image: '\${parameters["registry"]}/\${components.?api.image}' }
    odd: { image: "\${string(1)}" }
    broken: { image: "\${string(1)" }
    money: { image: "$\${x}" }
    database: { external: { host: pg.example.com } }
    imageless: { replicas: 1 }
    model: { replicas: 1 }
    engine: { replicas: 1 }
  profiles:
    gpu:
      components:
        web: { image: ghcr.io/org/web-gpu:2.1.0, sidecars: { exporter: { image: exporter:1.0.0 } } }
        model: { image: ghcr.io/org/model-gpu:1 }
        engine: { image: ghcr.io/org/engine-gpu:1 }
    cpu:
      components:
        engine: { image: ghcr.io/org/engine-cpu:1 }
        imageless:
    plain: {}
`) as SystemDocument;

function bumps(...targets: string[]): readonly Bump[] {
  const read = parseBumps(
    targets.map((target) => `${target}=${image}`),
    { resolve: false },
  );
  if ('problem' in read) throw new Error(read.problem);
  return read;
}

const paths = (result: BumpEdits | BumpProblem) => {
  expect(result).not.toHaveProperty('problem');
  const { edits } = result as BumpEdits;
  for (const edit of edits) expect(edit).toHaveProperty('value', image);
  return edits.map(({ path }) => path.join('.'));
};

test.each([
  [['model'], ['spec.profiles.gpu.components.model.image']],
  [
    ['imageless', 'money'],
    ['spec.components.imageless.image', 'spec.components.money.image'],
  ],
  [
    ['web/migrate', 'web/proxy'],
    ['spec.components.web.initContainers.migrate.image', 'spec.components.web.sidecars.proxy.image'],
  ],
  [['web/bare'], ['spec.components.web.sidecars.bare.image']],
  [['web/exporter'], ['spec.profiles.gpu.components.web.sidecars.exporter.image']],
])('in the head %o are set where they stand', (targets, expected) => {
  const result = headBumpEdits(shop, bumps(...targets));
  expect(paths(result)).toEqual(expected);
  expect(result).toHaveProperty('notes', []);
});

test('in the head the image of a profile stays, and that is said', () => {
  const result = headBumpEdits(shop, bumps('web'));
  expect(paths(result)).toEqual(['spec.components.web.image']);
  expect(result).toHaveProperty('notes', ['profile `gpu` has an image of `web` of its own, which stays']);
});

test('an image that is there already is no edit', () => {
  const { edits } = headBumpEdits(shop, bumps('web/migrate', 'web')) as BumpEdits;
  const changed = apply(shop, edits);
  expect(headBumpEdits(changed, bumps('web/migrate'))).toEqual({ edits: [], notes: ['`web/migrate` has this image already'] });
});

test.each([
  ['wbe', 'System `shop` has no component `wbe`', 'did you mean `web`?'],
  ['constructor', 'System `shop` has no component `constructor`', 'known here: web'],
  ['web/migrat', 'component `web` of System `shop` has no init or side container `migrat`', 'did you mean `migrate`?'],
  ['api/web', 'component `api` of System `shop` has no init or side container `web`', 'it has none: its own image is `api=…`'],
  ['engine', 'leaves the image of `engine` to profile `gpu` and profile `cpu`', '-e <environment>'],
  ['database', 'System `shop` has no image of `database`: it is `external`', '-e <environment>'],
  [
    'api',
    'the image of `api` is an expression: System `shop` has `${parameters.registry}/api:${parameters.version}` at spec.components.api.image',
    'change the parameters `registry` and `version`, or bump it in one environment with -e <environment>',
  ],
  ['worker', 'is an expression', 'bump `api`, which it follows, or bump it in one'],
  ['both', 'is an expression', 'bump `api`, which it follows, or change the parameter `registry`, or bump it in one'],
  ['web/same', 'at spec.components.web.initContainers.same.image', 'bump `web`, which it follows, or'],
  ['odd', 'is an expression', 'change what the expression is made of, or'],
  ['broken', 'is an expression', 'change what the expression is made of, or'],
])('in the head %s is refused in words', (target, problem, hint) => {
  expect(headBumpEdits(shop, bumps('imageless', target))).toEqual({
    problem: expect.stringContaining(problem),
    hint: expect.stringContaining(hint),
  });
});

function environment(entry: string): EnvironmentDocument {
  return parse(`
apiVersion: stowage.dev/v1
kind: Environment
metadata: { name: dev }
spec: { stage: dev, systems: { stock: {}, shop: ${entry} } }
`) as EnvironmentDocument;
}

const entryOf = 'spec.systems.shop.components';

test.each([
  ['{}', ['web', 'api', 'database'], [`${entryOf}.web.image`, `${entryOf}.api.image`, `${entryOf}.database.image`]],
  [
    '{ components: }',
    ['web/proxy', 'web/same'],
    [`${entryOf}.web.sidecars.proxy.image`, `${entryOf}.web.initContainers.same.image`],
  ],
  ['{ profiles: [plain, gpu] }', ['web/exporter'], [`${entryOf}.web.sidecars.exporter.image`]],
  ['{ components: { web: { sidecars: { own: { image: x } } } } }', ['web/own'], [`${entryOf}.web.sidecars.own.image`]],
  ['{ components: { engine: { image: x:1 } } }', ['engine'], [`${entryOf}.engine.image`]],
])('in an environment with %s, %o are laid over', (entry, targets, expected) => {
  expect(paths(environmentBumpEdits(environment(entry), shop, bumps(...targets)))).toEqual(expected);
});

test.each([
  ['{}', 'wbe', 'System `shop` as it runs in environment `dev` has no component `wbe`', 'did you mean `web`?'],
  ['{ profiles: [plain, nowhere] }', 'web/exporter', 'no init or side container `exporter`', 'known here: migrate'],
  [
    '{ components: { web: } }',
    'web',
    'environment `dev` takes `web` away: spec.systems.shop.components.web is null',
    'take that out first',
  ],
  [
    '{ components: { web: { sidecars: { proxy: } } } }',
    'web/proxy',
    'takes `web/proxy` away: spec.systems.shop.components.web.sidecars.proxy is null',
    'take that out first',
  ],
  [
    '{ components: { web: { image: "${parameters.registry}/w" } } }',
    'web',
    'environment `dev` has `${parameters.registry}/w` at spec.systems.shop.components.web.image',
    'change the parameter `registry`, or take it out of environment `dev` first',
  ],
])('in an environment with %s, %s is refused in words', (entry, target, problem, hint) => {
  expect(environmentBumpEdits(environment(entry), shop, bumps(target))).toEqual({
    problem: expect.stringContaining(problem),
    hint: expect.stringContaining(hint),
  });
});

test('an environment that does not run the System is told', () => {
  const { spec, ...rest } = environment('{}');
  const other = { ...rest, spec: { ...spec, systems: { shpo: {} } } } as EnvironmentDocument;
  expect(environmentBumpEdits(other, shop, bumps('web'))).toEqual({
    problem: 'environment `dev` does not run System `shop`',
    hint: 'did you mean `shpo`?',
  });
});

test.each([
  ['{}', ['`database` lies outside of the cluster in environment `dev`, where its image is not used']],
  ['{ components: { database: { external: null } } }', []],
])('with %s it is said whether the image is used at all', (entry, notes) => {
  expect(environmentBumpEdits(environment(entry), shop, bumps('database'))).toHaveProperty('notes', notes);
});

test('an image in an environment that is there already is no edit', () => {
  const there = environment(`{ components: { web: { image: "${image}" } } }`);
  expect(environmentBumpEdits(there, shop, bumps('web'))).toEqual({ edits: [], notes: ['`web` has this image already'] });
});

const systems = readdirSync(join(repository, 'systems'));

test.each(systems)('every image of %s is set where it stands, or the words say what to do', (name) => {
  const system = parse(readFileSync(join(repository, 'systems', name, 'system.yaml'), 'utf8')) as SystemDocument;
  for (const [component, { image: before, initContainers }] of Object.entries(system.spec.components)) {
    const result = headBumpEdits(system, bumps(component));
    if (before?.includes('${')) {
      const { problem, hint } = result as BumpProblem;
      expect(problem).toContain(`\`${before}\` at spec.components.${component}.image`);
      for (const [, named = ''] of hint?.matchAll(/`([\w-]+)`/g) ?? [])
        expect([...Object.keys(system.spec.parameters ?? {}), ...Object.keys(system.spec.components)]).toContain(named);
    } else if (before !== undefined) {
      expect(paths(result)).toEqual([`spec.components.${component}.image`]);
      expect(apply(system, (result as BumpEdits).edits).spec.components[component]?.image).toBe(image);
    }
    for (const container of Object.keys(initContainers ?? {}))
      expect(headBumpEdits(system, bumps(`${component}/${container}`))).toSatisfy(
        (found: object) => 'problem' in found || 'edits' in found,
      );
  }
});

test('what the edits make compiles, and the image arrives where it was meant', () => {
  const head = read<SystemDocument>(smallFleet, 'systems/shop/system.yaml');
  const prod = read<EnvironmentDocument>(smallFleet, 'clusters/prod/prod.yaml');
  const inHead = edited(smallFleet, 'systems/shop/system.yaml', headBumpEdits(head, bumps('web')));
  const inProd = edited(smallFleet, 'clusters/prod/prod.yaml', environmentBumpEdits(prod, head, bumps('web')));
  expect(imagesIn(inHead)).toEqual({ 'dev/shop': true, 'dev/stock': false, 'prod/shop': true, 'prod/stock': false });
  expect(imagesIn(inProd)).toEqual({ 'dev/shop': false, 'dev/stock': false, 'prod/shop': true, 'prod/stock': false });
});

function imagesIn(files: Files): Record<string, boolean> {
  return Object.fromEntries(
    compileClean(files).systems.map(({ environment: name, compiled }) => [
      `${name}/${compiled.resolved.name}`,
      JSON.stringify(compiled.finished()).includes(image),
    ]),
  );
}

function read<Document>(files: Files, path: string): Document {
  return parse(String(files.get(path))) as Document;
}

function edited(files: Files, path: string, result: BumpEdits | BumpProblem): Files {
  const document = parseDocument(String(files.get(path)));
  for (const edit of (result as BumpEdits).edits) if ('value' in edit) document.setIn(edit.path, edit.value);
  return new Map([...files, [path, document.toString()]]);
}

function apply(system: SystemDocument, edits: readonly YamlEdit[]): SystemDocument {
  const document = parseDocument(JSON.stringify(system));
  for (const edit of edits) if ('value' in edit) document.setIn(edit.path, edit.value);
  return document.toJS() as SystemDocument;
}
