import { expect, test } from 'vitest';
import type { Diagnostic } from '../../src/diagnostics/diagnostic.ts';
import { placeAt } from '../../src/model/source-file.ts';
import { describeProblems } from '../../src/report/describe-problem.ts';
import { useBrowser } from './support/browser.ts';
import { rewriteReport } from './support/rewrite-report.ts';

const open = useBrowser();

const text = 'spec:\n  systems:\n    fluss:\n      replicas: five\n      releese: 1.0.0\n';
const file = { path: 'clusters/dev/dev.yaml', text };
const other = { path: 'stowage.yaml', text: 'kind: Fleet\n' };
const at = (of: typeof file, words: string) => placeAt(of, of.text.indexOf(words), of.text.indexOf(words) + words.length);
const diagnostics: Diagnostic[] = [
  { code: 'wrong-type', severity: 'warning', message: '`kind` is said twice', place: at(other, 'Fleet') },
  {
    code: 'unknown-field',
    severity: 'error',
    message: 'there is no field `releese`',
    place: at(file, 'releese'),
    hint: 'did you mean `release`?',
    related: [{ place: at(file, 'fluss'), message: 'in this system' }],
    overlays: ['overlays/dev/fluss', 'overlays/gone/fluss'],
  },
  { code: 'wrong-type', severity: 'error', message: 'must be a whole number', place: at(file, 'five') },
];

function reportWith(problems: readonly Diagnostic[]): string {
  return rewriteReport({ index: (index) => ({ ...index, problems: describeProblems(problems) }) });
}

test('errors come first, with their lines, what is meant in them, and what to do', async () => {
  const page = await open({ at: '/problems', report: reportWith(diagnostics) });
  const headings = page.locator('main').getByRole('heading', { level: 3 });
  await expect.poll(() => headings.allInnerTexts()).toEqual(['clusters/dev/dev.yaml\n2', 'stowage.yaml\n1']);
  const [first, second] = [page.getByRole('article').nth(0), page.getByRole('article').nth(1)];
  expect(await first.innerText()).toContain('must be a whole number');
  expect(await second.innerText()).toContain('did you mean release?');
  expect(await second.innerText()).toContain('clusters/dev/dev.yaml:3:5 in this system');
  expect(await second.locator('mark').textContent()).toBe('releese');
  expect(await second.getByRole('row', { name: '5 releese: 1.0.0' }).count()).toBe(1);
});

test('the carets stand right below what is meant', async () => {
  const page = await open({ at: '/problems', report: reportWith(diagnostics) });
  const card = page.getByRole('article').first();
  const mark = await card.locator('mark').boundingBox();
  const carets = await card.locator('.problems-carets span').evaluate((element) => {
    const range = document.createRange();
    range.setStart(element.firstChild as Text, (element.textContent ?? '').indexOf('^'));
    range.setEnd(element.firstChild as Text, (element.textContent ?? '').length);
    const { x, y, width } = range.getBoundingClientRect();
    return { x, y, width };
  });
  expect(Math.abs(carets.x - (mark?.x ?? 0))).toBeLessThan(1.5);
  expect(Math.abs(carets.width - (mark?.width ?? 0))).toBeLessThan(1.5);
  expect(carets.y).toBeGreaterThan(mark?.y ?? 0);
});

test('overlays lead to where they are shown, and those that are not shown are only named', async () => {
  const page = await open({ at: '/problems', report: reportWith(diagnostics) });
  const card = page.getByRole('article').nth(1);
  expect(await card.getByRole('link', { name: 'dev/fluss' }).getAttribute('href')).toBe('#/system/fluss/dev');
  expect(await card.getByRole('link').count()).toBe(1);
  expect(await card.innerText()).toContain('gone/fluss');
});

test('how many there are is told to who listens', async () => {
  const page = await open({ at: '/problems', report: reportWith(diagnostics) });
  await expect.poll(() => page.locator('[aria-live=polite]').textContent()).toBe('2 errors and 1 warning in 2 files');
});

test('a fleet without problems is said to be well', async () => {
  const page = await open({ at: '/problems', report: reportWith([]) });
  await expect.poll(() => page.getByText('no errors, no warnings').isVisible()).toBe(true);
});
