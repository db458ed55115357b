import type { Unit } from './compile/unit.ts';
import { digestOf } from './model/digest.ts';
import { type Memory, provenBefore } from './store/memory.ts';
import type { Kustomize } from './verify/kustomize.ts';

/** Which overlays are still to be proven, and what proves one. */
export interface Proofs {
  readonly toProve: readonly Unit[];
  /** All that the builds of those will read. */
  readonly unitsToRead: readonly Unit[];
  /** Of each overlay that was made anew and is proven once those have been verified. */
  readonly digests: ReadonlyMap<string, string>;
}

/**
 * A proof is a digest of all that a build reads, of what it must give, and of the kustomize that builds it;
 * so an overlay whose proof is known need not be built again, whatever happened in between.
 */
export function proofsOf(
  units: readonly Unit[],
  memory: Memory,
  kustomize: Kustomize | undefined,
  trust: 'known' | 'anew',
  selected: (path: string) => boolean,
): Proofs {
  const byName = new Map(units.map((unit) => [unit.name, unit]));
  const readBy = (unit: Unit): Unit[] => (unit.facts?.folders ?? []).flatMap((folder) => byName.get(folder) ?? []);
  const digests = new Map<string, string>();
  const toProve: Unit[] = [];
  for (const unit of kustomize === undefined ? [] : units) {
    if (unit.facts === undefined || unit.contents === undefined) continue;
    const proof = proofOf(unit, readBy(unit), kustomize as Kustomize);
    const known = trust === 'known' && provenBefore(memory, unit.name) === proof;
    if (known || selected(`${unit.name}/`)) digests.set(unit.name, proof);
    if (!known && selected(`${unit.name}/`)) toProve.push(unit);
  }
  return { toProve, unitsToRead: [...new Set(toProve.flatMap(readBy))], digests };
}

function proofOf(unit: Unit, read: readonly Unit[], kustomize: Kustomize): string {
  return digestOf(
    kustomize.identity,
    ...read.flatMap(({ name, digest }) => [name, digest]),
    ...[...(unit.expected ?? [])].flat(),
  );
}
