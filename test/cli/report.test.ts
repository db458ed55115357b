import { chmodSync, existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { inflateRawSync } from 'node:zlib';
import { expect, test } from 'vitest';
import type { OverlayPart, PromotionPart, Report, ReportIndex } from '../../src/report/report.ts';
import { temporaryFolder, withFiles, writeFiles } from '../support/fleet-files.ts';
import { gitFolder } from '../support/git-folder.ts';
import { stowage } from '../support/run-cli.ts';
import { smallFleet } from '../support/small-fleet.ts';

interface Page {
  readonly index: ReportIndex;
  readonly part: <Part>(name: string) => Part;
}

function readPage(html: string): Page {
  const embedded = /<script type="application\/json" id="index">(.*?)<\/script>/s.exec(html)?.[1] ?? '';
  return {
    index: JSON.parse(embedded),
    part: (name) => {
      const [, packed = ''] = html.split(`id="part:${name}">`);
      return JSON.parse(inflateRawSync(Buffer.from(packed.slice(0, packed.indexOf('<')), 'base64')).toString());
    },
  };
}

test('a report holds what runs where, and what would change since the last commit', () => {
  const fleet = gitFolder(smallFleet);
  writeFiles(fleet, withFiles(smallFleet, { 'clusters/prod/prod.yaml': edited(smallFleet, 'clusters/prod/prod.yaml') }));
  const { code, out, err } = stowage(['report'], { in: fleet });
  expect({ code, err }).toEqual({ code: 0, err: '' });
  expect(out).toMatch(
    /^wrote stowage-report\.html: 2 environments, 2 systems, 4 overlays; \d+ parts, \d+ KiB\n {2}open file:\/\//,
  );
  const { index, part } = readPage(readFileSync(join(fleet, 'stowage-report.html'), 'utf8'));
  expect(index.fleet).toEqual({ name: 'small', description: null });
  expect(index.environments.map(({ name, cluster }) => [name, cluster])).toEqual([
    ['dev', 'dev'],
    ['prod', 'prod'],
  ]);
  expect(index.cells.map(({ environment, system, release, changes }) => [environment, system, release, changes])).toEqual([
    ['dev', 'shop', 'head', { objects: 0, hazards: 0 }],
    ['dev', 'stock', 'head', { objects: 0, hazards: 0 }],
    ['prod', 'shop', 'head', { objects: 1, hazards: 0 }],
    ['prod', 'stock', 'head', { objects: 0, hazards: 0 }],
  ]);
  expect(index.cells[2]?.load).toMatchObject({
    pods: { minimum: 5, maximum: 5 },
    minimum: [
      { resource: 'cpu', value: 0.25, text: '250m' },
      { resource: 'memory', value: 5 * 64 * 2 ** 20, text: '320Mi' },
    ],
  });
  expect(index.change).toMatchObject({ objects: 1, overlays: 1, hazards: 0 });
  expect(index.objects.find(({ object }) => object === 'Deployment/shop-web')).toEqual({
    system: 'shop',
    object: 'Deployment/shop-web',
    component: 'web',
    environments: [0, 1],
  });
  const { objects, origins } = part<OverlayPart>('overlay/prod/shop');
  const deployment = objects.find(({ kind }) => kind === 'Deployment');
  expect(deployment?.value).toMatchObject({ spec: { replicas: 5 } });
  expect(origins).toContainEqual(
    expect.objectContaining({ layer: 'environment prod', line: 9, beat: [expect.objectContaining({ value: 1 })] }),
  );
});

function edited(fleet: typeof smallFleet, path: string): string {
  return String(fleet.get(path)).replace('replicas: 3', 'replicas: 5');
}

test('the same fleet at the same time gives the same bytes', () => {
  const fleet = gitFolder(smallFleet);
  const env = { SOURCE_DATE_EPOCH: '1790000000' };
  const one = stowage(['report', '-o', '-'], { in: fleet, env });
  const other = stowage(['report', '-o', '-'], { in: fleet, env: { ...env, TZ: 'Asia/Tokyo', LANG: 'tr_TR.UTF-8' } });
  expect(one.code).toBe(0);
  expect(one.out).toBe(other.out);
  expect(readPage(one.out).index.at).toBe(new Date(1_790_000_000_000).toISOString());
});

test('--json prints the same data', () => {
  const fleet = gitFolder(smallFleet);
  const { code, out } = stowage(['report', '--json', '-e', 'dev'], { in: fleet });
  const document = JSON.parse(out) as { command: string; ok: boolean; index: Report['index']; parts: Record<string, unknown> };
  expect(code).toBe(0);
  expect(document).toMatchObject({ command: 'report', ok: true });
  expect(Object.keys(document.parts)).toEqual(Object.keys(document.index.parts));
  expect(document.index.environments.map(({ name }) => name)).toEqual(['dev']);
});

test('without a commit to compare with the page says so', () => {
  const { code, out, err } = stowage(['report'], { in: temporaryFolder(smallFleet) });
  expect(code).toBe(0);
  expect(out).toContain('wrote stowage-report.html');
  expect(err).toMatch(/^changes are not shown: there is no commit to compare with here/);
});

test('what promotions wait for is not known where nobody can be asked, and the fields are', () => {
  const fleet = gitFolder(
    withFiles(smallFleet, {
      'stowage.yaml': String(smallFleet.get('stowage.yaml')).replace(
        '  stages:',
        '  promotion: {pipeline: [dev, prod]}\n  stages:',
      ),
    }),
  );
  for (const [words, why] of [
    [[], 'stowage.yaml does not say which repository holds the description'],
    [['--offline'], 'nobody was asked'],
  ] as const) {
    const { code, out } = stowage(['report', '-o', '-', ...words], { in: fleet });
    expect(code).toBe(0);
    const { unasked, systems } = readPage(out).part<PromotionPart>('promotion');
    expect(unasked).toContain(why);
    const stop = systems.find(({ system }) => system === 'shop')?.waves[1]?.[0];
    expect(stop).toMatchObject({ environment: 'prod', from: 'dev', waits: null });
    expect(stop?.fields).toContainEqual(
      expect.objectContaining({ name: 'components.web.replicas', class: 'local', source: 2, target: 3, taken: false }),
    );
  }
});

test('a fleet with errors gives no page', () => {
  const broken = String(smallFleet.get('clusters/prod/prod.yaml')).replace('replicas: 3', 'replica: 3');
  const fleet = temporaryFolder(withFiles(smallFleet, { 'clusters/prod/prod.yaml': broken }));
  const { code, out, err } = stowage(['report'], { in: fleet });
  expect({ code, out }).toEqual({ code: 1, out: '' });
  expect(err).toContain('clusters/prod/prod.yaml:9:26: error: unknown field `replica`');
  expect(err).toContain('`stowage dev` shows its problems in place');
  expect(existsSync(join(fleet, 'stowage-report.html'))).toBe(false);
  const told = stowage(['report', '--json'], { in: fleet });
  expect({ code: told.code, document: JSON.parse(told.out) }).toMatchObject({
    code: 1,
    document: { command: 'report', ok: false, index: null, parts: {}, diagnostics: [{ code: 'unknown-field', line: 9 }] },
  });
});

test.each([
  [['-e', 'prd'], 2, 'there is no environment `prd`'],
  [['--from', 'nowhere'], 2, '`nowhere` is no commit of this repository'],
  [['--from', 'worktree'], 2, '--from worktree is what the page shows'],
  [
    ['-o', 'missing/page.html'],
    3,
    'cannot write missing/page.html: ENOENT: no such file or directory\n  → is there such a folder?',
  ],
  [
    ['-o', 'systems'],
    3,
    'cannot write systems: EISDIR: illegal operation on a directory\n  → this is a folder; name a file in it',
  ],
  [['-o', ''], 2, '--output is empty'],
  [['--json', '-o', 'page.html'], 2, '--output is where the page goes, and --json prints its data instead of it'],
  [['--status-file', 'missing.json'], 2, 'cannot read missing.json: there is no such file'],
])('%s is told', (words, code, message) => {
  const fleet = gitFolder(smallFleet);
  const ended = stowage(['report', ...words], { in: fleet });
  expect({ code: ended.code, out: ended.out }).toEqual({ code, out: '' });
  expect(ended.err).toContain(message);
  expect(ended.err).not.toMatch(/^\s+at /m);
});

test.skipIf(process.getuid?.() === 0)('a folder that cannot be written is told', () => {
  const fleet = gitFolder(smallFleet);
  chmodSync(fleet, 0o555);
  expect(stowage(['report'], { in: fleet })).toMatchObject({
    code: 3,
    err: expect.stringContaining('the folder may not be written'),
  });
});

test.skipIf(process.getuid?.() === 0)('a file that may not be read is told', () => {
  const fleet = gitFolder(smallFleet);
  chmodSync(join(fleet, 'clusters/prod/prod.yaml'), 0);
  const { code, out, err } = stowage(['report'], { in: fleet });
  expect({ code, out }).toEqual({ code: 3, out: '' });
  expect(err).toContain('error: cannot read clusters/prod/prod.yaml: EACCES');
});
