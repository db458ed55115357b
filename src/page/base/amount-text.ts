const units = ['B', 'Ki', 'Mi', 'Gi', 'Ti', 'Pi', 'Ei'];

/** An amount at a glance: three digits that count, and bytes in the unit that suits them. */
export function amountText(resource: string, value: number): string {
  if (!isBytes(resource)) return shortNumber(value);
  let scaled = value;
  let unit = 0;
  while (scaled >= 1000 && unit < units.length - 1) {
    scaled /= 1024;
    unit += 1;
  }
  return value === 0 ? '0' : `${shortNumber(scaled)} ${units[unit]}`;
}

/** From the least to the most; one amount where they are the same. */
export function rangeText(resource: string, minimum: number, maximum: number): string {
  const [least, most] = [amountText(resource, minimum), amountText(resource, maximum)];
  if (least === most) return least;
  const [number = '', unit] = least.split(' ');
  return most.split(' ')[1] === unit && unit !== undefined ? `${number} → ${most}` : `${least} → ${most}`;
}

/** What a person calls it. */
export function resourceName(resource: string): string {
  return names.get(resource) ?? resource;
}

const names = new Map([
  ['cpu', 'CPU'],
  ['memory', 'Memory'],
  ['storage', 'Storage'],
  ['ephemeral-storage', 'Scratch'],
  ['nvidia.com/gpu', 'NVIDIA GPUs'],
  ['amd.com/gpu', 'AMD GPUs'],
]);

function shortNumber(value: number): string {
  const digits = value >= 100 ? 0 : value >= 10 ? 1 : 2;
  return String(Number(value.toFixed(digits)));
}

function isBytes(resource: string): boolean {
  return /^(memory$|storage$|ephemeral-storage$|hugepages-)/.test(resource);
}
