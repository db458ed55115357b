import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import type { Forge } from '../../src/forge/forge.ts';
import { git, realHost } from '../publish/support/real-host.ts';
import { compileClean } from '../support/compile-fleet.ts';
import { type Files, temporaryFolder, withFiles, writeFiles } from '../support/fleet-files.ts';
import { runInProcess } from '../support/run-in-process.ts';
import { smallFleet } from '../support/small-fleet.ts';
import { request } from './emulated-github.ts';

const shop = 'systems/shop/system.yaml';
const dev = 'clusters/dev/dev.yaml';
const prod = 'clusters/prod/prod.yaml';
const project = 'argocd/dev/dev/project.yaml';

/** Where the fleet lies in the repository. */
let path: string;
let folder: string;
let clone: string;
let forge: Forge;
let fleet: Files;

async function start(at: string): Promise<void> {
  path = at;
  ({ folder, forge } = await realHost());
  clone = join(temporaryFolder(), 'clone');
  git(folder, 'clone', '-q', folder, clone);
  const settings = `  publish: {repository: ${folder}}\n`;
  const url = `url: "https://git.example.com/small.git", path: "${path}"`;
  const description = String(smallFleet.get('stowage.yaml')).replace('url: "https://git.example.com/small.git"', url);
  fleet = withFiles(smallFleet, { 'stowage.yaml': description + settings });
  push('main', whole(fleet));
}

beforeEach(() => start(''));

/** Inputs with what they mean. */
const whole = (inputs: Files): Files => new Map([...inputs, ...compileClean(inputs).outputs]);
const edited = (name: string, from: string, to: string, of = fleet): Files =>
  withFiles(of, { [name]: String(of.get(name)).replace(from, to) });

function push(branch: string, files: Files): void {
  git(clone, 'checkout', '-q', '-B', branch);
  rmSync(join(clone, path === '' ? 'systems' : path), { recursive: true, force: true });
  for (const root of ['base', 'overlays', 'argocd', 'clusters'])
    rmSync(join(clone, path, root), { recursive: true, force: true });
  writeFiles(join(clone, path), files);
  git(clone, 'add', '-A');
  git(clone, 'commit', '-q', '-m', branch);
  git(clone, 'push', '-q', '-f', 'origin', branch);
}

/** Both from what is there now. */
async function offer(one: Files, other: Files): Promise<void> {
  for (const [branch, files] of [
    ['stowage/one', one],
    ['stowage/other', other],
  ] as const) {
    git(clone, 'checkout', '-q', 'main');
    push(branch, files);
    await forge.open(request(branch));
  }
}

const pr = (...words: string[]) => runInProcess(join(clone, path), ['pr', ...words], process.env);
const refs = () => git(folder, 'for-each-ref');

async function expectRefused(why: string, method = 'merge'): Promise<void> {
  expect(await pr('merge', '1')).toMatchObject({ code: 0, err: '' });
  const before = refs();
  const { code, out, err } = await pr('merge', '2', '--method', method);
  expect({ code, out }).toEqual({ code: 3, out: '' });
  const [message, hint] = err.split('\n');
  expect(message).toBe(`pull request 2 is not merged: ${why}`);
  expect(hint).toMatch(/^run again what made it, such as `stowage promote` or `stowage publish`/);
  expect(refs()).toBe(before);
}

const another = {
  'clusters/next/cluster.yaml': String(smallFleet.get('clusters/dev/cluster.yaml')).replace('name: dev', 'name: next'),
  'clusters/next/next.yaml': String(smallFleet.get(dev))
    .replace('name: dev', 'name: next')
    .replaceAll('dev.example', 'next.example'),
};
const renamed = () => edited(shop, 'host: "shop.', 'host: "store.');

test.each(['merge', 'squash'])('what merges as text is not merged where it means something else (%s)', async (method) => {
  // A new environment has the host as it was; the other change does not know of the environment.
  await offer(whole(withFiles(fleet, another)), whole(renamed()));
  await expectRefused('the merged files would not be what the merged description says: overlays/next/shop/web.yaml', method);
});

test('a fleet below a folder of the repository is found there', async () => {
  await start('fleets/small');
  await offer(whole(withFiles(fleet, another)), whole(renamed()));
  await expectRefused('the merged files would not be what the merged description says: overlays/next/shop/web.yaml');
});

test('an error that only both together have is told in one line', async () => {
  const needed = edited(shop, '    domain: {', '    colour: {type: string}\n    domain: {');
  const given = ['dev', 'prod'].reduce(
    (files, name) => edited(`clusters/${name}/${name}.yaml`, 'parameters: {domain', 'parameters: {colour: red, domain', files),
    needed,
  );
  await offer(whole(withFiles(fleet, another)), whole(given));
  expect(await pr('merge', '1')).toMatchObject({ code: 0, err: '' });
  const { code, err } = await pr('merge', '2');
  expect(code).toBe(3);
  expect(err.split('\n')[0]).toMatch(
    /^pull request 2 is not merged: the merged description has an error: clusters\/next\/next\.yaml:\d+:\d+: error: .*colour.* \[.+\]$/,
  );
});

test('what one change leaves behind of what the other removes is found', async () => {
  const files = whole(fleet);
  const edit = whole(withFiles(fleet, { [prod]: `${fleet.get(prod)}# noted\n` }));
  const left = withFiles(edit, { 'overlays/dev/gone/kustomization.yaml': files.get('overlays/dev/shop/kustomization.yaml') });
  await offer(whole(edited(dev, 'replicas: 2', 'replicas: 4')), left);
  await expectRefused('the merged files would not be what the merged description says: overlays/dev/gone/kustomization.yaml');
});

test('changes that have nothing to do with each other are merged, with whatever others put beside', async () => {
  const mine = withFiles(whole(edited(prod, 'replicas: 3', 'replicas: 6')), { 'overlays/prod/shop/NOTES.txt': 'mine\n' });
  await offer(whole(edited(dev, 'replicas: 2', 'replicas: 4')), mine);
  for (const number of ['1', '2']) expect(await pr('merge', number)).toMatchObject({ code: 0, err: '' });
  git(clone, 'fetch', '-q', 'origin');
  git(clone, 'checkout', '-q', '--detach', 'origin/main');
  const both = edited(prod, 'replicas: 3', 'replicas: 6', edited(dev, 'replicas: 2', 'replicas: 4'));
  for (const [name, text] of whole(both)) {
    const at = path === '' ? name : `${path}/${name}`;
    expect(git(clone, 'show', `HEAD:${at}`), name).toBe(String(text).trim());
  }
});

test('what is offered as it would be merged is taken as it is', async () => {
  push('stowage/one', withFiles(whole(fleet), { [project]: 'by hand\n' }));
  await forge.open(request('stowage/one'));
  expect(await pr('merge', '1', '--method', 'squash')).toMatchObject({ code: 0, err: '' });
});

test('where no description lies there is nothing to hold it against', async () => {
  const outputs = compileClean(fleet).outputs;
  git(clone, 'rm', '-q', '-r', '.');
  push('main', outputs);
  await offer(
    withFiles(outputs, { 'overlays/dev/shop/kustomization.yaml': 'one\n' }),
    withFiles(outputs, { 'overlays/prod/shop/kustomization.yaml': 'other\n' }),
  );
  // The fleet that asks lies elsewhere.
  const elsewhere = temporaryFolder(fleet);
  for (const number of ['1', '2'])
    expect(await runInProcess(elsewhere, ['pr', 'merge', number], process.env)).toMatchObject({ code: 0, err: '' });
});
