import { describe, expect, it } from 'vitest';
import { schemas } from '../../src/build-facts.ts';
import { whatIf } from '../../src/compile/what-if.ts';
import { supportedMinors } from '../../src/kubernetes/load-schemas.ts';
import { inputs, withoutUnsealable } from './fleet.ts';

describe('the clusters of the reference fleet may be upgraded', () => {
  it.each(supportedMinors.filter((minor) => Number(minor.slice(2)) >= 33))('to %s', (kubernetes) => {
    const { clusters, diagnostics } = whatIf(inputs, { compiler: 'test', schemas }, { kubernetes }, () => true);
    expect(diagnostics).toEqual([]);
    expect(clusters.map(({ name }) => name)).toEqual(['dev', 'prod-eu', 'prod-us', 'staging']);
    for (const { name, files, diagnostics: own } of clusters) {
      expect(withoutUnsealable(own.map(({ code, message, place }) => ({ code, message, path: place.file.path }))), name).toEqual(
        [],
      );
      expect(files?.unchanged, name).toBeGreaterThan(0);
    }
  });
});
