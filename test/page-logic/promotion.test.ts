import { expect, test } from 'vitest';
import { shellWord } from '../../src/page/base/shell-word.ts';
import { webAddress } from '../../src/page/base/web-address.ts';
import { ageText } from '../../src/page/promotion/age-text.ts';
import { promoteCommand } from '../../src/page/promotion/promote-command.ts';
import { stopState } from '../../src/page/promotion/stop-state.ts';
import type { PipelineStop } from '../../src/report/report.ts';

const stop = (more: Partial<PipelineStop>): PipelineStop => ({
  environment: 'staging',
  stage: 'staging',
  release: '1.0.0',
  since: null,
  from: 'dev',
  next: null,
  pullRequest: null,
  url: null,
  waits: null,
  fields: [],
  ...more,
});

test.each([
  ['begins here', {}, 0],
  ['up to date', {}, 1],
  ['up to date', { waits: [] }, 1],
  ['pending', { next: 'Promote it' }, 1],
  ['waiting', { next: 'Promote it', waits: ['nobody has promoted it'] }, 1],
  ['refused', { waits: ['it has an older release'] }, 1],
  ['refused', { from: null, waits: ['dev does not run it'] }, 1],
])('%s', (word, more, wave) => {
  expect(stopState(stop(more), wave).word).toBe(word);
});

test('only addresses of the web are followed', () => {
  expect(webAddress('https://git.example.com/pulls/1')).toBe('https://git.example.com/pulls/1');
  for (const other of ['javascript:alert(1)', 'data:text/html,x', 'file:///etc/passwd', 'pulls/1', '', null])
    expect(webAddress(other)).toBeUndefined();
});

test('a command can be typed as it stands, whatever is in a name', () => {
  expect(promoteCommand('shop', 'prod-eu', ['parameters.epochs'])).toBe(
    'stowage promote shop --to prod-eu --include parameters.epochs',
  );
  expect(shellWord('$(rm -rf ~)')).toBe("'$(rm -rf ~)'");
  expect(shellWord("it's")).toBe(`'it'\\''s'`);
  expect(shellWord('')).toBe("''");
});

test('an age is told in the largest unit that fits', () => {
  expect(ageText('2026-01-01T00:00:00Z', '2026-01-04T12:00:00Z')).toBe('3 days');
  expect(ageText('2026-01-01T00:00:00Z', '2026-01-01T01:59:00Z')).toBe('1 hour');
  expect(ageText('2026-01-01T00:00:00Z', '2026-01-01T00:00:10Z')).toBe('less than a minute');
});
