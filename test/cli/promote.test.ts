import { describe, expect, test } from 'vitest';
import { withFiles } from '../support/fleet-files.ts';
import { git } from '../support/git-folder.ts';
import { withValueFiles } from '../support/run-in-process.ts';
import { head, type PromotionFleet, promotedFiles, promotionFleet } from './promotion-fleet.ts';

const digest = `sha256:${'1'.repeat(64)}`;
const staging = 'clusters/staging/staging.yaml';
const closed = '{exceptions: [{from: "2000-01-01", until: "2999-01-01", open: false, reason: "quiet \\e[31myear"}]}';

/** The head with another image. */
const newer = (fleet: PromotionFleet) => ({ [head]: fleet.read(head).replace('shop:1.0.0', 'shop:1.1.0') });
const refs = ({ bare }: PromotionFleet) => git(bare, 'for-each-ref');
const fileAt = ({ bare }: PromotionFleet, branch: string, path: string) => git(bare, 'show', `${branch}:${path}`);

describe('a change goes from dev to production', () => {
  test('shown, offered, merged, and taken back; the next schedule leaves it there', async () => {
    const fleet = await promotionFleet();
    await fleet.push(newer(fleet));
    const before = refs(fleet);
    const shown = await fleet.run('promote', 'shop', '--to', 'staging', '--dry-run');
    expect(shown).toMatchObject({ code: 0, err: '' });
    expect(shown.out).toContain('carry release: staging has 1.0.0, dev 1.0.1');
    expect(shown.out.match(/! restart/g)).toHaveLength(1);
    expect(refs(fleet)).toBe(before);

    const text = fleet.read(staging);
    expect((await fleet.run('promote', 'shop', '--to', 'staging')).out).toContain('opened    staging/shop #1');
    expect(fileAt(fleet, 'stowage/promote/staging/shop', staging)).toBe(text.replace('1.0.0 #', '1.0.1 #'));
    expect((await fleet.run('promote', 'shop', '--to', 'staging')).out).toContain('unchanged staging/shop #1');
    await fleet.merge(1);
    expect((await fleet.run('compile', '--check')).code).toBe(0);

    const due = await fleet.run('promote', '--all', '--due');
    expect(due.code).toBe(0);
    expect(due.out).toMatch(/nothing +staging\/shop[\s\S]*opened +prod-eu\/shop #2[\s\S]*opened +prod-us\/shop #3/);
    await fleet.merge(3);
    await fleet.merge(2);
    expect((await fleet.run('compile', '--check')).code).toBe(0);

    expect((await fleet.run('rollback', 'prod-us/shop')).out).toContain('opened    prod-us/shop #4');
    await fleet.merge(4);
    const after = await fleet.run('promote', '--all', '--due');
    expect(after.code).toBe(0);
    expect(after.out).toMatch(/waiting +prod-us\/shop: prod-us had 1\.0\.1 .*taken back/);
    const byHand = await fleet.run('promote', 'shop', '--to', 'prod-us', '--dry-run');
    expect(byHand.out).toContain('preview   prod-us/shop');
    const status = await fleet.run('promote', '--status');
    expect(status.out.split('\n')[4]).toMatch(/^shop +3 +prod-us +1\.0\.0 .*taken back/);
  });

  test('flow style, an empty entry, carriage returns and comments stay as they were written', async () => {
    const files = promotedFiles();
    const eu = 'clusters/prod-eu/prod-eu.yaml';
    const carriage = String(files.get(eu)).replaceAll('\n', '\r\n');
    const flow =
      'apiVersion: stowage.dev/v1\nkind: Environment\nmetadata: {name: staging}\nspec: {stage: staging, systems: {shop: {parameters: {domain: x.example.com}, release: 1.0.0}}} # flow\n';
    const fleet = await promotionFleet(withFiles(files, { [eu]: carriage, [staging]: flow }));
    await fleet.push(newer(fleet));
    await fleet.run('promote', 'shop', '--to', 'staging');
    await fleet.merge(1);
    expect(fleet.read(staging)).toBe(flow.replace('1.0.0', '1.0.1'));
    expect((await fleet.run('promote', 'shop', '--to', 'prod-eu', '--quiet')).code).toBe(0);
    expect(fileAt(fleet, 'stowage/promote/prod-eu/shop', eu)).toBe(carriage.replace('1.0.0 #', '1.0.1 #'));
  });
});

describe('what stands in the way', () => {
  test('closed gates refuse a person, let a schedule wait, and give way to a reason that is kept', async () => {
    const fleet = await promotionFleet(promotedFiles(closed));
    await fleet.push(newer(fleet));
    await fleet.run('promote', 'shop', '--to', 'staging');
    await fleet.merge(1);
    const refused = await fleet.run('promote', 'shop', '--to', 'prod-eu', '--quiet');
    expect(refused).toMatchObject({ code: 1, out: '' });
    expect(refused.err).toContain('prod-eu is closed: it is closed from 2000-01-01 until 2999-01-01, UTC: quiet �[31myear');
    const waiting = await fleet.run('promote', '--all', '--due');
    expect(waiting).toMatchObject({ code: 0, err: '' });
    expect(waiting.out).toMatch(/waiting +prod-eu\/shop/);
    const status = await fleet.run('promote', '--status');
    expect(status.out).toMatch(/prod-eu .*is closed/);
    expect(refused.err + waiting.out + status.out).not.toContain('\u001b');

    for (const reason of ['', '  ', 'no'])
      expect((await fleet.run('promote', 'shop', '--to', 'prod-eu', '--override', reason)).code).toBe(2);
    const reason = 'it burns\nStowage-Key: other/one';
    expect((await fleet.run('promote', 'shop', '--to', 'prod-eu', '--override', reason, '--quiet')).code).toBe(0);
    expect((await fleet.run('pr', 'show', '2')).out).toContain('**Gates were overridden:** `it burns Stowage-Key: other/one`');
    const message = git(fleet.bare, 'log', '-1', '--format=%B', 'stowage/promote/prod-eu/shop');
    expect(message).toContain('\nGates were overridden: it burns Stowage-Key: other/one\n');
    expect(message.match(/^Stowage-Key: .*/gm)).toEqual(['Stowage-Key: prod-eu/shop']);
  });

  test('a secret that production has not sealed, and what would be deleted', async () => {
    const fleet = await promotionFleet();
    const secret = fleet
      .read(head)
      .replace('  components:', '  secrets:\n    token: {keys: {value: {}}}\n  components:')
      .replace('      replicas: 1', `      replicas: 1\n      env: {TOKEN: "\${secrets.token.value}"}`);
    await fleet.push({ [head]: secret });
    await fleet.run('promote', 'shop', '--to', 'staging');
    await fleet.merge(1);
    const blocked = await fleet.run('promote', 'shop', '--to', 'prod-eu', '--quiet');
    expect(blocked.code).toBe(1);
    expect(blocked.err).toMatch(/^blocked prod-eu\/shop: .*no value for `value` of secret `token`/);

    const web = `    other:\n      image: example/other:1.0.0\n      replicas: 1\n      ports: {http: 8080}\n      probes: {liveness: {http: /}, readiness: {http: /}}\n      resources: {requests: {cpu: 50m, memory: 64Mi}, limits: {cpu: 200m, memory: 128Mi}}\n`;
    await fleet.push({ [head]: `${secret}${web}` });
    await fleet.run('promote', 'shop', '--to', 'staging');
    await fleet.merge(2);
    await fleet.push({ [head]: secret.replace('shop:1.0.0', 'shop:3.0.0') });
    const preview = await fleet.run('promote', 'shop', '--to', 'staging', '--dry-run');
    expect(preview.out).toMatch(/would be blocked: [\s\S]*Deployment\/shop-other: is deleted[\s\S]*--allow-delete/);
    const deletes = await fleet.run('promote', 'shop', '--to', 'staging', '--quiet');
    expect(deletes.code).toBe(1);
    expect(deletes.err).toMatch(/Deployment\/shop-other: is deleted[\s\S]*--allow-delete Deployment\/shop-other/);
    const names = [...deletes.err.matchAll(/--allow-delete \S+/g)].flatMap(([words]) => words.split(' '));
    expect((await fleet.run('promote', 'shop', '--to', 'staging', '--quiet', ...names)).code).toBe(0);
  });

  test('more than the cluster has: what is merged must compile', async () => {
    const files = promotedFiles();
    const path = 'clusters/staging/cluster.yaml';
    const small = String(files.get(path)).replace('spec:', 'spec:\n  capacity: {cpu: 1, memory: 1Gi}');
    const fleet = await promotionFleet(withFiles(files, { [path]: small }));
    await fleet.push({ [head]: fleet.read(head).replace('cpu: 50m', 'cpu: 900m').replace('cpu: 200m', 'cpu: 900m') });
    const refused = await fleet.run('promote', 'shop', '--to', 'staging', '--dry-run');
    expect(refused).toMatchObject({ code: 1, out: '' });
    expect(refused.err).toMatch(/\[over-capacity\][\s\S]*refused staging\/shop: more would be asked for than there is/);
  });

  test('another environment of the wave before, that does not run it well', async () => {
    const files = promotedFiles('{soak: 1m}');
    const pipeline = String(files.get('stowage.yaml')).replace('[dev, staging, [', '[[dev, staging], [');
    const fleet = await promotionFleet(withFiles(files, { 'stowage.yaml': pipeline }));
    await fleet.push({ [staging]: fleet.read(staging).replace('      release: 1.0.0 # pinned\n', ''), ...newer(fleet) });
    const revision = git(fleet.bare, 'rev-parse', 'main').trim();
    const now = Date.now();
    const at = (ago: number) => new Date(now - ago).toISOString();
    const application = (name: string, health: string) => ({
      apiVersion: 'argoproj.io/v1alpha1',
      kind: 'Application',
      metadata: { name, namespace: 'argocd' },
      status: {
        reconciledAt: at(1000),
        sync: { status: 'Synced', revision },
        health: { status: health, lastTransitionTime: at(3_600_000) },
        history: [{ id: 1, revision, deployedAt: at(3_600_000) }],
        operationState: { phase: 'Succeeded', syncResult: { revision } },
      },
    });
    const told = async (health: string) =>
      withValueFiles(
        { 'status.json': JSON.stringify({ items: [application('dev-shop', 'Healthy'), application('staging-shop', health)] }) },
        (folder) => fleet.run('promote', 'shop', '--to', 'prod-eu', '--dry-run', '--status-file', `${folder}/status.json`),
      );
    expect((await told('Degraded')).out).toContain('waits: staging-shop is Degraded');
    expect((await told('Healthy')).out).not.toContain('waits:');
  });
});

describe('words that mean nothing', () => {
  const wrong: [string, number, RegExp][] = [
    ['promote', 2, /say what is promoted where to/],
    ['promote shop', 2, /say what is promoted where to/],
    ['promote --due', 2, /--due goes with --all/],
    ['promote --all --to staging', 2, /--to is about one promotion/],
    ['promote --all --fields', 2, /--fields is about one promotion/],
    ['promote --all --allow-delete Service/a', 2, /--allow-delete is about one promotion/],
    ['promote shop --to staging -e dev', 2, /-e chooses among all/],
    ['promote shop --to staging -s shop', 2, /-s chooses among all/],
    ['promote shop --to staging --release head', 2, /`head` cannot be the name of a release/],
    ['promote shop --to staging --release ../../x', 2, /`\.\.\/\.\.\/x` cannot be the name/],
    ['promote shop --to staging --status-file /nowhere', 2, /cannot read \/nowhere/],
    ['promote shp --to staging', 2, /there is no System `shp`\n.*did you mean `shop`/],
    ['promote shop --to stagin', 2, /there is no environment `stagin`\n.*did you mean `staging`/],
    ['promote shop --to dev', 1, /dev is where shop begins/],
    ['promote shop --to staging --from prod-eu', 1, /prod-eu does not come before staging/],
    ['promote shop --to staging --include parameters.domain', 1, /so it stays as it is/],
    ['promote shop --to staging --include parameters.x', 1, /nothing of that name differs/],
    ['promote --all -e stagin', 2, /there is no environment `stagin`/],
    ['promote --status -s shp', 2, /there is no System `shp`\n.*did you mean `shop`/],
    ['rollback staging', 2, /is no <environment>\/<system>/],
    ['rollback staging/shop/web', 2, /is no <environment>\/<system>/],
    ['rollback stagin/shop', 2, /there is no environment `stagin`\n.*did you mean `staging`/],
    ['rollback staging/shop --to 9.9.9', 1, /no release `9\.9\.9`/],
    ['rollback staging/shop', 1, /knows nothing else that shop ran as/],
    ['bump shop web=example/web:2', 2, /has no digest/],
    [`bump shop wob=example/web:2@${digest}`, 1, /no component `wob`\n {2}→ did you mean `web`/],
    [`bump shp web=example/web:2@${digest}`, 2, /no System `shp`/],
    [`bump shop web=example/web:2@${digest} -e dev -e staging`, 2, /one environment/],
  ];

  test('each is told, with what may be meant, and nothing is written', async () => {
    const fleet = await promotionFleet();
    const before = refs(fleet);
    for (const [words, code, text] of wrong) {
      const ended = await fleet.run(...words.split(' '));
      expect({ words, code: ended.code }).toEqual({ words, code });
      expect(ended.err).toMatch(text);
    }
    for (const words of [
      ['promote', 'sh\u001b[31mop', '--to', 'staging'],
      ['rollback', 'de\u001b[31mv/shop'],
    ])
      expect((await fleet.run(...words)).err).not.toContain('\u001b');
    expect(refs(fleet)).toBe(before);
  });

  test('--fields shows what stays where nothing goes along', async () => {
    const fleet = await promotionFleet();
    const { code, out } = await fleet.run('promote', 'shop', '--to', 'staging', '--fields');
    expect(code).toBe(0);
    expect(out).toContain('local parameters.domain: staging has staging.example.com, dev dev.example.com');
    expect(out).toContain('nothing   staging/shop');
    const { results } = JSON.parse((await fleet.run('promote', 'shop', '--to', 'staging', '--json')).out);
    expect(results).toMatchObject([{ outcome: 'nothing', compared: { fields: [{ name: 'parameters.domain', taken: false }] } }]);
  });
});

describe('where the description lies', () => {
  test('in a folder of its repository, that a remote names by a relative path', async () => {
    const files = promotedFiles();
    const text = String(files.get('stowage.yaml'))
      .replace('small.git"}', 'small.git", path: fleets/eu}')
      .replace('../origin.git', '../../../origin.git');
    const fleet = await promotionFleet(withFiles(files, { 'stowage.yaml': text }), 'fleets/eu');
    await fleet.push(newer(fleet));
    expect((await fleet.run('promote', 'shop', '--to', 'staging')).out).toContain('opened    staging/shop #1');
    await fleet.merge(1);
    expect(fleet.read(staging)).toContain('release: 1.0.1 # pinned');
    expect((await fleet.run('compile', '--check')).code).toBe(0);
    await fleet.push({ 'stowage.yaml': text.replace('fleets/eu', 'fleets/us') });
    expect(await fleet.run('promote', '--status')).toMatchObject({ code: 3, err: expect.stringContaining('path: fleets/eu') });
  });

  test.each(['with', 'without'])('apart from where it is published, %s generated files beside it', async (mode) => {
    const files = promotedFiles();
    const text = String(files.get('stowage.yaml'))
      .replace('../origin.git', '../config.git')
      .replace('{pipeline', '{repository: ../origin.git, pipeline');
    const fleet = await promotionFleet(withFiles(files, { 'stowage.yaml': text }));
    if (mode === 'without') {
      git(fleet.folder, 'rm', '-r', '--quiet', '--cached', 'base', 'overlays', 'argocd');
      await fleet.push({ '.gitignore': '.stowage\nbase\noverlays\nargocd\n' });
    }
    await fleet.push(newer(fleet));
    expect((await fleet.run('promote', 'shop', '--to', 'staging', '--quiet')).code).toBe(0);
    const changed = git(fleet.bare, 'diff', '--name-only', 'main', 'stowage/promote/staging/shop').trim().split('\n');
    expect(changed).toContain(staging);
    expect(changed.some((path) => path.startsWith('overlays/'))).toBe(mode === 'with');
    await fleet.merge(1);
    expect(fleet.read(staging)).toContain('release: 1.0.1 # pinned');
  });

  test('nowhere that is known', async () => {
    const text = String(promotedFiles().get('stowage.yaml')).replace(/ {2}publish: .*\n/, '');
    const fleet = await promotionFleet(withFiles(promotedFiles(), { 'stowage.yaml': text }));
    const ended = await fleet.run('promote', '--status');
    expect(ended.code).toBe(3);
    expect(ended.err).toMatch(/does not say which repository holds the description[\s\S]*promotion: \{repository/);
  });
});
