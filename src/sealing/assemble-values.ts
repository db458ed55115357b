import { type Generate, generateValue } from './generate-value.ts';
import { type SealingKey, type SealingTarget, valueId } from './sealing-target.ts';

/** Values of one system in one environment, by secret/key. Nothing of them is ever printed or written. */
export type Values = ReadonlyMap<string, Uint8Array>;

export interface Wish {
  /** Values that somebody gave. */
  readonly given: Values;
  /** Whether a key that says how gets a new value. */
  readonly generates: (target: SealingTarget, key: SealingKey) => boolean;
  /** Whether a key that is made from others must be made, although none of them has changed. */
  readonly lacks: (target: SealingTarget, key: SealingKey) => boolean;
  /** Whether a value is known to be the one that is sealed already. */
  readonly isKnown: (target: SealingTarget, key: SealingKey, value: Uint8Array) => boolean;
  /** Values that are sealed already, as far as somebody can open them. */
  readonly sealed: Values;
}

export interface Assembled {
  readonly values: Values;
  /** Which of them nobody chose. */
  readonly generated: ReadonlySet<string>;
  /** Keys that are made from others, of which some are not at hand. */
  readonly lacking: readonly Lack[];
}

export interface Lack {
  readonly target: SealingTarget;
  readonly key: string;
  readonly needs: readonly string[];
}

/** What is to be sealed: what was given, what is generated, and what is made from these. */
export async function assembleValues(targets: readonly SealingTarget[], wish: Wish): Promise<Assembled> {
  const values = new Map(wish.given);
  const changed = new Set<string>();
  const generated = new Set<string>();
  const lacking: Lack[] = [];
  const defaults = new Map(
    targets.flatMap(({ secret, keys }) =>
      keys.flatMap((key): [string, Uint8Array][] =>
        key.default === undefined ? [] : [[valueId(secret, key.key), Buffer.from(key.default)]],
      ),
    ),
  );
  const valueOf = (id: string) => values.get(id) ?? wish.sealed.get(id) ?? defaults.get(id);
  const take = (id: string, value: Uint8Array) => {
    values.set(id, value);
    changed.add(id);
  };
  const all = targets.flatMap((target) => target.keys.map((key) => ({ target, key, id: valueId(target.secret, key.key) })));
  for (const { target, key, id } of all) {
    const given = wish.given.get(id);
    if (given !== undefined && !wish.isKnown(target, key, given)) changed.add(id);
    else if (given === undefined && key.generate !== undefined && isIndependent(key) && wish.generates(target, key)) {
      take(id, (await generateValue(key.generate, () => undefined)) as Uint8Array);
      generated.add(id);
    }
  }
  for (const { target, key, id } of all) {
    const source = sourceOf(key.generate);
    if (source === undefined || key.generate === undefined || wish.given.has(id)) continue;
    if (!changed.has(valueId(target.secret, source)) && !wish.lacks(target, key)) continue;
    const value = await generateValue(key.generate, (sibling) => valueOf(valueId(target.secret, sibling)));
    if (value instanceof Uint8Array) take(id, value);
    else if (changed.has(valueId(target.secret, source)) || wish.generates(target, key))
      lacking.push({ target, key: key.key, needs: [valueId(target.secret, source)] });
  }
  for (const { target, key, id } of all) {
    if (key.composed === undefined || wish.given.has(id)) continue;
    const references = key.composed.parts.filter((part) => typeof part !== 'string').map((part) => valueId(part.secret, part.key));
    if (!references.some((reference) => changed.has(reference)) && !wish.lacks(target, key)) continue;
    const needs = references.filter((reference) => valueOf(reference) === undefined);
    if (needs.length > 0) lacking.push({ target, key: key.key, needs });
    else {
      const parts = key.composed.parts.map((part) =>
        typeof part === 'string' ? Buffer.from(part) : (valueOf(valueId(part.secret, part.key)) as Uint8Array),
      );
      take(id, Buffer.concat(parts));
    }
  }
  return { values, generated, lacking };
}

/** Whether a generated key is made from nothing but chance. */
export function isIndependent({ generate }: SealingKey): boolean {
  return generate !== undefined && sourceOf(generate) === undefined;
}

/** The key of the same secret that a generated one is made from. */
function sourceOf(how: Generate | undefined): string | undefined {
  return how?.publicKeyOf ?? how?.bcryptOf ?? how?.htpasswd?.passwordOf;
}
