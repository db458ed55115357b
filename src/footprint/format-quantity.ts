import { divideUp } from './quantity.ts';

const binary = ['', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];

/** The shortest quantity of Kubernetes that says exactly this; bytes by powers of 1024. */
export function exactQuantity(resource: string, thousandths: bigint): string {
  if (thousandths % 1000n !== 0n) return `${thousandths}m`;
  let amount = thousandths / 1000n;
  let power = 0;
  while (isBytes(resource) && amount !== 0n && amount % 1024n === 0n && power < binary.length - 1) {
    amount /= 1024n;
    power += 1;
  }
  return `${amount}${binary[power]}`;
}

/** For a person: bytes in Mi, Gi or Ti with two decimals at most, rounded up; all else exactly. */
export function readableQuantity(resource: string, thousandths: bigint): string {
  if (!isBytes(resource) || thousandths <= 0n) return exactQuantity(resource, thousandths);
  const power = thousandths >= 1000n * 1024n ** 4n ? 4 : thousandths >= 1000n * 1024n ** 3n ? 3 : 2;
  const hundredths = divideUp(thousandths * 100n, 1000n * 1024n ** BigInt(power));
  const decimals = String(hundredths % 100n)
    .padStart(2, '0')
    .replace(/0+$/, '');
  return `${hundredths / 100n}${decimals === '' ? '' : `.${decimals}`}${binary[power]}`;
}

function isBytes(resource: string): boolean {
  return /^(memory$|storage$|ephemeral-storage$|hugepages-)/.test(resource);
}
