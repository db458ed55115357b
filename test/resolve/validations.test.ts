import { expect, test } from 'vitest';
import { compileShop } from './compile-shop.ts';

test.each([
  'parameters.n > 0',
  "parameters.n > 0 // don't allow zero",
  'parameters.n > 0 // a lone } is text',
  'parameters.n > 0 // and so is {',
  'size({"a": {}}) == parameters.n // a map',
  `'''it's''' != "" && parameters.n > 0`,
  '// first the reason\nparameters.n > 0\n',
])('%s is a rule that holds where it is true, and nowhere else', (rule) => {
  const spec = `{ components: { web: { image: "e/web:1" } }, parameters: { n: { type: integer, default: 1 } }, validations: [{ rule: ${JSON.stringify(rule)}, message: n is off }] }`;
  const told = (n: number) => compileShop(spec, `{ parameters: { n: ${n} } }`).diagnostics.map(({ message }) => message);
  expect(told(1)).toEqual([]);
  expect(told(0)).toEqual(['n is off']);
});
