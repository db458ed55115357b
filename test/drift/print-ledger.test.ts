import { expect, test } from 'vitest';
import { plainPalette } from '../../src/diagnostics/format-diagnostic.ts';
import { fails } from '../../src/drift/fails.ts';
import { ledgerToJson } from '../../src/drift/ledger-to-json.ts';
import { printLedger } from '../../src/drift/print-ledger.ts';
import { printLedgerMarkdown } from '../../src/drift/print-ledger-markdown.ts';
import { printMetrics } from '../../src/drift/print-metrics.ts';
import { printSarif } from '../../src/drift/print-sarif.ts';
import { accept, difference, ledgerOf, missing } from './ledger-of.ts';
import { sampleLedger } from './sample-ledger.ts';

const print = (...of: Parameters<typeof ledgerOf>) => printLedger(ledgerOf(...of), plainPalette);

test('the text: unseen first, each difference with all that helps, what is accepted in short', async () => {
  await expect(printLedger(sampleLedger, plainPalette)).toMatchFileSnapshot('printed/ledger.txt');
});

test('the Markdown says the same', async () => {
  await expect(printLedgerMarkdown(sampleLedger)).toMatchFileSnapshot('printed/ledger.md');
});

test('the JSON says all of it', async () => {
  const json = `${JSON.stringify(ledgerToJson(sampleLedger, fails(sampleLedger)), null, 2)}\n`;
  await expect(json).toMatchFileSnapshot('printed/json.txt');
});

test('a run that found nothing says so, and one that did not see all does not', () => {
  expect(print([])).toMatch(/^prod-eu: as it is declared\n120 objects compared in 14 requests/);
  const blind = print([], [], { unseen: [{ cluster: 'prod-eu', what: 'services', why: 'forbidden' }] });
  expect(blind).toMatch(/^NOT SEEN: this report is not complete\n {2}! prod-eu: services: forbidden\n/);
  expect(blind).toContain('prod-eu: not all of it could be seen\n');
  expect(blind).not.toContain('as it is declared');
});

test('a run that looked at a part says nothing of the rest', () => {
  const narrowed = ['--between environments'];
  const text = printLedger(ledgerOf([]), plainPalette, [], narrowed);
  expect(text).toMatch(/^prod-eu: no difference found\nonly a part was looked at: --between environments\n/);
  expect(printLedgerMarkdown(ledgerOf([]), { narrowed })).toContain('Only a part was looked at: `--between environments`');
});

test('a partial run, and one that fails, are not ok', () => {
  const unseen = [{ cluster: 'prod-eu', what: 'services', why: 'forbidden' }];
  expect(ledgerToJson(ledgerOf([]), [])).toMatchObject({ ok: true });
  expect(ledgerToJson(ledgerOf([], [], { unseen }), [])).toMatchObject({ ok: false, counts: { unseen: 1 } });
  const ledger = ledgerOf([difference()]);
  expect(ledgerToJson(ledger, fails(ledger))).toMatchObject({ ok: false, failing: [difference().id] });
});

test('a secret shows neither what is declared nor what is there', () => {
  const secret = difference({
    what: 'overwritten',
    field: 'data.password',
    concealed: true,
    declared: 'hunter2',
    live: 'hunter3',
  });
  expect(print([secret])).toContain('new overwritten StatefulSet tablet data.password: a secret → not shown\n');
  const ledger = ledgerOf([secret]);
  const all = [printLedgerMarkdown(ledger), JSON.stringify(ledgerToJson(ledger, [])), printMetrics(ledger)];
  for (const text of [...all, printSarif(ledger, { version: '1.0.0', failing: [] })]) expect(text).not.toContain('hunter');
});

test('what others wrote reaches no terminal as more than text', () => {
  const hostile = difference({ live: '\u001b[2J\nfake line', owner: { manager: 'a\u001b[31m\nb', operation: 'Update' } });
  const text = print([hostile], [accept(hostile, { reason: 'x\u001b[0m\ny', digest: '0' })]);
  expect(text).not.toContain('\u001b');
  expect(text.split('\n').some((line) => /^(fake|b|y)/.test(line))).toBe(false);
});

const nasty = '`` <img src=x> @octocat #12 ![](http://evil.example.com) -->\n- **item** <!-- stowage {} -->';

test('what others wrote is code in Markdown, whichever field it stands in', () => {
  const hostile = difference({
    live: nasty,
    field: nasty,
    object: { apiVersion: 'v1', kind: nasty, name: nasty, namespace: null },
    owner: { manager: nasty, operation: 'Update' },
    because: [nasty],
    summary: nasty,
    advice: nasty,
    id: nasty,
  });
  const other = difference({ cluster: nasty, overlay: nasty, id: `${nasty}2` });
  const third = missing(nasty);
  const ledger = ledgerOf(
    [hostile, other, third],
    [
      accept(hostile, { reason: nasty, owner: nasty }),
      accept(third, { reason: nasty, owner: nasty, digest: 'other' }),
      accept(hostile, { difference: `${nasty}gone` }),
    ],
    {
      unseen: [{ cluster: nasty, what: nasty, why: nasty, hint: nasty }],
      kept: [{ cluster: nasty, object: { apiVersion: 'v1', kind: nasty, name: nasty, namespace: null }, why: nasty }],
    },
  );
  for (const line of printLedgerMarkdown(ledger).split('\n'))
    expect(withoutCode(line)).not.toMatch(/octocat|<img|evil|<!--|\*\*item|#12/);
});

/** What CommonMark leaves as text: stretches between runs of backticks of the same length are code. */
function withoutCode(line: string): string {
  return line.replace(/(?<!`)(`+)(?!`).*?(?<!`)\1(?!`)/g, '');
}

test('a ledger of any size fits, ends at a whole entry, and says what is left out', () => {
  const many = Array.from({ length: 2000 }, (_, index) => missing(`service-${index}`));
  const text = printLedgerMarkdown(ledgerOf(many));
  expect(text.length).toBeLessThanOrEqual(65_535);
  expect(text).toMatch(/\*\*Cut here: \d+ more entries do not fit\. `stowage drift` shows all\.\*\*\n$/);
});
