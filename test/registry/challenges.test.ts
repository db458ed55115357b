import { expect, test } from 'vitest';
import { parseChallenges } from '../../src/registry/parse-challenges.ts';

test.each([
  [
    'Bearer realm="https://auth.example.com/token",service="registry.example.com",scope="repository:team/web:pull,push"',
    [
      {
        scheme: 'bearer',
        parameters: {
          realm: 'https://auth.example.com/token',
          service: 'registry.example.com',
          scope: 'repository:team/web:pull,push',
        },
      },
    ],
  ],
  [
    'Basic realm="a \\"b\\", c" , Bearer realm = "x" ,service=y',
    [
      { scheme: 'basic', parameters: { realm: 'a "b", c' } },
      { scheme: 'bearer', parameters: { realm: 'x', service: 'y' } },
    ],
  ],
  ['BASIC', [{ scheme: 'basic', parameters: {} }]],
  ['', []],
  ['realm="of nothing"', []],
  ['Bearer realm="never closed', [{ scheme: 'bearer', parameters: {} }]],
])('%s', (header, challenges) => {
  expect(parseChallenges(header)).toEqual(challenges);
});

test('what is meant to take long is read at once', () => {
  expect(parseChallenges(`Bearer ${'a=b,'.repeat(4000)}${'\\'.repeat(4000)}"`)).toHaveLength(1);
});
