import { type Amounts, amountOf, resourceNames } from '../footprint/amounts.ts';
import type { ClusterFootprint } from '../footprint/fleet-footprint.ts';
import { type FootprintRow, footprintRows } from '../footprint/footprint-rows.ts';
import { readableQuantity } from '../footprint/format-quantity.ts';

const lowerBound = '≥ ';
const noLimit = 'none';

/** Requests and limits as a table for a person: names on the left, numbers aligned on the right. */
export function footprintTable(clusters: readonly ClusterFootprint[]): string {
  const blocks = clusters.flatMap(footprintRows);
  const rows = blocks.flat();
  const resources = resourceNames([
    { cpu: 0n, memory: 0n, storage: 0n },
    ...rows.map(({ share, amounts }) => share?.requests ?? amounts ?? {}),
  ]);
  const header = ['', 'pods', ...resources.flatMap((name) => (isLimited(name) ? [name, `${name} limit`] : [name]))];
  const cells = blocks.map((block) => block.map((row) => cellsOf(row, resources)));
  const widths = header.map((title, column) =>
    Math.max(title.length, ...cells.flat().map((line) => (line[column] as string).length)),
  );
  const line = (texts: readonly string[]) =>
    texts
      .map((text, column) => (column === 0 ? text.padEnd(widths[0] as number) : text.padStart(widths[column] as number)))
      .join('  ')
      .trimEnd();
  return `${[line(header), ...cells.map((block) => block.map(line).join('\n')), ...notes(rows, cells.flat(2))].join('\n\n')}\n`;
}

/** Of other resources the limit is the request: Kubernetes has it so for GPUs. */
function isLimited(resource: string): boolean {
  return resource === 'cpu' || resource === 'memory';
}

function cellsOf({ depth, label, share, amounts }: FootprintRow, resources: readonly string[]): string[] {
  const requests = share?.requests ?? amounts ?? {};
  const amount = (of: Amounts, name: string) => {
    const known = amountOf(of, name);
    return known === undefined ? '' : readableQuantity(name, known);
  };
  const limit = (name: string) => {
    if (share === undefined) return '';
    const known = amount(share.limits, name);
    return !share.unlimited.includes(name) ? known : known === '' ? noLimit : `${lowerBound}${known}`;
  };
  return [
    `${'  '.repeat(depth)}${label}`,
    share === undefined || share.pods === 0 ? '' : String(share.pods),
    ...resources.flatMap((name) => (isLimited(name) ? [amount(requests, name), limit(name)] : [amount(requests, name)])),
  ];
}

function notes(rows: readonly FootprintRow[], cells: readonly string[]): string[] {
  const lines = [
    ...(cells.some((cell) => cell.startsWith(lowerBound) || cell === noLimit)
      ? ['≥, none: some container, or every one, sets no limit']
      : []),
    ...(rows.some(({ label }) => label.endsWith('on top'))
      ? ['on top: not in the sums, since nobody has said when Jobs run or how many nodes there are']
      : []),
  ];
  return lines.length === 0 ? [] : [lines.join('\n')];
}
