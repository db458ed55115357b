import type { Cell, ReportIndex } from '../../report/report.ts';

/** Where a system runs, in the order of the environments. */
export function cellsOf(index: ReportIndex, system: string): Cell[] {
  const places = new Map(index.environments.map(({ name }, place) => [name, place]));
  const place = ({ environment }: Cell) => places.get(environment) ?? places.size;
  return index.cells.filter((cell) => cell.system === system).sort((a, b) => place(a) - place(b));
}
