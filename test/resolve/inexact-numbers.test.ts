import { expect, test } from 'vitest';
import { compileShop } from './compile-shop.ts';

const web = (fields = '') => `components: { web: { image: "e/web:1", ${fields} } }`;
const mounted = 'volumes: { settings: { config: settings, mountPath: /etc/web } }';

function toldOf(...written: Parameters<typeof compileShop>): string[] {
  return compileShop(...written).diagnostics.map(({ code, message, place }) => {
    const { file, start, end } = place;
    return `${code}: ${message}, at ${file.text.slice(start, end)}`;
  });
}

const inexactly = (written: string) => `${written} is a whole number beyond ±9007199254740991 and cannot be kept exactly`;

test.each(['9007199254740993', '-9007199254740993', '9007199254740992', '0x20000000000001', '&big 9007199254740993'])(
  '%s is refused where it would be another number',
  (written) => {
    const number = written.replace('&big ', '');
    const told = [`wrong-type: ${inexactly(number)}, at ${number}`];
    expect(toldOf(`{ config: { settings: { a.yaml: { yaml: { id: ${written} } } } }, ${web(mounted)} }`)).toEqual(told);
    expect(toldOf(`{ config: { settings: { a.json: { json: [[${written}]] } } }, ${web(mounted)} }`)).toEqual(told);
    const object = `{ apiVersion: v1, kind: ConfigMap, metadata: { name: a, x: ${written} } }`;
    expect(toldOf(`{ objects: { a: ${object} }, ${web()} }`)).toContain(told[0]);
    const patch = `{ target: { kind: Deployment, name: shop-web }, reason: "It is asked for", merge: { spec: { x: ${written} } } }`;
    expect(toldOf(`{ ${web()} }`, `{ patches: [${patch}] }`)).toContain(told[0]);
  },
);

test('it is refused of a parameter, where it is written', () => {
  const told = [`bad-parameter: of parameter \`n\` ${inexactly('9007199254740993')}, at 9007199254740993`];
  const env = 'env: { A: "${parameters.n}" }';
  for (const type of ['integer', 'number'])
    expect(toldOf(`{ parameters: { n: { type: ${type}, default: 9007199254740993 } }, ${web(env)} }`)).toEqual(told);
  expect(toldOf(`{ parameters: { n: { type: array } }, ${web()} }`, '{ parameters: { n: [1, 9007199254740993] } }')).toEqual(
    told,
  );
});

test('what is text stays as it is written, and so does what is exact or was meant to be nearly so', () => {
  const properties = 'config: { settings: { a.properties: { properties: { id: 9007199254740993 } } } }';
  const yaml = 'b.yaml: { yaml: { most: 9007199254740991, near: 1e20, quoted: "9007199254740993" } }';
  const config = properties.replace('settings: {', `settings: { ${yaml},`);
  const { diagnostics, outputs } = compileShop(`{ ${config}, ${web(`env: { ID: 9007199254740993 }, ${mounted}`)} }`);
  expect(diagnostics.map(({ message }) => message)).toEqual([]);
  const text = [...outputs.values()].join('\n');
  expect(text).toContain('id: 9007199254740993');
  expect(text).toContain('most: 9007199254740991');
  expect(text).toContain("quoted: '9007199254740993'");
  expect(text).toMatch(/name: ID\n\s+value: '9007199254740993'/);
});
