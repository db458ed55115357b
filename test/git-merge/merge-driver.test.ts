import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, beforeEach, expect, test } from 'vitest';
import { type Files, readTree, temporaryFolder, withFiles } from '../support/fleet-files.ts';
import { commitAll, git, gitFolder } from '../support/git-folder.ts';
import { stowage } from '../support/run-cli.ts';
import { smallFleet } from '../support/small-fleet.ts';

let compiled: Files;
let fleet: string;

const text = (path: string) => readFileSync(join(fleet, path), 'utf8');
const edit = (path: string, from: string | RegExp, to: string) => {
  expect(text(path)).toMatch(from);
  writeFileSync(join(fleet, path), text(path).replace(from, to));
};
const compile = (...words: string[]) => stowage(['compile', '-q', '--no-verify', ...words], { in: fleet });
const unmerged = () =>
  git(fleet, 'diff', '--name-only', '--diff-filter=U')
    .split('\n')
    .filter((line) => line !== '');

/** Git as a person calls it, whether or not it comes to an end. */
function attempt(...words: string[]): { code: number | null; err: string } {
  const env = {
    ...process.env,
    HOME: '/nonexistent',
    GIT_EDITOR: 'true',
    GIT_AUTHOR_NAME: 'test',
    GIT_AUTHOR_EMAIL: 't@localhost',
  };
  const { status, stdout, stderr } = spawnSync('git', words, {
    cwd: fleet,
    encoding: 'utf8',
    env: { ...env, GIT_COMMITTER_NAME: 'test', GIT_COMMITTER_EMAIL: 't@localhost' },
  });
  return { code: status, err: stdout + stderr };
}

/** One commit on a branch of its own, compiled. */
function branch(name: string, change: () => void): void {
  git(fleet, 'switch', '--quiet', '--create', name, 'main');
  change();
  expect(compile().err).toBe('');
  commitAll(fleet);
}

function expectRight(): void {
  expect(compile('--check').code).toBe(0);
  const inputs = new Map([...readTree(fleet)].filter(([path]) => !/^(base|overlays|argocd|\.git)\//.test(path)));
  const other = temporaryFolder(inputs);
  expect(stowage(['compile', '-q', '--no-verify'], { in: other }).code).toBe(0);
  const generated = (folder: string) => [...readTree(folder)].filter(([path]) => /^(base|overlays|argocd)\//.test(path));
  expect(generated(fleet)).toEqual(generated(other));
}

const environment = 'clusters/prod/prod.yaml';
const overlay = 'overlays/prod/shop/web.yaml';
const settings = `      parameters: {domain: prod.example.com}
      components:
        web:
          replicas: 3
          env:
            ONE: "1"
            TWO: "2"
            THREE: "3"
            FOUR: "4"
            FIVE: "5"
            SIX: "6"
`;

beforeAll(() => {
  fleet = temporaryFolder(
    withFiles(smallFleet, {
      '.gitignore': '.stowage/\n',
      [environment]: String(smallFleet.get(environment)).replace(/ {6}parameters: .*\n {6}components: .*\n/, settings),
    }),
  );
  expect(compile().code).toBe(0);
  compiled = readTree(fleet);
});

beforeEach(() => {
  fleet = gitFolder(compiled);
  expect(stowage(['init', '--merge-driver'], { in: fleet })).toMatchObject({ code: 0, err: '' });
  commitAll(fleet);
  branch('one', () => edit(environment, 'ONE: "1"', 'ONE: "eins"'));
  branch('six', () => edit(environment, 'SIX: "6"', 'SIX: "sechs"'));
});

test('without the driver, the same merge conflicts in generated files, and compiling says what to do', () => {
  git(fleet, 'config', '--remove-section', 'merge.stowage');
  expect(attempt('merge', 'one').code).toBe(1);
  expect(unmerged()).toEqual([overlay]);
  const { code, err } = compile();
  expect(code).toBe(1);
  expect(err).toContain(`${overlay} holds the marks of a merge that git could not finish`);
  expect(compile('--overwrite', overlay).code).toBe(0);
  expectRight();
});

test('two changes of one environment merge, and compiling makes the generated files right', () => {
  const { code, err } = attempt('merge', '--no-edit', 'one');
  expect({ code, unmerged: unmerged() }).toEqual({ code: 0, unmerged: [] });
  expect(err).toContain(`${overlay}: kept as it is here; run \`stowage compile\` when the merge is done`);
  expect(text(environment)).toMatch(/eins[\s\S]*sechs/);
  // Who forgets is told by the check.
  expect(compile('--check').code).toBe(1);
  expect(compile().code).toBe(0);
  expect(text(overlay)).toMatch(/eins[\s\S]*sechs/);
  expectRight();
});

test('where inputs conflict, only they do', () => {
  branch('another', () => edit(environment, 'ONE: "1"', 'ONE: "uno"'));
  expect(attempt('merge', 'one').code).toBe(1);
  expect(unmerged()).toEqual([environment]);
  expect(compile().code).toBe(1);
  writeFileSync(join(fleet, environment), text(environment).replace(/<{7}.*\n([\s\S]*?)={7}\n[\s\S]*?>{7}.*\n/, '$1'));
  expect(compile().code).toBe(0);
  commitAll(fleet);
  expectRight();
});

test.each(['rebase', 'cherry-pick'])('%s', (word) => {
  expect(attempt(word, 'one').code).toBe(0);
  expect(compile().code).toBe(0);
  expect(text(overlay)).toMatch(/eins[\s\S]*sechs/);
  expectRight();
});

test('what one side deletes and the other changes is what compiling and adding make of it', () => {
  branch('without', () => edit(environment, / {4}shop:\n[\s\S]*?(?= {4}stock:)/, ''));
  git(fleet, 'switch', '--quiet', '--create', 'base', 'main');
  edit('systems/shop/system.yaml', 'replicas: 1', 'replicas: 3');
  expect(compile().code).toBe(0);
  commitAll(fleet);
  expect(attempt('merge', 'without').code).toBe(1);
  expect(unmerged().length).toBeGreaterThan(0);
  expect(unmerged().every((path) => path.startsWith('overlays/prod/shop/'))).toBe(true);
  expect(compile().code).toBe(0);
  expect(existsSync(join(fleet, 'overlays/prod/shop'))).toBe(false);
  git(fleet, 'add', 'base', 'overlays', 'argocd');
  expect(unmerged()).toEqual([]);
  git(fleet, 'commit', '--quiet', '--no-edit');
  expect(git(fleet, 'status', '--porcelain')).toBe('');
  expectRight();
});

test('both sides add the same environment, each in its own way', () => {
  const added = 'clusters/prod/more.yaml';
  for (const replicas of [4, 5])
    branch(`with-${replicas}`, () => {
      const more = text(environment).replace('{name: prod}', '{name: more}').replaceAll('prod.example', 'more.example');
      writeFileSync(join(fleet, added), more.replace('replicas: 3', `replicas: ${replicas}`));
      edit(added, / {4}(shop|stock):\n/g, '    $1:\n      namespace: more-$1\n');
    });
  expect(git(fleet, 'diff', '--name-status', 'main')).toContain('A\toverlays/more/shop/kustomization.yaml');
  expect(attempt('merge', 'with-4').code).toBe(1);
  expect(unmerged()).toEqual([added]);
});

test('what a person wrote into a generated file is merged as text and never dropped', () => {
  git(fleet, 'switch', '--quiet', 'one');
  writeFileSync(join(fleet, overlay), `${text(overlay)}# by hand\n`);
  commitAll(fleet);
  git(fleet, 'switch', '--quiet', 'six');
  expect(attempt('merge', 'one').code).toBe(1);
  expect(unmerged()).toEqual([overlay]);
  expect(text(overlay)).toContain('# by hand');
  expect(text(overlay)).toMatch(/^<{7} here$/m);
});

test('it takes what git gives it and nothing else', () => {
  expect(stowage(['compile', '--merge-driver', 'a', 'b'], { in: fleet })).toMatchObject({ code: 2 });
  const { code, err } = stowage(['compile', '--merge-driver', 'a', 'b', 'c', 'd'], { in: fleet });
  expect({ code, err }).toEqual({ code: 3, err: expect.stringContaining('cannot read what git wants merged') });
});
