import { describe, expect, test } from 'vitest';
import { readHeader, withHeader } from '../../src/print/header.ts';

const file = withHeader('clusters/dev/dev.yaml', 'kind: Namespace\n');

describe('the first line of a generated file', () => {
  test('names the source and knows the body', () => {
    expect(readHeader(file)).toEqual({ source: 'clusters/dev/dev.yaml', untouched: true });
  });

  test.each([
    ['another body', file.replace('Namespace', 'Service')],
    ['a line more', `${file}extra: true\n`],
    ['a line less', file.split('\n')[0]?.concat('\n') ?? ''],
    ['other line breaks', file.replaceAll('\n', '\r\n')],
  ])('shows %s', (_, text) => {
    expect(readHeader(text)).toEqual({ source: 'clusters/dev/dev.yaml', untouched: false });
  });

  test.each([
    ['an empty file', ''],
    ['a file of a person', 'kind: Namespace\n'],
    ['a header that is not in the first line', `\n${file}`],
    ['a header without its digest', file.replace(/ · .*/, '')],
  ])('is missing in %s', (_, text) => {
    expect(readHeader(text)).toBeUndefined();
  });
});
