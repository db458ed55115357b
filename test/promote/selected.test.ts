import { expect, test } from 'vitest';
import { unknownSelected } from '../../src/promote/selected.ts';
import { describedFleet, shop } from './described-fleet.ts';

const fleet = describedFleet({
  systems: { shop, stock: shop },
  environments: { dev: { systems: { shop: {}, stock: {} } }, prod: { systems: { shop: {} } } },
});

test.each([
  ['an environment', { environment: ['prd'] }, 'there is no environment `prd`', 'did you mean `prod`?'],
  ['a System', { system: ['stok'] }, 'there is no System `stok`', 'did you mean `stock`?'],
  ['what runs', { environment: ['prod'], system: ['stock'] }, 'no stock runs in prod', 'what runs there: shop'],
])('%s that is not there is refused', (_, selected, refused, advice) => {
  expect(unknownSelected(selected, fleet)).toEqual({ refused, advice });
});

test('one that runs in one of them is enough', () => {
  expect(unknownSelected({ environment: ['prod', 'dev'], system: ['stock'] }, fleet)).toBeUndefined();
});
