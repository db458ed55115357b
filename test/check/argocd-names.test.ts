import { expect, test } from 'vitest';
import { compileFleet } from '../support/compile-fleet.ts';
import { smallFleet } from '../support/small-fleet.ts';

/** The small fleet with another name for its System `stock`, its cluster and environment `prod`. */
function renamed(names: { readonly system?: string; readonly cluster?: string; readonly environment?: string }) {
  const { system = 'stock', cluster = 'prod', environment = 'prod' } = names;
  const files = [...smallFleet].map(([path, text]): [string, string] => [
    path
      .replace('systems/stock/', `systems/${system}/`)
      .replace('clusters/prod/', `clusters/${cluster}/`)
      .replace(/prod\.yaml$/, `${environment}.yaml`),
    String(text)
      .replaceAll('stock:', `${system}:`)
      .replace('{name: stock}', `{name: ${system}}`)
      .replace('{name: prod}', `{name: ${path.endsWith('cluster.yaml') ? cluster : environment}}`),
  ]);
  const { diagnostics } = compileFleet(new Map(files));
  return diagnostics.map(({ code, message }) => `${code}: ${message}`);
}

test('names that join to another name are fine as long as no Application has two owners', () => {
  expect(renamed({})).toEqual([]);
  expect(renamed({ environment: 'dev-eu' })).toEqual([]);
});

test('two systems that would be one Application are refused, on different clusters too', () => {
  expect(renamed({ environment: 'dev-eu', system: 'eu-shop' })).toEqual([
    'name-conflict: shop in dev-eu and eu-shop in dev would both be Application dev-eu-shop',
  ]);
});

test('a system that would be the app-of-apps of a cluster is refused', () => {
  expect(renamed({ environment: 'root', system: 'dev' })).toEqual([
    'name-conflict: dev in root would be Application root-dev, which is the app-of-apps of cluster dev',
  ]);
});

test('an environment that would have the project of an app-of-apps is refused, once', () => {
  expect(renamed({ environment: 'root-prod' })).toEqual([
    'name-conflict: environment root-prod would have the AppProject of the app-of-apps of cluster prod',
  ]);
});
