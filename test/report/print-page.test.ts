import { inflateRawSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { pageFiles } from '../../src/build-facts.ts';
import { printLivePage, printReportPage } from '../../src/report/print-page.ts';
import type { Report, ReportIndex } from '../../src/report/report.ts';

const hostile = `</script><script>alert(1)</script><!--<script>"'&\u2028\u202e`;
const index = { fleet: { name: hostile, description: null }, notes: [hostile], parts: {} } as unknown as ReportIndex;
const report: Report = { index, parts: new Map([[`overlay/${hostile}`, JSON.stringify({ text: hostile })]]) };
const page = printReportPage(report, { script: 'run()', style: 'a{}' });

test('no text of a fleet ends the element that holds it, or begins another', () => {
  for (const html of [page, printLivePage(report, { script: 'run()', style: 'a{}' })]) {
    const opened = [...html.matchAll(/<script[^>]*>/g)].map(([tag]) => tag);
    const ours = /^<script(?: type="(?:application\/json|text\/plain)" id="[^"<>]*")?>$/;
    expect(opened.filter((tag) => !ours.test(tag))).toEqual([]);
    expect(html.match(/<\/script>/g)).toHaveLength(opened.length);
    expect(html).not.toContain('<!--');
  }
});

test('what is embedded is what was put in', () => {
  const embedded = /<script type="application\/json" id="index">(.*?)<\/script>/s.exec(page)?.[1] ?? '';
  expect(JSON.parse(embedded)).toEqual(index);
  const packed = /<script type="text\/plain" id="part:[^"]*">(.*?)<\/script>/s.exec(page)?.[1] ?? '';
  expect(JSON.parse(inflateRawSync(Buffer.from(packed, 'base64')).toString())).toEqual({ text: hostile });
});

test('nothing may run but the script of the page, and nothing is asked of a network', () => {
  const [, policy = ''] = /Content-Security-Policy" content="([^"]*)"/.exec(page) ?? [];
  expect(policy).toMatch(
    /^default-src 'none'; script-src 'sha256-[^']+'; style-src 'sha256-[^']+'; connect-src 'none'; base-uri 'none'; form-action 'none'$/,
  );
});

test('the page is small beside what it shows', () => {
  const { script, style } = pageFiles();
  expect(Buffer.byteLength(script) + Buffer.byteLength(style)).toBeLessThan(300_000);
});
