import { expect, test } from 'vitest';
import { compileShop } from './compile-shop.ts';

function problemsOf(expression: string, more = ''): string[] {
  const components = `web: { image: "e/web:1", env: { A: ${JSON.stringify(`\${${expression}}`)} } }, cache: { optional: true, image: "e/cache:1", ports: { redis: 1 } }, my-db: { optional: true, image: "e/db:1", ports: { sql: 2 } }`;
  const { diagnostics } = compileShop(`{ ${more} components: { ${components} } }`);
  return diagnostics.map(({ code, message }) => `${code}: ${message}`);
}

const off = (text: string, name: string) => `optional-reference: \`${text}\`: component \`${name}\` is optional and may be off`;

test.each([
  ['components.cache.url', 'cache'],
  ['components["my-db"].url', 'my-db'],
  ["components['my-db'].url", 'my-db'],
  ['components.cache["url"]', 'cache'],
])('%s of an optional component is an error', (text, name) => {
  expect(problemsOf(text)).toEqual([off(text, name)]);
});

test('so is it where the component is on until it is switched off', () => {
  const components =
    'web: { image: "e/web:1", env: { A: "${components.api.name}" } }, api: { optional: included, image: "e/api:1" }';
  const told = compileShop(`{ components: { ${components} } }`).diagnostics.map(({ code, message }) => `${code}: ${message}`);
  expect(told).toEqual([off('components.api.name', 'api')]);
});

test.each([
  '"see components.cache.url"',
  '"x" // and not components.cache.url',
  'components.cache.enabled',
  'components.?cache.url.orValue("")',
  'components[?"my-db"].url.orValue("")',
  'components.cache.enabled ? components.cache.url : ""',
  'components["cache"].enabled ? components.cache.url : ""',
  "components['my-db'].enabled ? components['my-db'].url : ''",
  '!components.cache.enabled ? "" : components.cache.url',
  'components.cache.enabled && components.cache.url != ""',
  '!components.cache.enabled || components.cache.url != ""',
  'components.cache.enabled && components["my-db"].enabled ? components.cache.url + components["my-db"].url : ""',
])('%s says what happens while it is off', (expression) => {
  expect(problemsOf(expression)).toEqual([]);
});

test.each([
  'components.cache.enabled ? "" : components.cache.url',
  'components["my-db"].enabled ? components.cache.url : ""',
  '(components.cache.enabled ? "a" : "b") + components.cache.url',
  '"components.cache.enabled ? " + components.cache.url',
  'components.cache.enabled || true ? components.cache.url : ""',
])('%s reads it also while it is off', (expression) => {
  expect(problemsOf(expression)).toEqual([off('components.cache.url', 'cache')]);
});

test('of a declared parameter only the default is an expression', () => {
  const declared = (fields: string) => problemsOf('parameters.p', `parameters: { p: { type: string, ${fields} } },`);
  expect(declared('default: a, description: "replaces ${HOST} and ${", pattern: "^[${a}]$"')).toEqual([]);
  expect(declared('default: "${HOST}"')).toEqual([expect.stringContaining('HOST')]);
});
