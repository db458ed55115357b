import { expect, test } from 'vitest';
import { schemas } from '../../src/build-facts.ts';
import { openSession } from '../../src/live/session.ts';
import type { ChangePart, OverlayPart } from '../../src/report/report.ts';
import { parseBuild } from '../../src/verify/parse-build.ts';
import { asBytes, type Files, withFiles } from '../support/fleet-files.ts';
import { smallFleet } from '../support/small-fleet.ts';

const dev = [...smallFleet.keys()].find((path) => path.endsWith('/dev.yaml')) as string;

const prod = [...smallFleet.keys()].find((path) => path.endsWith('/prod.yaml')) as string;

function open() {
  const facts = { schemas, compiler: 'test', version: 'test', parse: parseBuild, folder: 'somewhere', drift: undefined };
  const session = openSession({ ...facts, now: () => new Date(0) });
  const bytes = new Map<string, Uint8Array>();
  /** What is as it was comes as the same bytes. */
  const save = (files: Files) => {
    for (const [path, content] of asBytes(files)) {
      const known = bytes.get(path);
      if (known === undefined || Buffer.compare(known, content) !== 0) bytes.set(path, content);
    }
    const there = new Map([...bytes].filter(([path]) => files.has(path)));
    return session.compile({ name: 'working tree', files: there, diagnostics: [] });
  };
  const cells = () =>
    session.report().index.cells.map((cell) => `${cell.environment}/${cell.system}${cell.stale ? ' stale' : ''}`);
  return { session, save, cells };
}

const changed = (path: string, before: string, after: string) =>
  withFiles(smallFleet, { [path]: String(smallFleet.get(path)).replace(before, after) });

test('only what an edit changes is another one', () => {
  const { session, save, cells } = open();
  expect(save(smallFleet)).toHaveLength(4);
  expect(cells()).toHaveLength(4);
  const parts = session.report().index.parts;
  const replicas = /replicas: \d+/.exec(String(smallFleet.get(dev)))?.[0] as string;
  expect(save(changed(dev, replicas, 'replicas: 7'))).toEqual(['dev/shop']);
  const after = session.report().index.parts;
  expect(Object.keys(after).filter((name) => after[name] !== parts[name] && name.startsWith('overlay/'))).toEqual([
    'overlay/dev/shop',
  ]);
  expect(save(smallFleet)).toEqual(['dev/shop']);
  expect(session.report().index.parts['overlay/dev/shop']).toBe(parts['overlay/dev/shop']);
});

test('what cannot be read stays as it was, and is new again when it can', () => {
  const { session, save, cells } = open();
  save(smallFleet);
  const good = session.report().index.parts['overlay/dev/shop'];
  save(changed(dev, 'systems:', 'systems: ['));
  expect(cells()).toEqual(expect.arrayContaining(['dev/shop stale', 'dev/stock stale', 'prod/shop', 'prod/stock']));
  expect(session.report().index.problems.map(({ code, file }) => `${code} ${file}`)).toContain(`yaml-syntax ${dev}`);
  expect(session.report().index.parts['overlay/dev/shop']).toBe(good);
  save(smallFleet);
  expect(cells().filter((cell) => cell.endsWith('stale'))).toEqual([]);
  expect(session.report().index.problems).toEqual([]);
});

test('of one overlay that cannot be compiled the others go on', () => {
  const { save, cells } = open();
  save(smallFleet);
  save(changed(dev, 'shop:', 'shop:\n      release: 9.9.9'));
  expect(cells()).toEqual(expect.arrayContaining(['dev/shop stale', 'dev/stock', 'prod/shop', 'prod/stock']));
});

test('without a readable stowage.yaml everything stays as it was', () => {
  const { save, cells } = open();
  save(smallFleet);
  save(withFiles(smallFleet, { 'stowage.yaml': 'kind: [' }));
  expect(cells().every((cell) => cell.endsWith('stale'))).toBe(true);
  expect(cells()).toHaveLength(4);
});

test('an environment whose file is gone is gone', () => {
  const { save, cells } = open();
  save(smallFleet);
  expect([...save(withFiles(smallFleet, { [dev]: undefined }))].sort()).toEqual(['dev/shop', 'dev/stock']);
  expect(cells()).toEqual(['prod/shop', 'prod/stock']);
});

test('a fleet that could never be read shows its problems and nothing else', () => {
  const { session, save } = open();
  save(withFiles(smallFleet, { 'stowage.yaml': 'kind: [' }));
  const { fleet, cells, problems } = session.report().index;
  expect(fleet.name).toBe('somewhere');
  expect(cells).toEqual([]);
  expect(problems.map(({ file }) => file)).toContain('stowage.yaml');
});

test('what only a base would tell is told when there is time', () => {
  const { session, save } = open();
  save(smallFleet);
  let made = 0;
  while (session.checkNext()) made += 1;
  expect(made).toBe(2);
  save(changed(dev, 'stage: dev', 'stage: dev\n  description: another'));
  expect(session.checkNext()).toBe(false);
});

test('changes are counted from what was named', () => {
  const { session, save } = open();
  save(smallFleet);
  expect(session.report().index).toMatchObject({ change: null, notes: ['changes are not shown: nothing was compared yet'] });
  session.countFrom(session.rendered().state);
  expect(session.report().index.change).toMatchObject({ objects: 0 });
  const replicas = /replicas: \d+/.exec(String(smallFleet.get(dev)))?.[0] as string;
  save(changed(dev, replicas, 'replicas: 7'));
  expect(session.report().index.change).toMatchObject({ objects: 1, overlays: 1 });
});

test('changes follow every edit, though most of them were planned before', () => {
  const { session, save } = open();
  save(smallFleet);
  const start = session.rendered().state;
  session.countFrom(start);
  const counts = () => {
    const { change, cells } = session.report().index;
    const changed = cells.filter(({ changes }) => changes?.objects !== 0);
    return [
      change?.overlays,
      ...changed.map(({ environment, system, changes }) => `${environment}/${system} ${changes?.objects}`),
    ];
  };
  const part = () => JSON.parse(session.report().parts.get('change') as string) as ChangePart;
  const more = changed(dev, 'replicas: 2', 'replicas: 7');
  save(more);
  expect(counts()).toEqual([1, 'dev/shop 1']);
  const both = withFiles(more, { [prod]: String(smallFleet.get(prod)).replace('replicas: 3', 'replicas: 8') });
  save(both);
  expect(counts()).toEqual([2, 'dev/shop 1', 'prod/shop 1']);
  // Of the same value another line is the reason.
  const below = withFiles(both, { [dev]: `# above all\n${both.get(dev)}` });
  save(below);
  expect(counts()).toEqual([2, 'dev/shop 1', 'prod/shop 1']);
  const lineOf = (files: Files) =>
    String(files.get(dev))
      .split('\n')
      .findIndex((line) => line.includes('replicas: 7')) + 1;
  expect(JSON.stringify(part().folds)).toContain(`${dev}:${lineOf(below)}`);
  expect(JSON.stringify(part().folds)).not.toContain(`${dev}:${lineOf(both)}`);
  save(more);
  expect(counts()).toEqual([1, 'dev/shop 1']);
  session.countFrom(session.rendered().state);
  expect(counts()).toEqual([0]);
  session.countFrom(start);
  expect(counts()).toEqual([1, 'dev/shop 1']);
});

test('what stays the same says by which line, also when that is another one', () => {
  const { session, save } = open();
  save(smallFleet);
  const lines = () => {
    const { origins } = JSON.parse(session.report().parts.get('overlay/dev/stock') as string) as OverlayPart;
    return origins.flatMap((origin) => (origin.kind === 'spec' && origin.file === dev ? [origin.line] : []));
  };
  const before = lines();
  expect(before.length).toBeGreaterThan(0);
  save(changed(dev, '    shop:', '    # one more line\n    shop:'));
  expect(lines()).toEqual(before.map((line) => line + 1));
});

test('a secret that was just typed is shown by no part of the page', () => {
  const { session, save, cells } = open();
  const fleet = withFiles(smallFleet, {
    'stowage.yaml': String(smallFleet.get('stowage.yaml')).replace(
      '  stages:',
      '  promotion: {pipeline: [dev, prod]}\n  stages:',
    ),
  });
  save(fleet);
  const secret = 'aZ8-kq2Lw9';
  const typed = String(smallFleet.get(dev)).replace('replicas: 2', `replicas: 2, env: {DB_PASSWORD: ${secret}, GREETING: hello}`);
  save(withFiles(fleet, { [dev]: typed }));
  const { index, parts } = session.report();
  expect(index.problems.map(({ code }) => code)).toContain('plaintext-secret');
  expect(parts.get('promotion')).toContain('DB_PASSWORD');
  expect(parts.get('promotion')).toContain('hello');
  for (const text of [JSON.stringify(index), ...parts.values()]) expect(text).not.toContain(secret);
  expect(cells()).toEqual(['dev/shop stale', 'dev/stock stale', 'prod/shop', 'prod/stock']);
  // From the start there is nothing to show in its place.
  const late = open();
  late.save(withFiles(fleet, { [dev]: typed }));
  expect(late.cells()).toEqual(['prod/shop', 'prod/stock']);
  expect(late.session.kept().size).toBe(0);
  for (const text of late.session.report().parts.values()) expect(text).not.toContain(secret);
});
