const form = /^([+-]?)(\d*)(?:\.(\d*))?([KMGTPE]i|[numkMGTPE]|[eE][+-]?\d+)?$/;
const binary = ['Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];
const decimal: Readonly<Record<string, number>> = { n: -9, u: -6, m: -3, k: 3, M: 6, G: 9, T: 12, P: 15, E: 18 };

/** Kubernetes takes what is larger for this much. */
const largest = (2n ** 63n - 1n) * 1000n;
/** Digits and powers of ten beyond which a quantity is the largest one, or next to nothing. */
const enough = 40;

const known = new Map<string, bigint | undefined>();

/**
 * A Kubernetes quantity in thousandths of its unit, exactly; what is finer is rounded up, as the scheduler
 * does. Undefined for what is no quantity. The same few quantities come again and again in a fleet.
 */
export function parseQuantity(written: unknown): bigint | undefined {
  if (typeof written !== 'string' && typeof written !== 'number') return undefined;
  const text = String(written);
  if (known.has(text)) return known.get(text);
  const parsed = parse(text);
  if (text.length <= enough) known.set(text, parsed);
  return parsed;
}

function parse(text: string): bigint | undefined {
  const [, sign, whole = '', fraction = '', suffix = ''] = form.exec(text) ?? [];
  if (sign === undefined || whole + fraction === '') return undefined;
  const size = thousandths(whole.replace(/^0+/, ''), fraction, suffix);
  return sign === '-' ? -size : size;
}

function thousandths(whole: string, fraction: string, suffix: string): bigint {
  const digits = BigInt(whole.slice(0, enough) + significant(fraction));
  if (digits === 0n) return 0n;
  const places = significant(fraction).length;
  const power = binary.indexOf(suffix) + 1;
  const exponent = 3 - places + (power > 0 ? 0 : exponentOf(suffix));
  if (whole.length > enough || exponent > enough) return largest;
  if (exponent < -3 * enough) return 1n;
  const scaled = digits * 1024n ** BigInt(power);
  const size = exponent >= 0 ? scaled * 10n ** BigInt(exponent) : divideUp(scaled, 10n ** BigInt(-exponent));
  return size < largest ? size : largest;
}

/** A fraction far too fine to matter still rounds up what it follows. */
function significant(fraction: string): string {
  return fraction.length <= enough ? fraction : `${fraction.slice(0, enough)}${/[1-9]/.test(fraction.slice(enough)) ? 1 : 0}`;
}

function exponentOf(suffix: string): number {
  return suffix === '' ? 0 : (decimal[suffix] ?? Number(suffix.slice(1)));
}

export function divideUp(amount: bigint, by: bigint): bigint {
  return (amount + by - 1n) / by;
}
