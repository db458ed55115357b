import { sourceOf } from './generate.ts';
import { generateValue } from './generate-value.ts';
import { generationOrder } from './generation-order.ts';
import { type ComposedText, type SealingKey, type SealingTarget, valueId } from './sealing-target.ts';

/** Values of one system in one environment, by secret/key. Nothing of them is ever printed or written. */
export type Values = ReadonlyMap<string, Uint8Array>;

export interface Wish {
  /** Values that somebody gave. */
  readonly given: Values;
  /** Whether a key that says how gets a new value. */
  readonly generates: (target: SealingTarget, key: SealingKey) => boolean;
  /** Whether a composed key must be put together, although nothing of it has changed. */
  readonly composes: (target: SealingTarget, key: SealingKey) => boolean;
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
  /** Why it cannot be made at all. */
  readonly refused?: string;
}

/** What is to be sealed: what was given, what is generated, and what is made from these. */
export async function assembleValues(targets: readonly SealingTarget[], wish: Wish): Promise<Assembled> {
  const values = new Map(wish.given);
  const changed = new Set<string>();
  const generated = new Set<string>();
  const lacking: Lack[] = [];
  const all = targets.flatMap((target) => inOrder(target).map((key) => ({ target, key, id: valueId(target.secret, key.key) })));
  const defaults = new Map(all.flatMap(({ key, id }) => (key.default === undefined ? [] : [[id, Buffer.from(key.default)]])));
  const lookUp = (id: string) => values.get(id) ?? wish.sealed.get(id) ?? defaults.get(id);
  const take = (id: string, value: Uint8Array) => {
    values.set(id, value);
    changed.add(id);
  };
  for (const { target, key, id } of all) {
    const given = wish.given.get(id);
    if (given !== undefined) {
      if (!wish.isKnown(target, key, given)) changed.add(id);
      continue;
    }
    if (key.generate === undefined) continue;
    const source = sourceOf(key.generate);
    const sourceId = source === undefined ? undefined : valueId(target.secret, source);
    const wanted = sourceId === undefined ? wish.generates(target, key) : changed.has(sourceId) || wish.generates(target, key);
    if (!wanted) continue;
    const made = await generateValue(key.generate, (sibling) => lookUp(valueId(target.secret, sibling)));
    if ('value' in made) {
      take(id, made.value);
      generated.add(id);
    } else {
      const why = 'missing' in made ? { needs: [valueId(target.secret, made.missing)] } : { needs: [], refused: made.refused };
      lacking.push({ target, key: key.key, ...why });
    }
  }
  for (const { target, key, id } of all) {
    if (key.composed === undefined || wish.given.has(id)) continue;
    const references = key.composed.parts
      .filter((part) => typeof part !== 'string')
      .map((part) => valueId(part.secret, part.key));
    if (!references.some((reference) => changed.has(reference)) && !wish.composes(target, key)) continue;
    const needs = references.filter((reference) => lookUp(reference) === undefined);
    if (needs.length > 0) lacking.push({ target, key: key.key, needs });
    else take(id, Buffer.concat(key.composed.parts.map((part) => bytesOf(part, lookUp))));
  }
  return { values, generated, lacking };
}

function bytesOf(part: ComposedText['parts'][number], lookUp: (id: string) => Uint8Array | undefined): Uint8Array {
  return typeof part === 'string' ? Buffer.from(part) : (lookUp(valueId(part.secret, part.key)) as Uint8Array);
}

/** What is made from another key after it. */
function inOrder({ keys }: SealingTarget): SealingKey[] {
  const made = generationOrder(new Map(keys.flatMap(({ key, generate }) => (generate === undefined ? [] : [[key, generate]]))));
  // Circles are refused when the System is read.
  const order = 'order' in made ? made.order : [];
  return [...keys].sort((a, b) => order.indexOf(a.key) - order.indexOf(b.key));
}

/** Whether a generated key is made from nothing but chance. */
export function isIndependent({ generate }: SealingKey): boolean {
  return generate !== undefined && sourceOf(generate) === undefined;
}
