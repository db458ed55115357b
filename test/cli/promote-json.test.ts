import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { repository } from '../support/fleet-files.ts';
import { git } from '../support/git-folder.ts';
import { head, promotedFiles, promotionFleet } from './promotion-fleet.ts';

const page = readFileSync(join(repository, 'docs/json.md'), 'utf8');

/** What the first table behind these words names: the fields of first cells, and of objects that cells show in braces. */
function fieldsAfter(words: string): string[] {
  const rows = (page.slice(page.indexOf(words)).match(/(?:^\|.*\n)+/m)?.[0] ?? '').split('\n').slice(2, -1);
  return rows.flatMap((row) => {
    const [, first = '', second = ''] = row.split('|');
    const [whole = '', ...others] = [...first.matchAll(/`([^`]+)`/g)].map(([, name = '']) => name);
    const names = [whole, ...others.map((name) => whole.replace(/\.[^.]*$/, name))];
    const inner = (/^(?:list of )?`\{(.*?)\}`/.exec(second)?.[1] ?? '').split(', ').filter((name) => name !== '');
    const list = second.startsWith('list of') ? '[]' : '';
    return [...names, ...inner.map((name) => `${whole}${list}.${name}`)];
  });
}

function fieldsIn(value: unknown, path = ''): string[] {
  if (typeof value !== 'object' || value === null) return [];
  if (Array.isArray(value)) return value.flatMap((item) => fieldsIn(item, `${path}[]`));
  return Object.entries(value).flatMap(([key, inner]) => {
    const below = path === '' ? key : `${path}.${key}`;
    return [below, ...(below.endsWith('.plan') ? [] : fieldsIn(inner, below))];
  });
}

test('every field that is printed stands in the page', async () => {
  const fleet = await promotionFleet(promotedFiles('{windows: [{schedule: "0 0 1 1 *", duration: 1m}], approvals: 1, soak: 1h}'));
  await fleet.push({ [head]: fleet.read(head).replace('shop:1.0.0', 'shop:1.1.0') });
  const run = async (words: string) => JSON.parse((await fleet.run(...words.split(' '), '--json')).out);
  const opened = await run('promote shop --to staging');
  expect(opened).toMatchObject({ command: 'promote', ok: true, results: [{ outcome: 'opened', pullRequest: { number: 1 } }] });
  await fleet.merge(1);
  const all = [
    opened,
    await run('promote shop --to prod-eu'),
    await run('promote shop --to staging'),
    await run('promote shop --to dev'),
    await run('rollback staging/shop --dry-run'),
    await run(`bump shop web=example/shop:2@sha256:${'1'.repeat(64)}`),
  ];
  expect(all.map(({ command, results }) => [command, results[0].outcome])).toEqual([
    ['promote', 'opened'],
    ['promote', 'refused'],
    ['promote', 'nothing'],
    ['promote', 'refused'],
    ['rollback', 'preview'],
    ['bump', 'opened'],
  ]);
  const known = fieldsAfter('## `promote`, `rollback`, `bump`');
  const whole = known.filter(
    (field) => field.startsWith('results[].change.fields') || field.startsWith('results[].change.gates'),
  );
  expect(whole.length).toBeGreaterThan(6);
  const within = [
    ...['before', 'after', 'frozen'].map((name) => `results[].change.release.${name}`),
    ...['kind', 'state', 'text', 'until'].map((name) => `results[].change.gates[].${name}`),
    ...known
      .filter((field) => field.startsWith('results[].change.fields[].'))
      .map((field) => field.replace('.change.', '.compared.')),
    ...['from', 'to', 'fields'].map((name) => `results[].compared.${name}`),
  ];
  for (const field of new Set(all.flatMap((document) => fieldsIn(document)))) expect([...known, ...within]).toContain(field);

  const status = await run('promote --status');
  expect([...new Set(fieldsIn(status))].sort()).toEqual(fieldsAfter('`promote --status`:').sort());
  writeFileSync(join(fleet.folder, head), 'nothing that can be read');
  git(fleet.folder, 'commit', '--quiet', '-am', 'broken');
  git(fleet.folder, 'push', '--quiet', 'origin', 'main');
  expect(await run('promote --status')).toMatchObject({ ok: false, pipeline: null, diagnostics: [{ severity: 'error' }] });
});
