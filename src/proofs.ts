import type { Unit } from './compile/unit.ts';
import { digestOf } from './model/digest.ts';
import type { Memory } from './store/memory.ts';
import type { Kustomize } from './verify/kustomize.ts';

/** Which overlays are still to be proven, and what proves one. */
export interface Proofs {
  readonly toProve: readonly Unit[];
  /** All that the builds of those will read. */
  readonly unitsToRead: readonly Unit[];
  /** The proof of each overlay that is proven once these have been verified. */
  after(verified: readonly string[]): ReadonlyMap<string, string>;
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
  const known = new Set(trust === 'anew' ? [] : [...memory.units.values()].flatMap((unit) => unit.proof ?? []));
  const proofs = new Map<string, string>();
  const toProve: Unit[] = [];
  for (const unit of kustomize === undefined ? [] : units.filter(({ facts }) => facts !== undefined)) {
    const recalled = unit.contents === undefined ? memory.units.get(unit.name)?.proof : undefined;
    const proof = recalled ?? proofOf(unit, readBy(unit), kustomize as Kustomize);
    proofs.set(unit.name, proof);
    if (unit.contents !== undefined && selected(`${unit.name}/`) && !known.has(proof)) toProve.push(unit);
  }
  const open = new Set(toProve.map((unit) => unit.name));
  return {
    toProve,
    unitsToRead: [...new Set(toProve.flatMap(readBy))],
    after: (verified) =>
      new Map([...proofs].filter(([name, proof]) => known.has(proof) || (open.has(name) && verified.includes(name)))),
  };
}

function proofOf(unit: Unit, read: readonly Unit[], kustomize: Kustomize): string {
  return digestOf(
    kustomize.identity,
    ...read.flatMap(({ name, digest }) => [name, digest]),
    ...[...(unit.expected ?? [])].flat(),
  );
}
