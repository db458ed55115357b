import { expect, test } from 'vitest';
import { compileFleet } from '../support/compile-fleet.ts';
import { smallFleet } from '../support/small-fleet.ts';

/** What is told where Systems `shop` and `stock` of one environment serve the same host, each with these fields more. */
function told(shop: string, stock: string): string[] {
  const served = (name: string, fields: string): [string, string] => {
    const path = `systems/${name}/system.yaml`;
    const system = smallFleet.get(path) as string;
    return [path, system.replace(/ingress: .*/, `ingress: {host: e.b${fields}}`)];
  };
  const fleet = new Map([...smallFleet, served('shop', shop), served('stock', stock)]);
  return compileFleet(fleet).diagnostics.flatMap(({ code, message }) => (code === 'host-conflict' ? [message] : []));
}

test.each([
  ['', ', pathType: Exact'],
  [', pathType: Exact', ', pathType: ImplementationSpecific'],
  [', pathType: Exact', ', path: /other, pathType: Exact'],
])('systems serve one host beside each other: {host: e.b%s} and {host: e.b%s}', (shop, stock) => {
  expect(told(shop, stock)).toEqual([]);
});

test.each([
  ['', '', 'e.b/'],
  ['', ', pathType: ImplementationSpecific', 'e.b/'],
  [', pathType: Exact', ', pathType: Exact', 'e.b/ (Exact)'],
])('two systems claim the same: {host: e.b%s} and {host: e.b%s}', (shop, stock, claim) => {
  expect(told(shop, stock)).toEqual(
    ['dev', 'prod'].map((environment) => `stock in ${environment} and shop in ${environment} both serve ${claim}`),
  );
});
