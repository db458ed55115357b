import { expect, it } from 'vitest';
import { schemas } from '../../src/build-facts.ts';
import type { KubernetesSchemas } from '../../src/kubernetes/schema-types.ts';
import { validateObject } from '../../src/kubernetes/validate-object.ts';
import type { Origin } from '../../src/model/origin.ts';
import { isTrackedList, isTrackedMap, type Tracked, untrack } from '../../src/model/tracked.ts';
import { compileClean } from '../support/compile-fleet.ts';
import { asBytes } from '../support/fleet-files.ts';
import { everyFleet } from '../support/fleets/every-fleet.ts';

const decoder = new TextDecoder();

it('is valid, strictly, for the Kubernetes version of its cluster', async () => {
  const custom = new Set(['Widget', 'Realm']);
  await everyFleet(50, (files) => {
    for (const { compiled } of compileClean(files).systems) {
      const known = schemas(compiled.resolved.cluster.kubernetes as string) as KubernetesSchemas;
      const violations = compiled
        .finished()
        .filter((object) => !custom.has(String(object.kind)))
        .flatMap((object) => validateObject(object, known));
      expect(violations).toEqual([]);
    }
  });
});

it('knows for every field where it came from, by a place inside a file that was read', async () => {
  await everyFleet(40, (files) => {
    const inputs = asBytes(files);
    let places = 0;
    for (const { compiled } of compileClean(files).systems) {
      for (const object of compiled.desired) {
        expect(untrack(object.tree)).toEqual(object.plain);
        for (const origin of originsOf(object.tree)) {
          places += 1;
          checkOrigin(origin, inputs);
        }
      }
    }
    expect(places).toBeGreaterThan(0);
  });
});

function* originsOf(tree: Tracked): Generator<Origin> {
  yield tree.origin;
  for (const beaten of tree.origin.beat ?? []) yield beaten.origin;
  if (isTrackedList(tree)) for (const item of tree.value) yield* originsOf(item);
  else if (isTrackedMap(tree)) for (const child of Object.values(tree.value)) yield* originsOf(child);
}

function checkOrigin(origin: Origin, files: ReadonlyMap<string, Uint8Array>): void {
  if (origin.kind === 'convention') {
    if (origin.because === '') throw new Error('a convention that gives no reason');
    return;
  }
  const { file, start, end } = origin.place;
  const bytes = files.get(file.path);
  if (bytes === undefined) throw new Error(`${file.path} was not read`);
  // Decoding drops a byte order mark, just as the compiler does.
  if (decoder.decode(bytes) !== file.text) throw new Error(`${file.path} is not as it was read`);
  if (!(start >= 0 && start <= end && end <= file.text.length)) throw new Error(`${file.path} has no place ${start} to ${end}`);
}
