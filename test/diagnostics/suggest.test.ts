import { describe, expect, test } from 'vitest';
import { didYouMean, suggest } from '../../src/diagnostics/suggest.ts';

describe('what was meant', () => {
  test.each([
    ['replica', 'replicas'],
    ['repliccas', 'replicas'],
    ['relpicas', 'replicas'],
    ['Image', 'image'],
    ['imagge', 'image'],
    ['hots', 'host'],
  ])('%s: %s', (written, meant) => {
    expect(suggest(written, ['replicas', 'image', 'host'])).toBe(meant);
  });

  test('is not guessed at where nothing is near', () => {
    expect(suggest('schedule', ['replicas', 'image'])).toBeUndefined();
    expect(suggest('x', [])).toBeUndefined();
  });

  test('is the nearest of several, and the first of equals', () => {
    expect(suggest('porta', ['port', 'ports', 'portal'])).toBe('port');
    expect(suggest('prt', ['parts', 'port'])).toBe('port');
  });

  test('names what there is when nothing is near, and not without end', () => {
    expect(didYouMean('schedule', ['a', 'b'])).toBe('known here: a, b');
    expect(didYouMean('schedule', [])).toBeUndefined();
    const many = Array.from({ length: 20 }, (_, index) => `name-${index}`);
    expect(didYouMean('schedule', many)).toBe(`known here: ${many.slice(0, 12).join(', ')}, …`);
  });
});
