import { compareText } from '../diagnostics/sort-diagnostics.ts';
import { BareMap } from '../model/tracked.ts';
import { exactQuantity } from './format-quantity.ts';
import { parseQuantity } from './quantity.ts';

/** Thousandths of a unit by the name of the resource: `cpu`, `memory`, `storage`, `nvidia.com/gpu`. */
export type Amounts = Readonly<Record<string, bigint>>;

/** The same as plain data: quantities as Kubernetes writes them. */
export type WrittenAmounts = Readonly<Record<string, string>>;

/** A resource may be called `toString`: only what the map itself holds counts. */
export function amountOf(amounts: Amounts, name: string): bigint | undefined {
  return Object.hasOwn(amounts, name) ? amounts[name] : undefined;
}

export function addAmounts(all: readonly Amounts[]): Amounts {
  // A resource may be called as every object calls something of its own.
  const sum = new BareMap<bigint>();
  for (const amounts of all) for (const name in amounts) sum[name] = (amountOf(sum, name) ?? 0n) + (amounts[name] as bigint);
  return sum;
}

export function timesAmounts(amounts: Amounts, count: number): Amounts {
  const product = new BareMap<bigint>();
  for (const name in amounts) product[name] = (amounts[name] as bigint) * BigInt(count);
  return product;
}

export function largerAmounts(one: Amounts, other: Amounts): Amounts {
  const larger: Record<string, bigint> = { ...one };
  for (const name in other) {
    const [mine, its] = [amountOf(one, name), other[name] as bigint];
    larger[name] = mine !== undefined && mine > its ? mine : its;
  }
  return larger;
}

/** What is asked for beyond what is allowed; nothing of what has no bound. */
export function excessOver(asked: Amounts, allowed: Amounts): Amounts {
  const beyond = Object.entries(allowed).map(([name, amount]): [string, bigint] => [
    name,
    (amountOf(asked, name) ?? 0n) - amount,
  ]);
  return Object.fromEntries(beyond.filter(([, amount]) => amount > 0n));
}

/** From a map of quantities; what is none is left out. */
export function readAmounts(written: Readonly<Record<string, unknown>> | undefined): Amounts {
  const amounts: Record<string, bigint> = {};
  for (const name in written) {
    const amount = parseQuantity(written[name]);
    if (amount !== undefined) amounts[name] = amount;
  }
  return amounts;
}

export function writeAmounts(amounts: Amounts): WrittenAmounts {
  return Object.fromEntries(resourceNames([amounts]).map((name) => [name, exactQuantity(name, amounts[name] as bigint)]));
}

const first = ['cpu', 'memory', 'storage'];

/** Names of resources in the order in which they are shown. */
export function resourceNames(all: readonly Amounts[]): string[] {
  const known = new Set(all.flatMap((amounts) => Object.keys(amounts)));
  return [...known].sort((a, b) => rankOf(a) - rankOf(b) || compareText(a, b));
}

function rankOf(name: string): number {
  const index = first.indexOf(name);
  return index < 0 ? first.length : index;
}
