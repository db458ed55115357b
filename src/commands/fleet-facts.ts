import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FleetDocument } from '../language/fleet.ts';
import { untrack } from '../model/tracked.ts';
import { kinds, readDocument } from '../read/read-document.ts';
import { Failure } from '../store/fail.ts';

/** What workflows must know of a fleet. */
export interface FleetFacts {
  readonly promotes: boolean;
  readonly url: string;
  readonly branch: string;
}

/** Undefined where no fleet is yet. */
export function readFleetFacts(folder: string): FleetFacts | undefined {
  const name = 'stowage.yaml';
  const path = join(folder, name);
  if (!existsSync(path)) return undefined;
  const files = new Map([[name, readFileSync(path)]]);
  const read = readDocument<FleetDocument>(files, name, 'fleet', kinds.fleet, undefined, () => {});
  if (read === undefined) throw new Failure(`${name} has problems`, '`stowage compile --check` tells them');
  const { promotion, repository } = untrack(read.document).spec;
  return { promotes: promotion !== undefined, url: repository.url, branch: repository.branch ?? 'main' };
}
