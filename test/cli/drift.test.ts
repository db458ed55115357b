import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../support/fleet-files.ts';
import { commitAll, git } from '../support/git-folder.ts';
import { stowage } from '../support/run-cli.ts';
import { smallFleet } from '../support/small-fleet.ts';
import { type PromotionFleet, promotionFleet } from './promotion-fleet.ts';

const wide = ['drift', '--between', 'repository', '--between', 'environments'] as const;
const values = 'overlays/staging/shop/web.yaml';

/** Somebody edits what is generated, in the repository alone. */
function editPublished({ folder, bare }: PromotionFleet, path: string, change: (text: string) => string): void {
  const clone = join(folder, '../somebody');
  if (!existsSync(clone)) git(folder, 'clone', '--quiet', bare, clone);
  const text = readFileSync(join(clone, path), 'utf8');
  const changed = change(text);
  if (changed === text) throw new Error(`nothing changes in ${path}`);
  writeFileSync(join(clone, path), changed);
  commitAll(clone);
  git(clone, 'push', '--quiet', 'origin', 'main');
}

describe('an edit of the repository', () => {
  test('is told, accepted until a day, told anew when it goes on, and taken back', async () => {
    const fleet = await promotionFleet();
    const overlay = git(fleet.folder, 'ls-files', 'overlays/staging/shop').trim().split('\n');
    expect(await fleet.run(...wide)).toMatchObject({ code: 0 });

    editPublished(fleet, 'overlays/staging/shop/kustomization.yaml', (text) => text.replace('count: 2', 'count: 9'));
    const found = await fleet.run(...wide, '--json');
    expect(found.code, `${overlay} ${values}`).toBe(1);
    const report = JSON.parse(found.out);
    expect(report.narrowed).toEqual(['--between repository', '--between environments']);
    expect(report.differences).toMatchObject([
      {
        id: 'repository:staging/shop/Deployment/shop-web#spec.replicas',
        what: 'unpublished',
        declared: 2,
        live: 9,
        because: [expect.stringMatching(/^clusters\/staging\/staging\.yaml:\d+$/)],
      },
    ]);
    const [{ id }] = report.differences;

    const until = `${new Date().getUTCFullYear() + 1}-01-01`;
    const accepted = await fleet.run('drift', 'accept', id, '--reason', 'sale', '--owner', 'shop', '--until', until);
    expect(accepted).toMatchObject({ code: 0, err: '' });
    expect(fleet.read('drift/staging.yaml')).toContain(`difference: ${id}`);
    const quiet = await fleet.run(...wide);
    expect(quiet.code).toBe(0);
    expect(quiet.out).toContain(`${id} by shop until ${until}: sale`);

    editPublished(fleet, 'overlays/staging/shop/kustomization.yaml', (text) => text.replace('count: 9', 'count: 12'));
    expect((await fleet.run(...wide)).out).toContain('was something else: sale');

    const reverted = await fleet.run('drift', '--revert', id);
    expect(reverted).toMatchObject({ code: 0, err: '' });
    expect(reverted.out).toContain('staging/shop');
    git(fleet.folder, 'add', '--all');
    await fleet.merge(1);
    const after = await fleet.run(...wide);
    expect(after).toMatchObject({ code: 0 });
    expect(after.out).toContain('may be deleted');
  });
});

test('environments that differ are told, and fail a run only where that is asked for', async () => {
  const fleet = await promotionFleet();
  const head = 'systems/shop/system.yaml';
  await fleet.push({ [head]: fleet.read(head).replace('shop:1.0.0', 'shop:1.1.0') });
  const told = await fleet.run('drift', '--between', 'environments');
  expect(told).toMatchObject({ code: 0 });
  expect(told.out).toContain('environments:staging/shop#release');
  expect(told.out).toMatch(/\nnone of this fails the run; `--fail-on` says what does\n$/);
  expect(told.out).not.toContain('objects compared');
  expect((await fleet.run('drift', '--between', 'environments', '--fail-on', 'environments')).code).toBe(1);
});

test('without a pipeline environments are not compared, and nothing is called as it is meant', () => {
  const { code, out } = stowage(['drift', '--between', 'environments'], { in: temporaryFolder(smallFleet) });
  expect(code).toBe(0);
  expect(out).toBe('there is no pipeline, so that nothing is to be compared: say `promotion: {pipeline: […]}` in stowage.yaml\n');
});

test('a repository that cannot be read is not seen, which no word makes a clean bill', async () => {
  const fleet = await promotionFleet();
  await fleet.push({
    'stowage.yaml': fleet.read('stowage.yaml').replaceAll(/https:.*small\.git|\.\.\/origin\.git/g, '/nowhere/at/all.git'),
  });
  const told = await fleet.run(...wide, '--fail-on', 'none');
  expect(told.code).toBe(3);
  expect(told.out).toMatch(/^NOT SEEN: this report is not complete\n {2}! dev: branch main of \/nowhere\/at\/all\.git/);
});

test('reports are written beside what is told', async () => {
  const fleet = await promotionFleet();
  const told = await fleet.run('drift', '--between', 'repository', '--sarif', 'drift.sarif', '--markdown');
  expect(told).toMatchObject({ code: 0, err: '' });
  expect(told.out).toContain('No difference');
  expect(JSON.parse(fleet.read('drift.sarif')).runs[0].results).toEqual([]);
  expect((await fleet.run('drift', '--between', 'repository', '--sarif', 'no/such/folder.sarif')).code).toBe(3);
});

describe('a call that is not meant so', () => {
  const terms = ['--reason', 'sale', '--owner', 'shop', '--until'];
  test.each<[string, string[], string]>([
    ['an action that there is not', ['acept', 'x'], 'did you mean `accept`?'],
    ['an acceptance without a reason', ['accept', 'x'], '--reason is missing'],
    ['an acceptance of nothing', ['accept'], 'say which difference is accepted'],
    ['a look at what there is not', ['--between', 'repositry'], 'did you mean `repository`?'],
    ['a failure that there is not', ['--fail-on', 'chnged'], 'did you mean `changed`?'],
    ['a cluster that there is not', ['--cluster', 'prod'], 'there is no cluster `prod`'],
    ['one context for several clusters', ['--context', 'x'], '--context leads to one cluster, and 4 are looked at'],
    ['an issue about a part of a cluster', ['--issue', '-e', 'dev'], '--issue is about whole clusters'],
    ['metrics of a part of what there is', ['--metrics', 'x', '--between', 'cluster'], '--metrics is about whole clusters'],
    ['absorbing and reverting', ['--absorb', 'x', '--revert', 'x'], 'two runs'],
    ['a dry run of what changes nothing', ['--dry-run'], '--dry-run goes with --absorb and --revert'],
    ['putting back what can be no id', ['--revert', 'nosuch'], '`nosuch` is no id of a difference'],
    [
      'declaring what can be no id',
      ['--absorb', 'dev/shop/Deployment/web'],
      'one begins with repository:, cluster:, environments:',
    ],
    ['accepting what can be no id', ['accept', 'clutser:*', ...terms, '2026-11-21'], '`clutser:*` is no id of a difference'],
    ['an acceptance for ever', ['accept', 'cluster:*', ...terms, '2999-12-31'], 'is more than a year ahead'],
    ['an acceptance until no day', ['accept', '*', ...terms, 'tomorrow'], 'is no day of the calendar'],
    ['a cluster of which nobody knows the context', ['--cluster', 'dev'], 'nothing says which context'],
  ])('%s', async (_, words, complaint) => {
    const fleet = await promotionFleet();
    const { code, out, err } = await fleet.run('drift', ...words);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toContain(complaint);
  });
});
