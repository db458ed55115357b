import fc, { type GeneratorValue } from 'fast-check';
import { oddTexts } from './odd-words.ts';

/** Choices, each of which fast-check knows, repeats and shrinks. */
export interface Draw {
  /** True in so many cases of a hundred. */
  chance(percent: number): boolean;
  number(from: number, to: number): number;
  pick<Item>(items: readonly Item[]): Item;
  /** Some of them, in their order. */
  some<Item>(items: readonly Item[], percent?: number): Item[];
  /** So many different ones, in any order. */
  different<Item>(items: readonly Item[], count: number): Item[];
  /** Any text that may stand in a file. */
  text(): string;
  /** Any text as it is written where expressions are evaluated. */
  literal(): string;
  json(depth?: number): unknown;
}

export function drawFrom(g: GeneratorValue): Draw {
  const number = (min: number, max: number) => g(fc.integer, { min, max });
  const pick = <Item>(items: readonly Item[]): Item => items[number(0, items.length - 1)] as Item;
  const chance = (percent: number) => number(0, 99) >= 100 - percent;
  const text = () => {
    const chosen = chance(75) ? pick(oddTexts) : chance(50) ? g(anyText) : `${pick(oddTexts)}${pick(oddTexts)}`;
    // Several lines of which the first begins with a tab are too much for kustomize's own patches.
    return /^\s*\t[\s\S]*\n/.test(chosen) ? `a${chosen}` : chosen;
  };
  const json = (depth = 2): unknown => {
    const kind = number(0, depth === 0 ? 3 : 5);
    if (kind === 0) return text();
    if (kind === 1) return pick([0, 1, -1, 1.5, 1e21, 123456789]);
    if (kind === 2) return chance(50);
    if (kind === 3) return pick(['', 'a', 'no']);
    if (kind === 4) return Array.from({ length: number(0, 3) }, () => json(depth - 1));
    return Object.fromEntries(Array.from({ length: number(0, 3) }, () => [`k${number(0, 9)}`, json(depth - 1)]));
  };
  return {
    chance,
    number,
    pick,
    some: (items, percent = 40) => items.filter(() => chance(percent)),
    different: (items, count) => {
      const left = [...items];
      return Array.from({ length: count }, () => left.splice(number(0, left.length - 1), 1)[0] as (typeof items)[number]);
    },
    text,
    literal: () => escapeExpressions(text()),
    json: (depth) => escapeAll(json(depth)),
  };
}

const anyText = () =>
  fc.string({ unit: 'binary', maxLength: 12 }).map((text) => text.replace(/[\0\u007f-\u009f\u2028\u2029\ufffe\uffff]/g, ''));

export function escapeExpressions(text: string): string {
  return text.replaceAll('${', () => '$${');
}

function escapeAll(value: unknown): unknown {
  if (typeof value === 'string') return escapeExpressions(value);
  if (Array.isArray(value)) return value.map(escapeAll);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, escapeAll(item)]));
}
