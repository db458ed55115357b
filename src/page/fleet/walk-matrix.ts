const steps: Readonly<Record<string, readonly [rows: number, columns: number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/** Arrow keys go from cell to cell; Tab goes through all that can be followed, as anywhere. */
export function walkMatrix(event: KeyboardEvent): void {
  const step = steps[event.key];
  if (step === undefined || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const cell = (event.target as Element).closest<HTMLTableCellElement>('td, th');
  const row = cell?.closest<HTMLTableRowElement>('tr');
  if (cell == null || row == null || row.classList.contains('fleet-opened')) return;
  const target = step[0] === 0 ? besides(row, cell.cellIndex, step[1]) : above(row, cell.cellIndex, step[0]);
  if (target === undefined) return;
  event.preventDefault();
  target.focus();
}

/** The next in the row that has something to follow. */
function besides(row: HTMLTableRowElement, from: number, step: number): HTMLElement | undefined {
  for (let place = from + step; place >= 0 && place < row.cells.length; place += step) {
    const target = targetIn(row.cells[place]);
    if (target !== undefined) return target;
  }
  return undefined;
}

/** The next row with something in the same column. */
function above(row: HTMLTableRowElement, column: number, step: number): HTMLElement | undefined {
  const rows = [...(row.closest('table')?.rows ?? [])];
  for (let place = rows.indexOf(row) + step; place >= 0 && place < rows.length; place += step) {
    const next = rows[place] as HTMLTableRowElement;
    if (next.hidden || next.closest('tbody')?.hidden || next.matches('.fleet-wave, .fleet-opened')) continue;
    const target = targetIn(next.cells[column]);
    if (target !== undefined) return target;
  }
  return undefined;
}

function targetIn(cell: Element | undefined): HTMLElement | undefined {
  return cell?.querySelector<HTMLElement>('a, button') ?? undefined;
}
