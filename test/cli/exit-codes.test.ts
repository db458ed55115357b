import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { type Files, readTree, temporaryFolder, withFiles, writeFiles } from '../support/fleet-files.ts';
import { git, gitFolder } from '../support/git-folder.ts';
import { pathWithKustomize, stowage } from '../support/run-cli.ts';
import { smallFleet } from '../support/small-fleet.ts';

const broken = (from: Files, path: string) =>
  withFiles(from, { [path]: String(from.get(path)).replace('parameters:', 'parametres:') });
const refusing = { PATH: pathWithKustomize('echo no >&2; exit 1') };

let clean: string;
let faulty: string;
/** With a release of shop. */
let released: string;
/** Kept in a repository of its own, with a way from dev to prod. */
let promoted: string;
beforeAll(() => {
  clean = temporaryFolder(smallFleet);
  expect(stowage(['compile', '-q'], { in: clean })).toEqual({ code: 0, out: '', err: '' });
  released = temporaryFolder(smallFleet);
  expect(stowage(['release', 'shop', '0.9.0'], { in: released }).code).toBe(0);
  promoted = promotedFleet();
  faulty = temporaryFolder(broken(broken(smallFleet, 'systems/shop/system.yaml'), 'clusters/dev/dev.yaml'));
});

function promotedFleet(): string {
  const bare = temporaryFolder();
  const said = `publish: {repository: ${bare}}\n  promotion: {pipeline: [dev, prod], repository: ${bare}}`;
  const text = String(smallFleet.get('stowage.yaml')).replace('spec:', `spec:\n  ${said}`);
  const fleet = gitFolder(withFiles(smallFleet, { 'stowage.yaml': text, '.gitignore': '.stowage/\n' }));
  git(bare, 'init', '--quiet', '--bare', '--initial-branch=main');
  git(fleet, 'push', '--quiet', bare, 'main');
  return fleet;
}

const hidden = () => temporaryFolder(new Map([['file', 'in the way']]));
const published = (to: string) => {
  const text = String(smallFleet.get('stowage.yaml'));
  return temporaryFolder(withFiles(smallFleet, { 'stowage.yaml': `${text}  publish: ${to}\n` }));
};
const fresh = () => temporaryFolder(smallFleet);
const image = `example/shop:1.0.1@sha256:${'0'.repeat(64)}`;
const target = 'prod/shop/Deployment/web#spec.replicas';

const cases: readonly [code: number, words: string[], place: () => string, env?: NodeJS.ProcessEnv][] = [
  [0, ['init', 'new'], () => temporaryFolder()],
  [2, ['init', 'one', 'two'], () => temporaryFolder()],
  [2, ['init'], () => clean],
  [3, ['init', 'file'], hidden],
  [0, ['compile'], () => clean],
  [1, ['compile'], () => faulty],
  [2, ['compile'], () => temporaryFolder()],
  [2, ['compile', '--fleet', 'nowhere'], () => clean],
  [2, ['compile', '--fleet', '.'], () => temporaryFolder()],
  [3, ['compile'], fresh, refusing],
  [0, ['compile', '--check'], () => clean],
  [1, ['compile', '--check'], () => faulty],
  [1, ['compile', '--check'], fresh],
  [2, ['compile', '--check', 'more'], () => clean],
  [3, ['compile', '--check'], fresh, refusing],
  [0, ['compile', '--check', '--no-verify'], () => clean, refusing],
  [0, ['compile', '--what-if', 'kubernetes=1.36'], () => clean],
  [0, ['compile', '--what-if', 'kubernetes=1.29', '-e', 'prod'], fresh, refusing],
  [1, ['compile', '--what-if', 'kubernetes=1.36'], () => faulty],
  [2, ['compile', '--what-if', 'kubernetes=1.36', '--check'], () => clean],
  [2, ['compile', '--what-if', 'kubernetes=1.36', '-e', 'nowhere'], () => clean],
  [2, ['compile', '--what-if', 'kubernetes=1.28'], () => clean],
  [2, ['compile', '--what-if', 'loadBalancer=true'], () => clean],
  [2, ['compile', '--what-if', 'kubernetes'], () => clean],
  [0, ['verify'], () => clean],
  [1, ['verify'], () => faulty],
  [1, ['verify'], fresh],
  [2, ['verify', '-s', 'nothing'], () => clean],
  [3, ['verify'], () => clean, refusing],
  [0, ['why', target], () => clean],
  [1, ['why', target], () => faulty],
  [2, ['why'], () => clean],
  [2, ['why', 'prod/shop'], () => clean],
  [0, ['schema'], () => clean],
  [0, ['schema', 'there'], () => temporaryFolder()],
  [2, ['schema'], () => temporaryFolder()],
  [3, ['schema', 'file'], hidden],
  [0, ['release', 'shop', '1.0.0'], fresh],
  [1, ['release', 'shop', '1.0.0'], () => faulty],
  [2, ['release', 'shop'], () => clean],
  [2, ['release', 'shap', '1.0.0'], () => clean],
  [2, ['release', 'shop', 'head'], () => clean],
  [2, ['release', 'shop', '0.9.0'], () => released],
  [0, ['promote', '--status'], () => promoted],
  [0, ['promote', '--all', '--due', '--dry-run'], () => promoted],
  [0, ['promote', 'shop', '--to', 'prod', '--fields'], () => promoted],
  [1, ['promote', 'shop', '--to', 'dev'], () => promoted],
  [2, ['promote', 'shop', '--to', 'pord'], () => promoted],
  [2, ['promote', 'shop', '--to', 'prod', '--from', 'dve'], () => promoted],
  [2, ['promote', 'shap', '--to', 'prod'], () => promoted],
  [2, ['promote', 'sh\u001b[31mop', '--to', 'prod'], () => promoted],
  [2, ['promote', '--all', '-e', 'pord'], () => promoted],
  [2, ['promote', '--status', '-s', 'shap'], () => promoted],
  [2, ['promote'], () => promoted],
  [2, ['promote', 'shop'], () => promoted],
  [2, ['promote', '--due'], () => promoted],
  [2, ['promote', '--all', '--to', 'prod'], () => promoted],
  [2, ['promote', '--status', '--status-file', 'nowhere'], () => promoted],
  [2, ['promote', 'shop', '--to', 'prod', '--override', ' '], () => promoted],
  [2, ['promote', '--status'], () => clean],
  [1, ['rollback', 'prod/shop'], () => promoted],
  [2, ['rollback'], () => promoted],
  [2, ['rollback', 'prod'], () => promoted],
  [2, ['rollback', 'a/b/c'], () => promoted],
  [2, ['rollback', 'pord/shop'], () => promoted],
  [2, ['rollback', 'prod/shap', '--json'], () => promoted],
  [2, ['rollback', 'prod/shop'], () => clean],
  [0, ['bump', 'shop', `web=${image}`, '--dry-run'], () => promoted],
  [1, ['bump', 'shop', `wbe=${image}`], () => promoted],
  [2, ['bump', 'shap', `web=${image}`], () => promoted],
  [2, ['bump', 'shop', `web=${image}`, '-e', 'pord'], () => promoted],
  [2, ['bump', 'shop'], () => promoted],
  [2, ['bump', 'shop', 'web=example/shop:1.0.1'], () => promoted],
  [2, ['bump', 'shop', `web=${image}`, '-e', 'dev', '-e', 'prod'], () => promoted],
  [2, ['bump', 'shop', `web=${image}`], () => clean],
  [2, ['pr', 'list'], () => published('{host: github, repository: "https://github.com/"}')],
  [2, ['pr', 'list'], () => published('{host: local, repository: "https://git.example.com/config.git"}')],
  [2, ['plan', '--from', 'published'], () => published('{repository: "--upload-pack=touch"}')],
  [2, ['drift', '--between', 'repository'], () => published('{host: github, repository: "ext::sh"}')],
  [0, ['completion', 'bash'], () => temporaryFolder()],
  [2, ['completion'], () => temporaryFolder()],
  [2, ['completion', 'tcsh'], () => temporaryFolder()],
];

describe('exit codes', () => {
  test.each(cases)('%i: %j', (code, words, place, env) => {
    const ended = stowage(words, { in: place(), ...(env === undefined ? {} : { env }) });
    expect(ended.code, ended.err).toBe(code);
    expect(ended.err).not.toContain('internal error');
    expect(ended.out + ended.err).not.toMatch(/[\u001b\r]/);
    if (code === 2) expect(ended.out).toBe('');
    if (code !== 0) expect(ended.err).not.toBe('');
  });
});

test.each([
  [['compile', '--fleet', ''], '--fleet'],
  [['compile', '--fleet='], '--fleet'],
  [['compile', '-e', ''], '--environment'],
  [['footprint', '-e', 'dev', '-s', ''], '--system'],
  [['report', '-o', ''], '--output'],
  [['compile', '--overwrite', ''], '--overwrite'],
  [['init', ''], 'an argument'],
])('%j: what a script left empty is no choice', (words, what) => {
  expect(stowage(words, { in: clean })).toEqual({
    code: 2,
    out: '',
    err: `error: ${what} is empty\n  → is a variable not set? Leave it out, or say what it is\n`,
  });
});

test('a fleet is found from a folder inside it, and by name from outside', () => {
  expect(stowage(['compile'], { in: join(clean, 'systems/shop') }).out).toContain('nothing to write');
  expect(stowage(['compile', '--fleet', clean], { in: temporaryFolder() }).out).toContain('nothing to write');
});

test('what cannot be written to is told in one clear line', () => {
  const folder = temporaryFolder(withFiles(smallFleet, { '.stowage': 'in the way\n' }));
  expect(stowage(['compile'], { in: folder })).toEqual({
    code: 3,
    out: '',
    err: expect.stringMatching(/^error: .stowage is not a folder.*\n {2}→ .*\n$/),
  });
  rmSync(join(folder, '.stowage'));
  expect(stowage(['compile', '-q', '--no-verify'], { in: folder })).toMatchObject({ code: 0, out: '' });
  expect(stowage(['compile', '--check', '--no-verify'], { in: folder }).code).toBe(0);
});

describe('what stands where something else is generated is told before anything is written', () => {
  const aFile = (path: string) => writeFileSync(path, 'in the way\n');
  const compile = (folder: string, ...words: string[]) => stowage(['compile', '--no-verify', '-q', ...words], { in: folder });

  test.each([
    ['overlays', aFile, 'a file and stands where a folder of generated files belongs'],
    ['overlays/dev', aFile, 'a file and stands where a folder of generated files belongs'],
    ['overlays/dev/shop/kustomization.yaml', mkdirSync, 'a folder and stands where a generated file belongs'],
  ])('%s', (path, put, what) => {
    const folder = temporaryFolder(smallFleet);
    expect(compile(folder).code).toBe(0);
    rmSync(join(folder, path), { recursive: true });
    put(join(folder, path));
    // An edit beside it would be written too.
    writeFiles(
      folder,
      new Map([['clusters/prod/prod.yaml', String(smallFleet.get('clusters/prod/prod.yaml')).replace('3', '4')]]),
    );
    const before = readTree(folder, { own: true });
    for (const words of [[], ['--check']])
      expect(compile(folder, ...words)).toEqual({
        code: 1,
        out: '',
        err: `${path}:1:1: error: ${path} is ${what} [foreign-file]\n  → move it away\n\n1 error; nothing was written\n`,
      });
    expect(readTree(folder, { own: true })).toEqual(before);
    rmSync(join(folder, path), { recursive: true });
    expect(compile(folder).code).toBe(0);
    expect(compile(folder, '--check').code).toBe(0);
  });
});

test('what init says to do next is as a shell takes it', () => {
  expect(stowage(['init', "Bad 'Name"], { in: temporaryFolder() }).out).toContain(
    "next: cd 'Bad '\\''Name' && stowage compile\n",
  );
});

test('a shell that completion does not know is told with those that it does', () => {
  expect(stowage(['completion', 'tcsh'], { in: temporaryFolder() }).err).toBe(
    'error: there is no completion for `tcsh`\n  → there is one for zsh, bash, fish, powershell\n',
  );
});

test.each([
  ['acme', 'acme'],
  ['Acme Prod_EU', 'acme-prod-eu'],
  ['123', "'123'"],
  ['…', 'my-fleet'],
])('a fleet that is started in %s is called %s', (folder, name) => {
  const place = temporaryFolder();
  expect(stowage(['init', folder], { in: place }).code).toBe(0);
  const text = readFileSync(join(place, folder, 'stowage.yaml'), 'utf8');
  expect(text).toContain(`metadata: {name: ${name}}\n`);
  expect(text).toContain(`/${name.replaceAll("'", '')}.git"`);
  expect(stowage(['compile', '--no-verify'], { in: join(place, folder) }).code).toBe(0);
});

test('a refused init leaves what was there', () => {
  const folder = temporaryFolder();
  writeFiles(folder, new Map([['stowage.yaml', 'mine\n']]));
  const { code, err } = stowage(['init'], { in: folder });
  expect(code).toBe(2);
  expect(err).toContain('stowage.yaml exists already; nothing was written');
});
