import { chmodSync, existsSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Files, readTree, repository, temporaryFolder, withFiles, writeFiles } from '../support/fleet-files.ts';
import { commitAll, git, gitFolder } from '../support/git-folder.ts';
import { stowage } from '../support/run-cli.ts';
import { smallFleet } from '../support/small-fleet.ts';

const shop = 'systems/shop/system.yaml';
const text = (path: string, files: Files = smallFleet) => String(files.get(path));
const edited = (path: string, from: string, to: string, files: Files = smallFleet): Files =>
  new Map([[path, text(path, files).replace(from, to)]]);
const newTag = edited(shop, ':1.0.0', ':1.1.0');
const plan = (fleet: string, ...words: string[]) => stowage(['plan', ...words], { in: fleet });
const short = (fleet: string, name = 'HEAD') => git(fleet, 'rev-parse', '--short=7', name).trim();

describe('against the last commit', () => {
  test('nothing changes in a fleet as it was committed', () => {
    const fleet = gitFolder(smallFleet);
    expect(plan(fleet)).toEqual({ code: 0, out: `HEAD (${short(fleet)}) → working tree\n\nnothing changes\n`, err: '' });
  });

  test('a new tag is told once, with its line and with all the pods that restart', () => {
    const fleet = gitFolder(smallFleet);
    writeFiles(fleet, newTag);
    const before = readTree(fleet, { own: true });
    expect(plan(fleet)).toEqual({
      code: 1,
      err: '',
      out: `HEAD (${short(fleet)}) → working tree

hazards
  ! restart Deployment/shop-web (dev/shop): 2 pods
  ! restart Deployment/shop-web (prod/shop): 3 pods

shop in dev, prod
  ~ Deployment/shop-web
      ~ spec.template.spec.containers[web].image: example/shop:1.0.0 → example/shop:1.1.0  (systems/shop/system.yaml:9)

2 overlays differ; objects: 2 changed
`,
    });
    expect(readTree(fleet, { own: true })).toEqual(before);
  });

  test('-e and -s say what it is about', () => {
    const fleet = gitFolder(smallFleet);
    writeFiles(fleet, newTag);
    expect(plan(fleet, '-e', 'prod').out).toContain('\nshop in prod\n');
    expect(plan(fleet, '-s', 'stock')).toMatchObject({ code: 0 });
    expect(plan(fleet, '-e', 'nowhere')).toMatchObject({ code: 2, out: '' });
  });

  test('an environment that goes can still be selected, and what goes with it stops a publication', () => {
    const fleet = gitFolder(smallFleet);
    rmSync(join(fleet, 'clusters/prod/prod.yaml'));
    const { code, out } = plan(fleet, '-e', 'prod', '--json');
    expect(code).toBe(1);
    const { changes, hazards } = JSON.parse(out).plan;
    expect(changes.map(({ overlay, action }: Record<string, string>) => `${action} ${overlay}`)).toEqual([
      'delete prod/shop',
      'delete prod/stock',
    ]);
    expect(hazards).toContainEqual({
      kind: 'delete',
      overlay: 'prod/shop',
      object: 'Deployment/shop-web',
      text: 'goes when somebody deletes its Application',
      blocking: true,
    });
  });

  test('a fleet may be a folder of its repository', () => {
    const repository = gitFolder(new Map([...smallFleet].map(([path, content]) => [`fleets/eu/${path}`, content])));
    const fleet = join(repository, 'fleets/eu');
    expect(plan(fleet)).toMatchObject({ code: 0 });
    writeFiles(fleet, newTag);
    expect(plan(fleet).out).toContain('example/shop:1.0.0 → example/shop:1.1.0');
  });

  test('beyond a budget is a hazard and no obstacle', () => {
    const fleet = gitFolder(
      withFiles(
        smallFleet,
        Object.fromEntries(edited('clusters/dev/dev.yaml', 'stage: dev', 'stage: dev\n  budget: {cpu: 150m}')),
      ),
    );
    const path = 'clusters/dev/dev.yaml';
    writeFileSync(
      join(fleet, path),
      text(path).replace('stage: dev', 'stage: dev\n  budget: {cpu: 150m}').replace('replicas: 2', 'replicas: 4'),
    );
    const { code, out, err } = plan(fleet);
    expect({ code, err }).toEqual({ code: 1, err: '' });
    expect(out).toMatch(/! capacity Environment\/dev \(dev\/shop, dev\/stock\): dev asks for .*the budget/);
    expect(out).toContain('~ spec.replicas: 2 → 4');
  });

  test('a release that nobody runs is said to be rendered nowhere', () => {
    const fleet = gitFolder(smallFleet);
    expect(stowage(['release', 'shop', '1.0.0'], { in: fleet }).code).toBe(0);
    expect(plan(fleet)).toMatchObject({
      code: 1,
      out: expect.stringContaining('release 1.0.0 of shop is new, and nothing here runs it\n\nno rendered object changes\n'),
    });
  });
});

describe('of commits', () => {
  test('two of them are compared whatever the working tree says, by branch, tag or id', () => {
    const fleet = gitFolder(smallFleet);
    git(fleet, 'tag', 'v1');
    const id = commitAll(fleet, newTag);
    const between = plan(fleet, '--from', 'v1', '--to', 'main');
    expect(between).toMatchObject({ code: 1, err: '' });
    expect(between.out).toContain(`v1 (${short(fleet, 'v1')}) → main (${short(fleet)})\n`);
    expect(plan(fleet, '--from', 'HEAD~1', '--to', id).out).toContain(`→ commit ${id.slice(0, 7)}\n`);
    expect(plan(fleet, '--from', 'main', '--to', 'v1').out).toContain('example/shop:1.1.0 → example/shop:1.0.0');
    writeFileSync(join(fleet, shop), 'no: system\n');
    expect(plan(fleet, '--from', 'v1', '--to', 'main')).toEqual({
      ...between,
      err: 'the working tree holds changes that are in neither commit; `--to worktree` plans them\n',
    });
  });

  test('no program that the repository names is run', () => {
    const fleet = gitFolder(smallFleet);
    const trap = join(temporaryFolder(), 'trap');
    writeFileSync(trap, `#!/bin/sh\ntouch ${trap}.sprung\n`);
    chmodSync(trap, 0o755);
    for (const key of ['core.fsmonitor', 'core.sshCommand', 'diff.external', 'core.pager']) git(fleet, 'config', key, trap);
    expect(plan(fleet, '--from', 'HEAD', '--to', 'main').code).toBe(0);
    expect(existsSync(`${trap}.sprung`)).toBe(false);
  });

  test('links in a commit are refused as those in a folder are', () => {
    const fleet = gitFolder(smallFleet);
    symlinkSync('system.yaml', join(fleet, 'systems/shop/other.yaml'));
    commitAll(fleet);
    rmSync(join(fleet, 'systems/shop/other.yaml'));
    const { code, out, err } = plan(fleet);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(err).toContain('systems/shop/other.yaml is a link');
    expect(err).toContain(
      `HEAD (${short(fleet)}) does not compile, so there is nothing to compare\n  → --from and --to take other states`,
    );
  });

  test.each([
    ['--help', 'that is no name of a state'],
    ['main:stowage.yaml', 'that is no name of a state'],
    ['a..b', 'that is no name of a state'],
    ['$(id)', 'that is no name of a state'],
    ['-', 'that is no name of a state'],
    ['nobody', 'is no commit of this repository'],
    ['main^{tree}', 'that is no name of a state'],
  ])('%s is refused as a commit', (name, problem) => {
    const { code, out, err } = plan(gitFolder(smallFleet), `--from=${name}`);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(problem);
  });

  test('without a repository, or without a commit, that is said', () => {
    const fleet = temporaryFolder(smallFleet);
    const nowhere = stowage(['plan'], { in: fleet, env: { GIT_CEILING_DIRECTORIES: '/' } });
    expect(nowhere).toMatchObject({ code: 2, out: '' });
    expect(nowhere.err).toContain('there is no commit to compare with here: not a git repository');
    git(fleet, 'init', '--quiet');
    expect(plan(fleet)).toEqual({
      code: 2,
      out: '',
      err: 'error: there is no commit yet to compare with\n  → commit first; once something is published, `--from published` compares with that\n',
    });
  });

  test('without git that is said too', () => {
    const fleet = gitFolder(smallFleet);
    const { code, err } = stowage(['plan'], { in: fleet, env: { PATH: temporaryFolder() } });
    expect({ code, err }).toMatchObject({ code: 3, err: expect.stringContaining('there is no git on PATH') });
  });
});

describe('of other pairs', () => {
  test('two releases, where the System runs', () => {
    const fleet = gitFolder(smallFleet);
    stowage(['release', 'shop', '1.0.0'], { in: fleet });
    writeFiles(fleet, newTag);
    const { code, out } = plan(fleet, '--release', 'shop=1.0.0..head', '-e', 'prod');
    expect(code).toBe(1);
    expect(out).toContain('shop 1.0.0 → shop head\n');
    expect(out).toContain(
      'shop in prod\n  ~ Deployment/shop-web\n      ~ spec.template.spec.containers[web].image: example/shop:1.0.0 → example/shop:1.1.0',
    );
    expect(plan(fleet, '--release', 'shop=head..1.0.0').out).toContain('example/shop:1.1.0 → example/shop:1.0.0');
  });

  test('two environments, without what only follows from their names, and without hazards', () => {
    const spaced = (path: string, name: string) =>
      [path, text(path).replace('spec:\n', `spec:\n  namespace: ${name}\n`)] as const;
    const fleet = temporaryFolder(
      withFiles(
        smallFleet,
        Object.fromEntries([spaced('clusters/dev/dev.yaml', 'all-dev'), spaced('clusters/prod/prod.yaml', 'all-prod')]),
      ),
    );
    const { code, out, err } = plan(fleet, '--environments', 'dev..prod', '-s', 'shop');
    expect({ code, err }).toEqual({ code: 1, err: '' });
    expect(out).toContain('dev → prod\n\nshop in prod\n');
    expect(out).toContain('      ~ spec.replicas: 2 → 3  (clusters/prod/prod.yaml:');
    expect(out).not.toContain('hazards');
    expect(out).not.toContain('namespace');
    expect(plan(fleet, '--environments', 'dev..test')).toMatchObject({
      code: 2,
      err: expect.stringContaining('there is no environment `test`'),
    });
  });

  test('clusters as they are and with another version', () => {
    const asking = text(shop).replace('replicas: 1', 'replicas: 1\n      env: {VERSION: "${cluster.kubernetes}"}');
    const fleet = temporaryFolder(withFiles(smallFleet, { [shop]: asking }));
    const { code, out } = plan(fleet, '--what-if', 'kubernetes=1.36', '-e', 'dev');
    expect(code).toBe(1);
    expect(out).toContain('working tree → clusters with Kubernetes 1.36\n');
    expect(out).toMatch(/data\.VERSION: 1\.35 → 1\.36|value: 1\.35 → 1\.36/);
  });

  test.each([
    [['--release', 'shop=1.0.0'], 'does not name two'],
    [['--release', '1.0.0..2.0.0'], 'names no System'],
    [['--release', 'shop=head..head'], 'is the same as itself'],
    [['--release', 'shop=head..9.9.9'], 'System shop has no release `9.9.9`'],
    [['--release', 'shpo=head..1.0.0'], 'there is no System `shpo`'],
    [['--release', 'shop=head..1.0.0', '-s', 'stock'], 'leaves out shop'],
    [['--environments', 'dev'], 'does not name two'],
    [['--from', 'worktree'], '--from and --to are both worktree'],
    [['--from', 'published', '--to', 'published'], '--from and --to are both published'],
    [['--what-if', 'kubernetes=1.36', '--from', 'main'], 'cannot be used with'],
    [['--environments', 'dev..prod', '-e', 'dev'], 'cannot be used with'],
    [['--release', 'shop=a..b', '--to', 'main'], 'cannot be used with'],
    [['--markdown', '--json'], 'cannot be used with'],
  ])('%j is wrong usage', (words, problem) => {
    const fleet = temporaryFolder(smallFleet);
    if (words.includes('stock')) stowage(['release', 'shop', '1.0.0'], { in: fleet });
    const { code, out, err } = plan(fleet, ...words);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(problem);
  });
});

describe('in other forms', () => {
  test('--markdown, for a pull request', () => {
    const fleet = gitFolder(smallFleet);
    writeFiles(fleet, newTag);
    expect(plan(fleet, '--markdown', '-e', 'dev')).toEqual({
      code: 1,
      err: '',
      out: `\`HEAD (${short(fleet)})\` → \`working tree\`: 1 overlay differs; objects: 1 changed

### Hazards
- ⚠️ **restart** \`Deployment/shop-web\` in \`dev/shop\`: \`2 pods\`

### \`shop\` in \`dev\`
- \`Deployment/shop-web\` changed
  - \`spec.template.spec.containers[web].image\`: \`example/shop:1.0.0\` → \`example/shop:1.1.0\` — \`systems/shop/system.yaml:9\`
`,
    });
  });

  test('--quiet says what is dangerous and nothing else', () => {
    const fleet = gitFolder(smallFleet);
    writeFiles(fleet, newTag);
    expect(plan(fleet, '-q', '-e', 'dev')).toEqual({
      code: 1,
      err: '',
      out: '  ! restart Deployment/shop-web (dev/shop): 2 pods\n',
    });
  });

  test('--json has the fields that its page names, and no others', () => {
    const page = readFileSync(join(repository, 'docs/json.md'), 'utf8').split('## `plan`')[1]?.split('\n## ')[0] ?? '';
    const documented = [...page.matchAll(/^\|(`[^|]+)\|/gm)].flatMap(([, cell = '']) => {
      const [first = '', ...others] = cell.split(', ').map((name) => name.replaceAll('`', ''));
      return [first, ...others.map((name) => first.slice(0, first.lastIndexOf('.')) + name)];
    });
    const fleet = gitFolder(smallFleet);
    writeFiles(fleet, newTag);
    writeFileSync(join(fleet, 'clusters/dev/dev.yaml'), text('clusters/dev/dev.yaml').replace('replicas: 2', 'replicas: 3'));
    const fields = new Set<string>();
    const visit = (value: unknown, path: string) => {
      if (Array.isArray(value)) for (const item of value) visit(item, `${path}[]`);
      else if (typeof value === 'object' && value !== null)
        for (const [key, child] of Object.entries(value)) visit(child, path === '' ? key : `${path}.${key}`);
      for (let known = path; known !== ''; known = known.replace(/\.?[^.]*$/, '')) fields.add(known.replace(/(\[\])+$/, ''));
    };
    visit(JSON.parse(plan(fleet, '--json').out), '');
    fields.delete('');
    const optional = /\.(diff|what)$/;
    const inside = /^plan\.folded\[\]\./;
    expect([...fields].filter((field) => !inside.test(field)).sort()).toEqual(
      documented.filter((field) => !optional.test(field)).sort(),
    );
  });

  test('--json tells the errors of a state by its name', () => {
    const fleet = gitFolder(smallFleet);
    writeFiles(fleet, edited('clusters/dev/dev.yaml', 'replicas: 2', 'replica: 2'));
    const { code, out, err } = plan(fleet, '--json');
    expect({ code, err }).toEqual({ code: 1, err: '' });
    expect(JSON.parse(out)).toMatchObject({
      command: 'plan',
      ok: false,
      plan: null,
      problems: [{ state: 'working tree', diagnostics: [{ code: 'unknown-field', file: 'clusters/dev/dev.yaml' }] }],
    });
  });
});
