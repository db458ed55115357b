import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { schemas } from '../../src/build-facts.ts';
import { type RenderedDescription, renderedDescription } from '../../src/drift/rendered-description.ts';
import type { PlainObject } from '../../src/model/desired-object.ts';
import { asMap } from '../../src/model/pod-specs.ts';
import { type RenderRequest, renderFleet } from '../../src/plan/render-fleet.ts';
import type { RenderedState } from '../../src/plan/rendered-state.ts';
import { parseBuild } from '../../src/verify/parse-build.ts';
import { asBytes, type Files, temporaryFolder, withFiles } from '../support/fleet-files.ts';
import { smallFleet } from '../support/small-fleet.ts';

const remote = { url: 'https://git.example.com/fleet.git', branch: 'main', path: '' };
let environment: NodeJS.ProcessEnv;
beforeEach(() => {
  environment = { XDG_CACHE_HOME: temporaryFolder() };
});

function request(files: Files, selected: RenderRequest['selected'] = () => true, compiler = 'test'): RenderRequest {
  return { name: 'description', files: asBytes(files), options: { compiler, schemas }, selected, parse: parseBuild };
}

function render(files: Files = smallFleet, selected?: RenderRequest['selected'], compiler?: string): RenderedDescription {
  return renderedDescription(request(files, selected, compiler), remote, environment);
}

/** All that those who look for drift take of it. */
function meaning({ compiled, argocd }: RenderedDescription) {
  const { units, state, diagnostics } = compiled;
  return {
    units: new Map([...units].map(([name, { key, files, contents, facts }]) => [name, { key, files, contents, facts }])),
    ...{ overlays: state.overlays, runs: state.runs, diagnostics, argocd },
    lines: [...state.overlays].map(([overlay, objects]) => linesOf(overlay, objects, state)),
  };
}

/** Those that the number of replicas comes from. */
function linesOf(overlay: string, objects: readonly PlainObject[], { becauseOf }: RenderedState) {
  const name = String(asMap(objects.find(({ kind }) => kind === 'Deployment')?.metadata)?.name);
  return becauseOf?.(overlay, { apiVersion: 'apps/v1', kind: 'Deployment', name, path: ['spec', 'replicas'] });
}

/** The same without any memory. */
function afresh(files: Files, selected?: RenderRequest['selected']) {
  return meaning(renderedDescription(request(files, selected), remote, { XDG_CACHE_HOME: temporaryFolder() }));
}

test('a first run says what compiling says, and what is in the files of Argo CD', () => {
  const { compiled, argocd } = render();
  const whole = renderFleet(request(smallFleet));
  expect(compiled.state.overlays).toEqual(whole.state.overlays);
  expect(compiled.units).toEqual(whole.units);
  expect(argocd.get('argocd/prod/prod/shop.application.yaml')).toEqual([whole.state.applications?.get('prod/shop')]);
});

test('a second run says the same, lines of the description included, and compiles nothing for it', () => {
  const first = meaning(render());
  const second = render();
  expect(second.compiled.systems.size).toBe(0);
  expect(meaning(second)).toEqual(first);
  expect(first.lines.flat()).not.toEqual([]);
});

test.each([
  ['an environment', { 'clusters/prod/prod.yaml': (text: string) => text.replace('prod.example.com', 'shop.example.com') }],
  ['a System', { 'systems/shop/system.yaml': (text: string) => text.replace('1.0.0', '1.0.1') }],
  ['a cluster', { 'clusters/prod/cluster.yaml': (text: string) => text.replace('1.35', '1.34') }],
  ['the fleet', { 'stowage.yaml': (text: string) => text.replace('git.example.com', 'moved.example.com') }],
])('what follows from %s that changed is compiled anew', (_, edits) => {
  const before = meaning(render());
  const changed = withFiles(
    smallFleet,
    Object.fromEntries(Object.entries(edits).map(([path, edit]) => [path, edit(String(smallFleet.get(path)))])),
  );
  const after = meaning(render(changed));
  expect(after.diagnostics).toEqual([]);
  expect(after).not.toEqual(before);
  expect(after).toEqual(afresh(changed));
  expect(meaning(render())).toEqual(before);
});

test('an overlay that nobody asked for is not taken for one without objects', () => {
  const ofDev = (path: string) => !path.includes('prod');
  expect(render(smallFleet, ofDev).compiled.state.overlays.has('prod/shop')).toBe(false);
  const all = render();
  expect(all.compiled.state.overlays.get('prod/shop')?.length).toBeGreaterThan(0);
  expect(meaning(all)).toEqual(afresh(smallFleet));
  render(smallFleet, ofDev);
  expect(meaning(render())).toEqual(afresh(smallFleet));
});

test('another compiler takes nothing from memory', () => {
  render();
  expect(render(smallFleet, undefined, 'newer').compiled.systems.size).toBeGreaterThan(0);
});

test('a memory that cannot be read costs time and nothing else', () => {
  render();
  const folder = join(String(environment.XDG_CACHE_HOME), 'stowage', 'renderings');
  const [name = ''] = readdirSync(folder);
  writeFileSync(join(folder, name), readFileSync(join(folder, name), 'utf8').slice(0, 5000));
  expect(meaning(render())).toEqual(afresh(smallFleet));
  expect(render().compiled.systems.size).toBe(0);
});

test('a description with problems is not remembered, and its problems are told each time', () => {
  const broken = withFiles(smallFleet, {
    'clusters/prod/prod.yaml': String(smallFleet.get('clusters/prod/prod.yaml')).replace('domain', 'domian'),
  });
  const told = render(broken).compiled.diagnostics.map(({ code }) => code);
  expect(told).not.toEqual([]);
  expect(render(broken).compiled.diagnostics.map(({ code }) => code)).toEqual(told);
});
