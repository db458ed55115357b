import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Unit } from '../compile/unit.ts';
import type { PlainObject } from '../model/desired-object.ts';

/** A unit with its files, and what these mean: for an overlay the objects, for a file of Argo CD what is in it. */
export interface RenderedUnit {
  readonly unit: Unit;
  readonly objects?: readonly PlainObject[] | undefined;
  readonly documents?: readonly (readonly [path: string, objects: readonly PlainObject[]])[] | undefined;
}

const format = 'stowage rendering 1';

/** What an earlier run rendered, by name; a unit whose key is another one now means something else now. */
export function readRendering(path: string): ReadonlyMap<string, RenderedUnit> {
  try {
    const [found, ...stored] = JSON.parse(readFileSync(path, 'utf8')) as [string, ...StoredUnit[]];
    return found === format ? new Map(stored.map((one) => [one.name, restore(one)])) : new Map();
  } catch {
    // Losing it costs time and nothing else.
    return new Map();
  }
}

/** Whoever cannot write there only takes longer the next time. */
export function writeRendering(path: string, rendered: Iterable<RenderedUnit>): void {
  const draft = `${path}.${process.pid}`;
  const stored = [...rendered].filter(({ unit }) => unit.key !== undefined).map(store);
  try {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(draft, JSON.stringify([format, ...stored]), { mode: 0o600 });
    renameSync(draft, path);
  } catch {
    rmSync(draft, { force: true });
  }
}

type StoredUnit = Omit<Unit, 'contents' | 'expected'> &
  Omit<RenderedUnit, 'unit'> & { readonly texts: readonly (readonly [string, string])[] };

function store({ unit, objects, documents }: RenderedUnit): StoredUnit {
  // What a build must give is for those who prove it.
  const { contents, expected: _, ...rest } = unit;
  return { ...rest, texts: [...(contents ?? [])], objects, documents };
}

function restore({ texts, objects, documents, ...rest }: StoredUnit): RenderedUnit {
  return { unit: { ...rest, contents: new Map(texts) }, objects, documents };
}
