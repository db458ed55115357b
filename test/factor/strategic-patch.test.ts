import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { schemas } from '../../src/build-facts.ts';
import { strategicPatch } from '../../src/factor/strategic-patch.ts';
import { catalogueOf } from '../../src/kubernetes/catalogue.ts';
import type { KubernetesSchemas } from '../../src/kubernetes/schema-types.ts';
import type { PlainObject } from '../../src/model/desired-object.ts';
import { Failure } from '../../src/store/fail.ts';
import { findKustomize } from '../../src/verify/find-kustomize.ts';
import { kustomizeBuild } from '../../src/verify/kustomize-build.ts';
import { writeTree } from '../golden/case-folders.ts';

const [apiVersion, kind] = ['apps/v1', 'Deployment'];
const mergeKeyAt = catalogueOf(schemas('1.35') as KubernetesSchemas, []).mergeKeysOf(apiVersion, kind);
const kustomize = await findKustomize(process.env).catch((error: unknown) => {
  if (error instanceof Failure) return error;
  throw error;
});

const variables = (text: string) =>
  text.split(' ').flatMap((entry) => {
    const [name, value = '1'] = entry.split('=');
    return name === '' ? [] : [{ name, value }];
  });
const withContainers = (containers: readonly PlainObject[], more: PlainObject = {}): PlainObject => ({
  spec: { template: { spec: { containers, ...more } } },
});
const withVariables = (text: string) => withContainers([{ name: 'web', image: 'a:1', env: variables(text) }]);

/** Kustomize has an order of its own for merged lists; the patch must lead it to the one that is meant. */
const changes: Record<string, readonly [before: PlainObject, after: PlainObject]> = {
  'changes the first': [withVariables('a b c'), withVariables('a=2 b c')],
  'changes the last': [withVariables('a b c'), withVariables('a b c=2')],
  appends: [withVariables('a b'), withVariables('a b c')],
  prepends: [withVariables('a b'), withVariables('c a b')],
  inserts: [withVariables('a b c'), withVariables('a x b c')],
  reverses: [withVariables('a b c'), withVariables('c b a')],
  'moves the first to the end': [withVariables('a b c'), withVariables('b c a')],
  'deletes the first': [withVariables('a b c'), withVariables('b c')],
  'deletes the middle and appends': [withVariables('a b c'), withVariables('a c d')],
  'replaces all': [withVariables('a b'), withVariables('c d')],
  'takes the list away': [withVariables('a b'), withContainers([{ name: 'web', image: 'a:1' }])],
  'brings a list': [withContainers([{ name: 'web', image: 'a:1' }]), withVariables('a b')],
  'turns a value into a reference': [
    withContainers([{ name: 'web', env: [{ name: 'a', value: '1' }] }]),
    withContainers([{ name: 'web', env: [{ name: 'a', valueFrom: { fieldRef: { fieldPath: 'metadata.name' } } }] }]),
  ],
  'replaces a list without key': [
    withContainers([{ name: 'web', args: ['a', 'b'] }]),
    withContainers([{ name: 'web', args: ['b'] }]),
  ],
  'adds a container before the other': [
    withContainers([{ name: 'web', image: 'a:1' }]),
    withContainers([
      { name: 'first', image: 'b:1' },
      { name: 'web', image: 'a:1' },
    ]),
  ],
  'changes another kind of volume': [
    withContainers([{ name: 'web' }], {
      volumes: [
        { name: 'a', emptyDir: {} },
        { name: 'b', emptyDir: {} },
      ],
    }),
    withContainers([{ name: 'web' }], {
      volumes: [
        { name: 'a', emptyDir: {} },
        { name: 'b', persistentVolumeClaim: { claimName: 'b' } },
      ],
    }),
  ],
};

describe('the strategic-merge patch from one object to another', () => {
  const names = Object.keys(changes);
  const patches = Object.values(changes).map(([before, after]) => strategicPatch(before, after, mergeKeyAt));

  test('exists for each of these changes', () => {
    expect(names.filter((_, index) => patches[index] === undefined)).toEqual([]);
  });

  if (kustomize instanceof Failure) test.skip(`leads kustomize to what is meant: ${kustomize.message}`, () => {});
  else
    test('leads kustomize to what is meant, also in the order of lists', async () => {
      const objects = await built(Object.values(changes).map(([before], index) => [before, patches[index] as PlainObject]));
      expect(Object.fromEntries(names.map((name, index) => [name, objects[index]]))).toEqual(
        Object.fromEntries(Object.entries(changes).map(([name, [, after]], index) => [name, asDeployment(after, index)])),
      );
    });

  test('lists nothing behind the last change', () => {
    expect(strategicPatch(withVariables('a b c d'), withVariables('a b=2 c d'), mergeKeyAt)).toEqual(
      withContainers([{ name: 'web', env: [{ name: 'a' }, { name: 'b', value: '2' }] }]),
    );
  });

  test('does not exist where elements share their key', () => {
    const ports = (...protocols: string[]) =>
      withContainers([{ name: 'web', ports: protocols.map((protocol) => ({ containerPort: 53, protocol })) }]);
    expect(strategicPatch(ports('TCP'), ports('UDP', 'TCP'), mergeKeyAt)).toBeUndefined();
  });

  test('does not exist where a field is called as a directive is', () => {
    expect(strategicPatch({ data: {} }, { data: { $patch: 'delete' } }, mergeKeyAt)).toBeUndefined();
  });
});

function asDeployment(body: PlainObject, index: number): PlainObject {
  return { apiVersion, kind, metadata: { name: `object-${index}` }, ...body };
}

/** One build for all: JSON is YAML. */
async function built(pairs: readonly (readonly [PlainObject, PlainObject])[]): Promise<readonly PlainObject[]> {
  if (kustomize instanceof Failure) throw kustomize;
  const folder = mkdtempSync(join(tmpdir(), 'stowage-patches-'));
  try {
    const indexed = [...pairs.entries()];
    const kustomization = {
      resources: indexed.map(([index]) => `object-${index}.yaml`),
      patches: indexed.map(([index, [, patch]]) => ({ patch: JSON.stringify(asDeployment(patch, index)) })),
    };
    writeTree(
      folder,
      new Map([
        ['kustomization.yaml', JSON.stringify(kustomization)],
        ...indexed.map(([index, [before]]): [string, string] => [
          `object-${index}.yaml`,
          JSON.stringify(asDeployment(before, index)),
        ]),
      ]),
    );
    const build = await kustomizeBuild(kustomize, folder, undefined);
    if ('refusal' in build) throw new Error(build.refusal);
    const nameOf = (object: PlainObject) => (object.metadata as { name: string }).name;
    return indexed.map(([index]) => build.objects.find((object) => nameOf(object) === `object-${index}`) as PlainObject);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
