import { expect, test } from 'vitest';
import { compileFleet } from '../support/compile-fleet.ts';
import { smallFleet } from '../support/small-fleet.ts';

/** What is told on development where the component of `shop` opens these ranges. */
function told(network: string): string[] {
  const path = 'systems/shop/system.yaml';
  const { diagnostics } = compileFleet(new Map([...smallFleet, [path, `${smallFleet.get(path)}      network: ${network}\n`]]));
  return [...new Set(diagnostics.map(({ code, message }) => `${code}: ${message}`))];
}

test.each(['10.0.0.0/32', '0.0.0.0/0', '::/0', 'fd00::/128'])('%s is a range of addresses', (cidr) => {
  expect(told(`{ egress: [{ to: [{ ipBlock: { cidr: "${cidr}" } }] }] }`)).toEqual([]);
});

test.each(['10.0.0.0/33', 'fd00::/129', '10.0.0.0', '10.0.0.256/24', ''])('%j is none', (cidr) => {
  const problem = [`wrong-type: NetworkPolicy/shop-web: \`${cidr}\` is no CIDR`];
  expect(told(`{ egress: [{ to: [{ ipBlock: { cidr: "${cidr}" } }] }] }`)).toEqual(problem);
  expect(told(`{ ingress: [{ from: [{ ipBlock: { cidr: 10.0.0.0/8, except: ["${cidr}"] } }] }] }`)).toEqual(problem);
});
