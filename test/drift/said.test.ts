import { expect, it } from 'vitest';
import { said } from '../../src/cluster/said.ts';

it.each<[string, string | null | undefined, string]>([
  ['nothing', undefined, 'no reason is given'],
  ['blanks', ' \n ', 'no reason is given'],
  ['several lines', 'one\n  two\u001b[31m', 'one two [31m'],
  [
    'a value that is refused',
    'Deployment.apps "web" is invalid: spec.replicas: Invalid value: "hunter2-hunter2": must be a number',
    'Deployment.apps "web" is invalid: spec.replicas: Invalid value: …: must be a number',
  ],
  [
    'a value with quotes in it',
    'spec.a: Invalid value: "say \\"psst\\" to me": field is immutable',
    'spec.a: Invalid value: …: field is immutable',
  ],
  [
    'a value without quotes',
    'spec.b: Unsupported value: core.X{Y:1}: supported values: "a"',
    'spec.b: Unsupported value: …: supported values: "a"',
  ],
  [
    'what looks like a secret',
    'denied: password=xK9$vQ2!mZ7pL4wR',
    'its words are not shown: they hold what looks like a secret',
  ],
])('%s', (_, message, told) => {
  expect(said(message)).toBe(told);
});

it('what is long is cut off', () => {
  expect(said('a b '.repeat(500))).toHaveLength(301);
});
