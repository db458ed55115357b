import { describe, expect, it } from 'vitest';
import { schemas } from '../../src/build-facts.ts';
import { supportedMinors } from '../../src/kubernetes/load-schemas.ts';
import type { KubernetesSchemas } from '../../src/kubernetes/schema-types.ts';
import { validateObject } from '../../src/kubernetes/validate-object.ts';
import { type Any, committed, idOf, inputs, parseObjects, renders } from './fleet.ts';

const newest = supportedMinors.at(-1) as string;
const decoder = new TextDecoder();

/** Environment → the Kubernetes version of the cluster in whose folder it lies. */
const versions = new Map(
  [...inputs.keys()].flatMap((path): [string, string][] => {
    const found = /^clusters\/([^/]+)\/([^/]+)\.yaml$/.exec(path);
    if (!found || found[2] === 'cluster') return [];
    const [cluster] = parseObjects(decoder.decode(inputs.get(`clusters/${found[1]}/cluster.yaml`)));
    return [[found[2] as string, cluster.spec.kubernetes]];
  }),
);

function violationsOf(objects: readonly Any[], minor: string): string[] {
  const known = schemas(minor) as KubernetesSchemas;
  return objects.flatMap((object) =>
    validateObject(object, known).map((violation) => `${idOf(object)} ${violation.path.join('.')}: ${violation.message}`),
  );
}

describe('every object is valid, strictly', () => {
  it.each(renders)('in $name, for the version of its cluster', ({ environment, objects }) => {
    const version = versions.get(environment) as string;
    expect(supportedMinors).toContain(version);
    expect(objects.length).toBeGreaterThan(10);
    expect(violationsOf(objects, version)).toEqual([]);
  });

  it('and would still be on the newest Kubernetes', () => {
    for (const { objects } of renders) expect(violationsOf(objects, newest)).toEqual([]);
  });

  const files = [...committed()].filter(([path]) => path.endsWith('.yaml'));

  it('in the bases, for the newest Kubernetes', () => {
    const bases = files.filter(([path]) => path.startsWith('base/') && !/(kustomization|\.config)\.yaml$/.test(path));
    expect(bases.length).toBeGreaterThan(20);
    for (const [path, text] of bases) expect(violationsOf(parseObjects(text), newest), path).toEqual([]);
  });

  it('for Argo CD', () => {
    const argocd = files.filter(([path]) => path.startsWith('argocd/'));
    const kinds = argocd.flatMap(([path, text]) => {
      const objects = parseObjects(text);
      expect(violationsOf(objects, newest), path).toEqual([]);
      return objects.map((object) => object.kind);
    });
    const count = (kind: string) => kinds.filter((other) => other === kind).length;
    // An Application for each system of an environment and each cluster, a project for each environment and cluster.
    expect(count('Application')).toBe(renders.length + 4);
    expect(count('AppProject')).toBe(versions.size + 4);
    expect(kinds).toHaveLength(count('Application') + count('AppProject'));
  });

  it('unless it has a field that nobody knows', () => {
    const object = structuredClone(renders[0]?.objects.find((one) => one.kind === 'Deployment'));
    object.spec.template.spec.containers[0].portz = [];
    expect(violationsOf([object], newest)).toHaveLength(1);
  });
});
