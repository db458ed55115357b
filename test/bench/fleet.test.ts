import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { describeEnvironments, fleetFiles, objectsPerSystem, systems } from '../../bench/fleet.mjs';
import { findPeer, renderWithJsonnet } from '../../bench/peers.mjs';
import { canonicalJson, identityOf } from '../../src/compile/expected-objects.ts';
import { compile } from '../../src/index.ts';
import type { PlainObject } from '../../src/model/desired-object.ts';

const environments = 3;
const result = compile(fleetFiles(environments));
const jsonnet = findPeer('jsonnet');

describe('the fleet of the benchmark', () => {
  it('compiles without a word', () => {
    expect(result.diagnostics).toEqual([]);
    expect(result.ok).toBe(true);
  });

  it('has eight objects for each system and environment', () => {
    expect(result.objects.size).toBe(environments * systems.length);
    const kinds = [
      'ConfigMap',
      'Deployment',
      'HorizontalPodAutoscaler',
      'Ingress',
      'NetworkPolicy',
      'PodDisruptionBudget',
      'Service',
      'ServiceAccount',
    ];
    expect(kinds).toHaveLength(objectsPerSystem);
    for (const objects of result.objects.values()) expect(objects.map((object) => object.kind).sort()).toEqual(kinds);
  });

  it.skipIf(jsonnet === undefined)('is rendered alike by jsonnet, object by object (skipped without jsonnet)', () => {
    const folder = mkdtempSync(join(tmpdir(), 'stowage-bench-'));
    try {
      const rendered = renderWithJsonnet(jsonnet as string, describeEnvironments(environments), folder);
      const texts = (objects: readonly unknown[]) =>
        Object.fromEntries((objects as PlainObject[]).map((object) => [identityOf(object), canonicalJson(object)]));
      expect([...rendered.keys()].sort()).toEqual([...result.objects.keys()].sort());
      for (const [id, objects] of result.objects) expect(texts(rendered.get(id) as unknown[])).toEqual(texts(objects));
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
