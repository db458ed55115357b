import { describe, expect, test } from 'vitest';
import { schemas } from '../../src/build-facts.ts';
import { compile } from '../../src/compile/compile.ts';
import type { Unit } from '../../src/compile/unit.ts';
import { compileFleet } from '../support/compile-fleet.ts';
import { asBytes, type Files, withFiles } from '../support/fleet-files.ts';
import { smallFleet } from '../support/small-fleet.ts';

const environments = ['dev', 'eu', 'us'];
const inOrder: Files = new Map([...smallFleet].filter(([path]) => !path.startsWith('clusters/prod/')));
const text = String(smallFleet.get('clusters/dev/dev.yaml'));
/** Shop runs everywhere, stock in dev only. */
const fleet = (promotion: string, changes: Record<string, string> = {}) =>
  withFiles(inOrder, {
    'stowage.yaml': `${String(smallFleet.get('stowage.yaml')).trimEnd()}\n  promotion: ${promotion}\n`,
    ...Object.fromEntries(
      environments.slice(1).map((name) => [
        `clusters/dev/${name}.yaml`,
        text
          .replace('name: dev', `name: ${name}`)
          .replaceAll('dev.example.com', `${name}.example.com`)
          .replace('spec:', `spec:\n  namespace: ${name}`)
          .replace(/ {4}stock:[\s\S]*/, ''),
      ]),
    ),
    ...changes,
  });

const told = (files: Files) =>
  compileFleet(files).diagnostics.map(({ code, severity, message, hint, place }) => [
    `${code} ${severity}`,
    place.file.text.slice(place.start, place.end),
    message,
    hint,
  ]);

describe('pipelines of stowage.yaml', () => {
  test.each([
    '{ pipeline: [dev, [eu, us]] }',
    '{ pipeline: [dev, eu], systems: { shop: [dev, [us, eu]] } }',
    '{ systems: {} }',
    '{}',
  ])('%s has no problem', (promotion) => {
    expect(told(fleet(promotion))).toEqual([]);
  });

  // Stock runs in dev only: of a pipeline for all that is the usual case.
  test.each([
    ['{ pipeline: [dev, pord] }', 'error', 'pord', 'there is no environment `pord`', 'known here: dev, eu, us'],
    ['{ pipeline: [dev, [eu, uss]] }', 'error', 'uss', 'there is no environment `uss`', 'did you mean `us`?'],
    ['{ systems: { shop: [dve, eu] } }', 'error', 'dve', 'there is no environment `dve`', 'did you mean `dev`?'],
    ['{ systems: { shpo: [dev, eu] } }', 'error', 'shpo', 'there is no System `shpo`', 'did you mean `shop`?'],
    ['{ pipeline: [dev, eu, dev] }', 'error', 'dev', '`dev` is in this pipeline twice, and gets what is new once', 'take one'],
    ['{ pipeline: [dev, [eu, eu]] }', 'error', 'eu', '`eu` is in this pipeline twice, and gets what is new once', 'take one'],
    ['{ systems: { stock: [dev, us] } }', 'warning', 'us', 'us does not run stock, whose pipeline passes it over', 'let it run'],
  ])('%s is told', (promotion, severity, place, message, hint) => {
    expect(told(fleet(promotion))).toEqual([[`pipeline ${severity}`, place, message, expect.stringContaining(hint)]]);
  });

  test('the second of two is blamed, and the first is shown', () => {
    const files = fleet('{ pipeline: [dev, eu, dev] }');
    const [{ place, related } = { place: undefined, related: [] }] = compileFleet(files).diagnostics;
    const source = String(files.get('stowage.yaml'));
    expect(place?.start).toBe(source.lastIndexOf('dev'));
    expect(related?.map((one) => [one.message, one.place.start])).toEqual([['the first time', source.indexOf('dev, eu')]]);
  });

  test('an environment that cannot be read is not said to run nothing', () => {
    const files = fleet('{ systems: { shop: [dev, us] } }', { 'clusters/dev/us.yaml': text.replace('systems:', 'sistems:') });
    expect(new Set(compileFleet(files).diagnostics.map(({ code }) => code))).toEqual(new Set(['unknown-field', 'missing-field']));
  });
});

test('what is remembered of environments tells the same again, and what changed tells anew', () => {
  const files = fleet('{ systems: { shop: [dev, eu], stock: [dev, eu] } }');
  let units: readonly Unit[] = [];
  const again = (changed: Files) => {
    const remember = new Map(units.map((unit) => [unit.name, unit]));
    const options = { compiler: 'test', schemas, remember };
    const compiled = compile(asBytes(changed), options);
    units = compiled.units;
    return compiled.diagnostics.map(({ message }) => message);
  };
  const stock = 'eu does not run stock, whose pipeline passes it over';
  expect(again(files)).toEqual([stock]);
  expect(again(files)).toEqual([stock]);
  expect(units.filter(({ contents }) => contents !== undefined)).toEqual([]);
  const without = withFiles(files, {
    'clusters/dev/eu.yaml': String(files.get('clusters/dev/eu.yaml')).replace('shop:', 'stock:'),
  });
  expect(again(without)).toEqual(['eu does not run shop, whose pipeline passes it over']);
  expect(again(withFiles(files, { 'clusters/dev/eu.yaml': undefined }))).toEqual(Array(2).fill('there is no environment `eu`'));
});
