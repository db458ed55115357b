import { afterEach, beforeAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { absorb } from '../../src/drift/absorb.ts';
import type { Difference, ObjectName } from '../../src/drift/difference.ts';
import { differenceDigest, differenceId } from '../../src/drift/difference-id.ts';
import { type FleetHost, fleetHost } from '../promote/support/fleet-host.ts';
import { openTestDesk } from '../promote/support/test-desk.ts';
import { withFiles } from '../support/fleet-files.ts';
import { commitAll, git, gitFolder } from '../support/git-folder.ts';
import { smallFleet } from '../support/small-fleet.ts';

const path = 'clusters/prod/prod.yaml';
const environment = `apiVersion: stowage.dev/v1
kind: Environment
metadata: {name: prod}
spec:
  stage: prod
  systems:
    shop:
      parameters: {domain: prod.example.com}
      components:
        web:
          replicas: 3 # measured
          env: {LEVEL: warn, WORKERS: 4}
    stock:
      parameters: {domain: prod.example.com}
`;

const now = () => new Date('2026-05-04T10:00:00Z');
let first: FleetHost;
const closing: (() => void)[] = [];

beforeAll(async () => {
  const system = (smallFleet.get('systems/shop/system.yaml') as string)
    .replace('    domain:', '    epochs: {type: integer, default: 1}\n    rounds: {type: integer, default: 1}\n    domain:')
    .replace(
      '      ports:',
      '      env: {EPOCHS: "${string(parameters.epochs)}", ROUNDS: "${string(parameters.rounds)}", AGAIN: "${string(parameters.rounds)}"}\n      volumes: {settings: {config: settings, mountPath: /etc/settings}}\n      ports:',
    )
    .replace('  components:', '  config: {settings: {mode.txt: plain}}\n  components:');
  first = await fleetHost(withFiles(smallFleet, { [path]: environment, 'systems/shop/system.yaml': system }));
});
afterEach(() => closing.splice(0).forEach((close) => void close()));

async function opened(host = first.copy(), day = now) {
  const { desk, close } = await openTestDesk(host.folder, { now: day, statusOf: () => undefined });
  closing.push(close);
  return { host, desk };
}

const web = { apiVersion: 'apps/v1', kind: 'Deployment', name: 'shop-web', namespace: 'shop' };

const service = { apiVersion: 'v1', kind: 'Service', name: 'shop-web', namespace: 'shop' };

function difference(field: string, live: unknown, more: Partial<Difference> = {}): Difference {
  const name = { between: 'cluster', cluster: 'prod', overlay: 'prod/shop', object: web, field } as const;
  return {
    ...name,
    id: differenceId({ ...name, ...more }),
    what: 'changed',
    ...(live === undefined ? {} : { live }),
    owner: { manager: 'kubectl-edit', operation: 'Update', since: '2026-05-03T08:00:00Z' },
    because: [],
    summary: 'somebody changed it',
    advice: 'decide',
    digest: differenceDigest('changed', live),
    ...more,
  };
}

const container = 'spec.template.spec.containers[web]';

/** The lines of the environment's file that a change takes away and puts in. */
async function edited(differences: readonly Difference[], reason?: string): Promise<string[]> {
  const { host, desk } = await opened();
  const [result] = await absorb(differences, desk, { dryRun: false, reason });
  if (result?.outcome !== 'opened')
    throw new Error(
      `${result?.outcome}: ${result?.reason} ${JSON.stringify(result?.diagnostics?.map(({ message }) => message))}`,
    );
  const branch = 'stowage/absorb/prod/shop';
  const changed = git(host.folder, 'diff', '--name-only', 'main', branch).trim().split('\n');
  expect(changed.every((file) => file === path || file.startsWith('overlays/prod/shop/'))).toBe(true);
  return git(host.folder, 'diff', '--unified=0', 'main', branch, '--', path)
    .split('\n')
    .filter((line) => /^[-+](?![-+]{2} )/.test(line));
}

test.each<[string, Difference, string[]]>([
  [
    'replicas that were scaled by hand',
    difference('spec.replicas', 5),
    ['-          replicas: 3 # measured', '+          replicas: 5 # measured'],
  ],
  ['an image that was set', difference(`${container}.image`, 'example/shop:1.0.1'), ['+          image: example/shop:1.0.1']],
  [
    'a variable that the environment says',
    difference(`${container}.env[LEVEL].value`, 'debug'),
    ['-          env: {LEVEL: warn, WORKERS: 4}', '+          env: {LEVEL: debug, WORKERS: 4}'],
  ],
  [
    'a variable that was added',
    difference(`${container}.env[EXTRA]`, { name: 'EXTRA', value: 'on' }, { what: 'added' }),
    ['-          env: {LEVEL: warn, WORKERS: 4}', "+          env: {LEVEL: warn, WORKERS: 4, EXTRA: 'on'}"],
  ],
  [
    'a variable that was taken away',
    difference(`${container}.env[WORKERS]`, undefined),
    ['-          env: {LEVEL: warn, WORKERS: 4}', '+          env: {LEVEL: warn}'],
  ],
  [
    'a limit of what the System says',
    difference(`${container}.resources.limits.memory`, '256Mi'),
    ['+          resources:', '+            limits:', '+              memory: 256Mi'],
  ],
  [
    'what only a parameter says, by its default',
    difference(`${container}.env[EPOCHS].value`, '7'),
    ['-      parameters: {domain: prod.example.com}', '+      parameters: {domain: prod.example.com, epochs: 7}'],
  ],
  [
    'what a parameter says that says something else, too',
    difference(`${container}.env[ROUNDS].value`, '7'),
    ['-          env: {LEVEL: warn, WORKERS: 4}', "+          env: {LEVEL: warn, WORKERS: 4, ROUNDS: '7'}"],
  ],
  [
    'a file of a ConfigMap, which runs with a hash behind its name',
    difference('data["mode.txt"]', 'fancy', { object: { ...service, kind: 'ConfigMap', name: 'shop-settings-2f9t4b6c7d' } }),
    ['+      config:', '+        settings:', '+          mode.txt: fancy'],
  ],
  [
    'an annotation of the workload',
    difference('metadata.annotations["example.com/owner"]', 'ops', { what: 'added' }),
    ['+          annotations:', '+            example.com/owner: ops'],
  ],
  [
    'an annotation of its pods',
    difference('spec.template.metadata.annotations', { 'example.com/restarted': 'today' }, { what: 'added' }),
    ['+          podAnnotations:', '+            example.com/restarted: today'],
  ],
])('%s is said in the fewest words', async (_, one, lines) => {
  expect(await edited([one])).toEqual(lines);
});

test.each<[string, Difference, string]>([
  ['a label', difference('metadata.labels.team', 'red', { what: 'added' }), 'metadata: { labels: { team: red } }'],
  [
    'a label with a name of its own',
    difference('metadata.labels["example.com/team"]', 'red'),
    'metadata: { labels: { example.com/team: red } }',
  ],
  [
    'a field of the pod',
    difference('spec.template.spec.setHostnameAsFQDN', true),
    'spec: { template: { spec: { setHostnameAsFQDN: true } } }',
  ],
  [
    'a port of a Service',
    difference('spec.ports[8080].targetPort', 9090, { object: service }),
    'spec: { ports: [{ port: 8080, targetPort: 9090 }] }',
  ],
  [
    'a field of a container that is found by its name',
    difference(`${container}.terminationMessagePolicy`, 'FallbackToLogsOnError'),
    'spec: { template: { spec: { containers: [{ name: web, terminationMessagePolicy: FallbackToLogsOnError }] } } }',
  ],
  [
    'a field that is gone',
    difference('spec.template.spec.enableServiceLinks', undefined),
    'spec: { template: { spec: { enableServiceLinks: null } } }',
  ],
])('%s that the language has no word for is a patch with its reason', async (_, one, merge) => {
  const { host, desk } = await opened();
  const [result] = await absorb([one], desk, { dryRun: false });
  expect(result).toMatchObject({ outcome: 'opened' });
  const { spec } = parse((await host.files('stowage/absorb/prod/shop')).get(path) as string);
  const { kind, name } = one.object as ObjectName;
  const reason = 'absorbed from prod on 2026-05-03: somebody changed it, written by kubectl-edit';
  expect(spec.systems.shop.patches).toEqual([{ target: { kind, name }, reason, merge: parse(merge) }]);
  expect(result?.proposal?.intent.notes).toEqual([expect.stringContaining('so it is a patch')]);
});

test('what is said in several places goes into one change, and a reason that is given is kept', async () => {
  const lines = await edited(
    [difference('spec.replicas', 5), difference('metadata.labels.team', 'red'), difference('metadata.labels.tier', 'gold')],
    'the team asked for it',
  );
  expect(lines.filter((line) => line.includes('replicas'))).toHaveLength(2);
  expect(lines.filter((line) => line.includes('reason: the team asked for it'))).toHaveLength(2);
});

test('what a patch says already is edited there', async () => {
  const { host, desk } = await opened();
  const patched = environment.replace(
    '      components:',
    '      patches:\n        - target: {kind: Deployment, name: shop-web}\n          reason: asked for\n          merge: {metadata: {labels: {team: blue}}}\n      components:',
  );
  await host.commit({ [path]: patched });
  await absorb([difference('metadata.labels.team', 'red')], desk, { dryRun: false });
  const text = (await host.files('stowage/absorb/prod/shop')).get(path);
  expect(text).toBe(patched.replace('team: blue', 'team: red'));
});

test('absorbed again on another day it is the same pull request, and once merged there is nothing to do', async () => {
  const { host, desk } = await opened();
  const both = [difference('spec.replicas', 5), difference('metadata.labels.team', 'red')];
  const [one] = await absorb(both, desk, { dryRun: false });
  const [two] = await absorb(both, { ...desk, now: () => new Date('2026-05-09T10:00:00Z') }, { dryRun: false });
  expect(two).toMatchObject({ outcome: 'unchanged', pullRequest: one?.pullRequest });
  const { number, sha } = {
    number: one?.pullRequest?.number as number,
    sha: git(host.folder, 'rev-parse', 'stowage/absorb/prod/shop').trim(),
  };
  await desk.forge.merge(number, { sha, method: 'merge' });
  expect(await absorb(both, desk, { dryRun: false })).toEqual([
    expect.objectContaining({ outcome: 'nothing', reason: 'the description of prod/shop says all of it already' }),
  ]);
});

test('what a person wrote on the branch is left alone', async () => {
  const { host, desk } = await opened();
  const branch = 'stowage/absorb/prod/shop';
  await absorb([difference('spec.replicas', 5)], desk, { dryRun: false });
  const clone = gitFolder(new Map());
  git(clone, 'fetch', '--quiet', host.folder, branch);
  git(clone, 'checkout', '--quiet', 'FETCH_HEAD');
  commitAll(clone, new Map([['notes.md', 'mine']]));
  git(clone, 'push', '--quiet', host.folder, `HEAD:refs/heads/${branch}`);
  const head = git(host.folder, 'rev-parse', branch);
  const [result] = await absorb([difference('spec.replicas', 6)], desk, { dryRun: false });
  expect(result).toMatchObject({ outcome: 'blocked', reason: expect.stringContaining('Stowage did not make') });
  expect(git(host.folder, 'rev-parse', branch)).toBe(head);
});

test('the pull request says what is absorbed and what it does, and is merged by a person', async () => {
  const { host, desk } = await opened();
  await host.commit({
    'stowage.yaml': (smallFleet.get('stowage.yaml') as string).replace('prod: {}', 'prod: {promotion: {merge: automatic}}'),
  });
  const [result] = await absorb([difference('spec.replicas', 5)], desk, { dryRun: false });
  expect(result).toMatchObject({ key: 'prod/shop', outcome: 'opened' });
  const [pull] = await desk.forge.list('open');
  expect(pull?.title).toBe('Absorb Deployment/shop-web spec.replicas into prod/shop');
  expect(pull?.body).toContain('|`Deployment/shop-web spec.replicas`|`3`|`5`|');
  expect(pull?.body).toContain('spec.replicas');
});

test('a dry run shows the change and writes nothing', async () => {
  const { host, desk } = await opened();
  const [result] = await absorb([difference('spec.replicas', 5)], desk, { dryRun: true });
  expect(result).toMatchObject({ outcome: 'preview', proposal: { intent: { purpose: 'absorb' } } });
  expect(git(host.folder, 'branch', '--list', 'stowage/*')).toBe('');
});

test.each<[string, Difference, string, string]>([
  ['a secret', difference('data.password', undefined, { concealed: true }), 'is a secret', 'stowage seal'],
  [
    'what looks like one',
    difference(`${container}.env[DB_PASSWORD].value`, 'correct-horse-7Battery'),
    'looks like one',
    'stowage seal',
  ],
  ['a missing object', difference('', undefined, { what: 'missing' }), 'is not there', '--revert'],
  ['a foreign object', difference('', undefined, { what: 'foreign' }), 'nothing declares', '`objects`'],
  ['an edit of the repository', difference('spec.replicas', 4, { between: 'repository' }), 'generated', '--revert'],
  ['what lies between environments', difference('parameters.x', 4, { between: 'environments' }), 'two environments', 'decide'],
  [
    'an object that the description does not have',
    difference('spec.replicas', 4, { object: { ...web, name: 'nobody' } }),
    'no such object',
    'publish',
  ],
  [
    'a system that does not run there',
    difference('spec.replicas', 4, { overlay: 'prod/nobody' }),
    'does not run nobody in prod',
    'publish',
  ],
  [
    'what no description can say',
    difference('metadata.name', 'other'),
    'cannot be absorbed: a patch cannot make another object',
    '--revert',
  ],
])('%s is refused with what to do instead, and nothing is written', async (_, one, reason, advice) => {
  const { host, desk } = await opened();
  const [result, ...more] = await absorb([one, difference('spec.replicas', 9, { overlay: one.overlay as string })], desk, {
    dryRun: false,
  });
  expect(more).toEqual([]);
  expect(result).toMatchObject({
    outcome: 'refused',
    reason: expect.stringContaining(reason),
    advice: expect.stringContaining(advice),
  });
  expect(JSON.stringify(result)).not.toContain('Battery');
  expect(git(host.folder, 'branch', '--list', 'stowage/*')).toBe('');
});
