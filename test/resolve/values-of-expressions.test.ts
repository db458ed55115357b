import { describe, expect, test } from 'vitest';
import { compileShop } from './compile-shop.ts';

function compileWith(written: string, parameters = '{}', entry = '{}') {
  const env = `env: { A: ${JSON.stringify(written)} }`;
  return compileShop(`{ parameters: ${parameters}, components: { web: { image: "e/web:1", ${env} } } }`, entry);
}

function toldOf(written: string): (string | undefined)[] {
  const { diagnostics } = compileWith(written);
  return diagnostics.flatMap(({ code, message, hint }) => [`${code}: ${message}`, hint]);
}

function variableOf(...written: Parameters<typeof compileWith>): string | undefined {
  const { diagnostics, systems } = compileWith(...written);
  expect(diagnostics.map(({ message }) => message)).toEqual([]);
  const deployment = systems[0]?.compiled.finished().find(({ kind }) => kind === 'Deployment') as never as {
    spec: { template: { spec: { containers: [{ env: [{ value: string }] }] } } };
  };
  return deployment.spec.template.spec.containers[0].env[0].value;
}

describe('a range', () => {
  test('of a thousand numbers is given', () => {
    expect(variableOf('${range(1000).size()}')).toBe('1000');
  });

  test('of more is refused, and not cut off', () => {
    expect(toldOf('${range(1001).size()}')).toEqual([
      'expression-failed: `range(1001).size()`: range gives at most 1000 numbers, and not 1001',
      undefined,
    ]);
  });
});

describe('a number beside whole ones', () => {
  const computed = '${parameters.r * 0.5} ${parameters.r} ${string(parameters.r)} ${parameters.r > 0.5}';

  test.each([
    ['1', '0.5 1 1 true'],
    ['2.0', '1 2 2 true'],
    ['1.5', '0.75 1.5 1.5 true'],
  ])('is a double where it is declared as one: %s', (written, value) => {
    expect(variableOf(computed, `{ r: { type: number, default: ${written} } }`)).toBe(value);
    expect(variableOf(computed, '{ r: { type: number, default: 0.1 } }', `{ parameters: { r: ${written} } }`)).toBe(value);
    expect(variableOf(computed, '{ r: { type: number } }', `{ parameters: { r: ${written} } }`)).toBe(value);
  });

  test('alone is written as it is', () => {
    expect(variableOf('${parameters.r}', '{ r: { type: number, default: 1 } }')).toBe('1');
  });

  test('that is declared as a whole one stays so', () => {
    expect(variableOf('${parameters.n / 2 * 2}', '{ n: { type: integer, default: 3.0 } }')).toBe('2');
  });
});

describe('what CEL alone knows', () => {
  test.each([
    ['${5u}', '5'],
    ['u${5u + 1u}', 'u6'],
    ['${[1u, 2u]}x', '[1,2]x'],
  ])('%s is a number', (written, value) => {
    expect(variableOf(written)).toBe(value);
  });

  test.each([
    ['timestamp("2024-01-01T00:00:00Z")', 'a timestamp', 'ask it for a number, as by `.getFullYear()`, or write it as text'],
    ['duration("90s")', 'a duration', 'ask it for a number, as by `.getSeconds()`, or write it as text'],
    ['type(1)', 'a type', undefined],
    ['[type(1)]', 'a type', undefined],
    ['1.0 / 0.0', 'Infinity', undefined],
    ['double("nan")', 'NaN', undefined],
    ['bytes("a")', 'bytes', 'make text of them: `string(…)`, `.base64()`, `.hex()`'],
  ])('%s is refused, in text and alone', (expression, what, hint) => {
    const message = `expression-failed: \`${expression}\`: comes to ${what}, and a field takes text, numbers, true and false, lists and maps alone`;
    expect(toldOf(`\${${expression}}`)).toEqual([message, hint]);
    expect(toldOf(`t\${${expression}}`)).toEqual([message, hint]);
  });

  test.each([
    ['timestamp("2024-01-01T00:00:00Z").getFullYear()', '2024'],
    ['duration("90s").getSeconds()', '90'],
    ['string(bytes("a"))', 'a'],
    ['bytes("a").base64()', 'YQ=='],
  ])('%s is what the hint says', (expression, value) => {
    expect(variableOf(`\${${expression}}`)).toBe(value);
  });
});

describe('a whole number that cannot be kept exactly', () => {
  test.each([
    ['9223372036854775807', '9223372036854775807'],
    ['9007199254740991 + 1', '9007199254740992'],
    ['-9007199254740993', '-9007199254740993'],
    ['18446744073709551615u', '18446744073709551615'],
  ])('is refused where an expression comes to it: %s', (expression, value) => {
    const message = `expression-failed: \`${expression}\`: comes to ${value}, and a whole number beyond ±9007199254740991 cannot be kept exactly`;
    const hint = 'let it be text: `string(…)`, or quotes around the number';
    expect(toldOf(`\${${expression}}`)).toEqual([message, hint]);
    expect(toldOf(`t\${${expression}}`)).toEqual([message, hint]);
  });

  test('is written as text', () => {
    expect(variableOf('${string(9223372036854775807)}')).toBe('9223372036854775807');
    expect(variableOf('${9007199254740991} ${-9007199254740991}')).toBe('9007199254740991 -9007199254740991');
  });
});
