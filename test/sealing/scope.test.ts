import { expect, test } from 'vitest';
import { labelFor, type Scope, scopeAnnotations, scopeOf } from '../../src/sealing/scope.ts';

const scopes: Scope[] = ['strict', 'namespace-wide', 'cluster-wide'];

test.each([
  ['strict', 'shop/db'],
  ['namespace-wide', 'shop'],
  ['cluster-wide', ''],
] as const)('the label of %s is `%s`', (scope, label) => {
  expect(labelFor(scope, 'shop', 'db').toString()).toBe(label);
});

test.each(scopes)('the annotations of %s say that scope', (scope) => {
  expect(scopeOf({ ...scopeAnnotations(scope), other: 'true' })).toBe(scope);
});

test('the wider scope wins, and only `true` counts', () => {
  expect(scopeOf({ ...scopeAnnotations('namespace-wide'), ...scopeAnnotations('cluster-wide') })).toBe('cluster-wide');
  expect(scopeOf({ 'sealedsecrets.bitnami.com/cluster-wide': 'yes' })).toBe('strict');
  expect(scopeOf({ 'sealedsecrets.bitnami.com/cluster-wide': 'false', ...scopeAnnotations('namespace-wide') })).toBe(
    'namespace-wide',
  );
});
