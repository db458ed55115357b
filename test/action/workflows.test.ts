import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { repository, temporaryFolder } from '../support/fleet-files.ts';
import { git } from '../support/git-folder.ts';
import { stowage } from '../support/run-cli.ts';
import { action, readWorkflow } from './composite-action.ts';

const commit = '0123456789abcdef0123456789abcdef01234567';

const promoting = `apiVersion: stowage.dev/v1
kind: Fleet
metadata: {name: shops}
spec:
  repository: {url: "https://git.example.com/shops.git"}
  promotion: {pipeline: [dev, prod]}
`;

const nearCluster = `apiVersion: stowage.dev/v1
kind: Cluster
metadata: {name: near}
spec: {kubernetes: "1.35", context: near}
`;

function init(...words: string[]): { folder: string; workflows: ReadonlyMap<string, string> } {
  return initIn(temporaryFolder(), ...words);
}

function initIn(folder: string, ...words: string[]): { folder: string; workflows: ReadonlyMap<string, string> } {
  git(folder, 'init', '--quiet', '--initial-branch=trunk');
  const where = words.length === 0 ? [] : ['--action', `tools/stowage@${commit}`];
  expect(stowage(['init', ...words, ...where], { in: folder })).toMatchObject({ code: 0, err: '' });
  const files = ['.github', '.gitea'].flatMap((place) => {
    try {
      return readdirSync(join(folder, place, 'workflows')).map((name) => `${place}/workflows/${name}`);
    } catch {
      return [];
    }
  });
  return { folder, workflows: new Map(files.sort().map((path) => [path, readFileSync(join(folder, path), 'utf8')])) };
}

const made = initIn(
  temporaryFolder(
    new Map([
      ['fleets/eu/stowage.yaml', promoting],
      ['fleets/eu/clusters/near/cluster.yaml', nearCluster],
    ]),
  ),
  'fleets/eu',
  '--github',
  '--gitea',
).workflows;

test('workflows lie at the root of the repository, named for the fleet where that is elsewhere', () => {
  expect([...made.keys()]).toEqual([
    '.gitea/workflows/stowage-check-fleets-eu.yaml',
    '.gitea/workflows/stowage-drift-fleets-eu.yaml',
    '.gitea/workflows/stowage-promote-fleets-eu.yaml',
    '.gitea/workflows/stowage-publish-fleets-eu.yaml',
    '.github/workflows/stowage-check-fleets-eu.yaml',
    '.github/workflows/stowage-drift-fleets-eu.yaml',
    '.github/workflows/stowage-promote-fleets-eu.yaml',
    '.github/workflows/stowage-publish-fleets-eu.yaml',
  ]);
  expect([...init('--github').workflows.keys()]).toEqual([
    '.github/workflows/stowage-check.yaml',
    '.github/workflows/stowage-publish.yaml',
  ]);
});

describe.each([...made])('%s', (path, text) => {
  const workflow = readWorkflow(text);
  const steps = Object.values(workflow.jobs).flatMap((job) => job.steps);

  test('takes every action of others at a full commit, and ours as it was named', () => {
    expect(steps.at(-1)?.uses).toBe(`tools/stowage@${commit}`);
    const prefix = path.startsWith('.gitea') ? 'https://github.com/' : '';
    for (const { uses } of steps) expect(uses.replace(prefix, '')).toMatch(/^[\w-]+\/[\w-]+@[0-9a-f]{40}$/);
    for (const { uses } of steps.slice(0, -1)) expect(uses).toMatch(new RegExp(`^${prefix}actions/(checkout|setup-node)@`));
  });

  test('leaves no token in the checkout', () => {
    expect(steps[0]?.with?.['persist-credentials']).toBe(false);
  });

  test('may do what it does and no more', () => {
    const check = { contents: 'read', 'pull-requests': 'write' };
    const publish = { contents: 'write', 'pull-requests': 'write', statuses: 'write' };
    const permissions = { check, publish, promote: { ...publish, checks: 'read' }, drift: { contents: 'read', issues: 'write' } };
    expect(workflow.permissions).toEqual(permissions[commandOf(path)]);
    const events = {
      check: path.startsWith('.gitea') ? ['pull_request'] : ['pull_request', 'merge_group'],
      publish: ['push', 'workflow_dispatch'],
      promote: ['schedule', 'workflow_dispatch'],
      drift: ['schedule', 'workflow_dispatch'],
    };
    expect(Object.keys(workflow.on)).toEqual(events[commandOf(path)]);
  });

  test('says nothing that the action does not know', () => {
    const given = steps.at(-1)?.with ?? {};
    for (const name of Object.keys(given)) expect(Object.keys(action.inputs)).toContain(name);
    expect(given.command).toBe(commandOf(path));
    expect(given).toMatchObject({ fleet: 'fleets/eu', host: path.startsWith('.gitea') ? 'gitea' : 'github' });
  });

  test('runs one publisher after the other, and only the last check', () => {
    expect(workflow.concurrency['cancel-in-progress']).toBe(path.includes('check'));
  });
});

test('promoting is a workflow where the fleet has an order of environments, and only there', () => {
  const without = promoting.replace(/ {2}promotion.*\n/, '');
  const { workflows } = initIn(temporaryFolder(new Map([['stowage.yaml', without]])), '--github');
  expect([...workflows.keys()].map(commandOf)).toEqual(['check', 'publish']);
});

test('promoting asks for no token but by secrets, and sees all of the history', () => {
  const { jobs, on } = readWorkflow(made.get('.github/workflows/stowage-promote-fleets-eu.yaml') ?? '');
  const steps = Object.values(jobs).flatMap((job) => job.steps);
  expect(on.schedule).toEqual([{ cron: '*/15 * * * *' }]);
  expect(steps[0]?.with?.['fetch-depth']).toBe(0);
  expect(steps.at(-1)?.with).toMatchObject({
    token: '${{ secrets.STOWAGE_TOKEN || github.token }}',
    'argocd-token': '${{ secrets.ARGOCD_AUTH_TOKEN }}',
  });
});

test('drift is looked for every day where a cluster says how it is asked, and only there', () => {
  const { jobs, on } = readWorkflow(made.get('.github/workflows/stowage-drift-fleets-eu.yaml') ?? '');
  expect(on.schedule).toEqual([{ cron: '17 4 * * *' }]);
  expect(Object.values(jobs)[0]?.steps.at(-1)?.with).toMatchObject({
    token: '${{ secrets.STOWAGE_TOKEN || github.token }}',
    kubeconfig: '${{ secrets.STOWAGE_KUBECONFIG }}',
  });
  const fleet = (...clusters: (readonly [string, string])[]) => {
    const files = clusters.flatMap(([name, text]): [string, string][] => [
      [`clusters/${name}/cluster.yaml`, text],
      [`clusters/${name}/env-${name}.yaml`, 'metadata: {}\n'],
    ]);
    const { workflows } = initIn(temporaryFolder(new Map([['stowage.yaml', promoting], ...files])), '--github');
    const text = workflows.get('.github/workflows/stowage-drift.yaml');
    return text === undefined ? undefined : Object.values(readWorkflow(text).jobs)[0]?.steps.at(-1)?.with;
  };
  const farCluster = nearCluster.replaceAll('near', 'far').replace(', context: far', '');
  expect(fleet(['near', nearCluster])).not.toHaveProperty('clusters');
  expect(fleet(['near', nearCluster], ['far', farCluster])).toHaveProperty('clusters', 'near');
  expect(fleet(['far', farCluster])).toBeUndefined();
});

test('the publishing workflow follows the branch that is the main one here', () => {
  expect(readWorkflow(made.get('.github/workflows/stowage-publish-fleets-eu.yaml') ?? '').on.push?.branches).toEqual(['trunk']);
});

function commandOf(path: string): 'check' | 'publish' | 'promote' | 'drift' {
  return /stowage-(check|publish|promote|drift)/.exec(path)?.[1] as 'check' | 'publish' | 'promote' | 'drift';
}

describe('action.yml', () => {
  test('is shell that bash takes, without expressions in it', () => {
    for (const { run } of action.runs.steps) {
      expect(spawnSync('bash', ['-n', '-c', run], { encoding: 'utf8' })).toMatchObject({ status: 0, stderr: '' });
      expect(run).not.toContain('${{');
    }
  });

  test('hands every input on by the environment, and nothing that is none', () => {
    const values = action.runs.steps.flatMap(({ env }) => Object.values(env));
    const used = values.flatMap((value) => /^\$\{\{ inputs\.([\w-]+) \}\}$/.exec(value)?.[1] ?? []);
    expect(used.sort()).toEqual(Object.keys(action.inputs).sort());
    expect(values.every((value) => /^\$\{\{ (inputs\.[\w-]+|github\.action_path) \}\}$/.test(value))).toBe(true);
  });
});

describe('init', () => {
  test('keeps workflows that are there, and overwrites none that somebody changed', () => {
    const { folder, workflows } = init('--github');
    const [path = ''] = workflows.keys();
    const again = ['init', '--github', '--action', `tools/stowage@${commit}`];
    expect(stowage(again, { in: folder })).toMatchObject({ code: 0, out: 'the workflows are there already\n' });
    writeFileSync(join(folder, path), `${workflows.get(path)}# mine\n`);
    const { code, err } = stowage([...again, '--gitea'], { in: folder });
    expect({ code, err }).toEqual({ code: 2, err: expect.stringContaining(`${path} exists already; nothing was written`) });
    expect(readFileSync(join(folder, path), 'utf8')).toContain('# mine');
    expect(readdirSync(folder)).not.toContain('.gitea');
  });

  test('adds nothing but workflows to a fleet', () => {
    const { folder } = init();
    expect(stowage(['init', '--gitea', '--action', './'], { in: folder }).out).toBe(
      '  create .gitea/workflows/stowage-check.yaml\n  create .gitea/workflows/stowage-publish.yaml\nnext: commit the workflows, and say `publish: {host: gitea}` in stowage.yaml\n',
    );
  });

  test('asks where Stowage is, and takes nothing else for that', () => {
    const { folder } = init();
    expect(stowage(['init', '--github'], { in: folder })).toMatchObject({ code: 2 });
    for (const name of ['stowage', 'a/b', 'a/b@c d', 'a/b@${{ x }}', 'a/b@c\nrun: x'])
      expect(stowage(['init', '--github', '--action', name], { in: folder }).err, name).toContain('names no action');
    expect(readdirSync(folder)).not.toContain('.github');
  });

  test('refuses a merge driver where attributes are those of a person, and says what to add', () => {
    const { folder } = init();
    writeFileSync(join(folder, '.gitattributes'), '*.md text\n');
    const { code, err } = stowage(['init', '--merge-driver'], { in: folder });
    expect({ code, err }).toEqual({
      code: 3,
      err: expect.stringContaining('base/** text eol=lf linguist-generated merge=stowage'),
    });
    expect(spawnSync('git', ['config', 'merge.stowage.driver'], { cwd: folder }).status).toBe(1);
    expect(readFileSync(join(folder, '.gitattributes'), 'utf8')).toBe('*.md text\n');
  });
});

test('this repository gives its generated files to the merge driver', () => {
  const text = readFileSync(join(repository, '.gitattributes'), 'utf8');
  for (const root of ['base', 'overlays', 'argocd']) expect(text).toMatch(new RegExp(`^${root}/\\*\\* .*merge=stowage$`, 'm'));
});
