import { expect, test } from 'vitest';
import { asList, podSpecOf } from '../../src/model/pod-specs.ts';
import { compileFleet } from '../support/compile-fleet.ts';
import { smallFleet } from '../support/small-fleet.ts';

/** The volumes of System `shop` on development, where its component has these fields more. */
function volumes(fields: string) {
  const path = 'systems/shop/system.yaml';
  const system = `${smallFleet.get(path)}      ${fields}\n  config: { app: { a.txt: text } }\n`;
  const { systems, diagnostics } = compileFleet(new Map([...smallFleet, [path, system]]));
  const { desired = [] } = systems.find(({ compiled }) => compiled.resolved.name === 'shop')?.compiled ?? {};
  const deployment = desired.find(({ kind }) => kind === 'Deployment');
  return {
    volumes: asList(deployment && podSpecOf(deployment.plain)?.volumes),
    problems: [...new Set(diagnostics.map(({ code, message }) => `${code}: ${message}`))],
  };
}

test.each(['0400', '"0400"', '0o400'])('%s is the mode with which only the owner reads', (mode) => {
  expect(volumes(`volumes: { v: { config: app, mountPath: /v, mode: ${mode} } }`)).toMatchObject({
    volumes: [{ configMap: { defaultMode: 0o400 } }],
    problems: [],
  });
});

test.each(['400', '256', '0888', '0o1777', '-1'])('%s is no mode', (mode) => {
  expect(volumes(`volumes: { v: { config: app, mountPath: /v, mode: ${mode} } }`).problems).toEqual([
    `wrong-type: \`${mode}\` is no file mode`,
  ]);
});

const sources = [
  (mode: string) => `configMap: { name: x, defaultMode: ${mode} }`,
  (mode: string) => `secret: { secretName: x, items: [{ key: a, path: a }, { key: b, path: b, mode: ${mode} }] }`,
  (mode: string) => `projected: { sources: [{ secret: { name: x, items: [{ key: a, path: a, mode: ${mode} }] } }] }`,
];

test.each(sources)('in the words of Kubernetes, too, nobody gets another mode than is written: %s', (source) => {
  const told = (mode: string) => volumes(`volumes: { v: { mountPath: /v, source: { ${source(mode)} } } }`).problems;
  expect(told('0o400')).toEqual([]);
  expect(told('256')).toEqual([]);
  expect(told('0')).toEqual([]);
  expect(told('0400')).toEqual([
    'wrong-type: Deployment/shop-web: the file mode 0400 is the decimal number 400 in YAML, which is 620 in octal',
  ]);
  expect(told('644')).toEqual(['wrong-type: Deployment/shop-web: 644 is no file mode: the largest is 0o777']);
});
