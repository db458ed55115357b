import type { Cell, ReportIndex } from '../../report/report.ts';
import type { Route } from '../base/route.ts';
import { goTo } from '../base/use-route.ts';
import { cellsOf } from './choose-cell.ts';

interface Props {
  readonly index: ReportIndex;
  readonly system: string;
  readonly environment: string;
  /** Where a choice leads to. */
  readonly toRoute: (cell: Cell) => Route;
}

/** Which system, and where; what else is chosen stays as far as it is there too. */
export function SystemPickers({ index, system, environment, toRoute }: Props) {
  const cells = cellsOf(index, system);
  const choose = (cell: Cell | undefined) => {
    if (cell !== undefined) goTo(toRoute(cell));
  };
  const chooseSystem = (name: string) => {
    const there = cellsOf(index, name);
    choose(there.find((cell) => cell.environment === environment) ?? there[0]);
  };
  return (
    <div class="row no-print">
      <label class="system-picker">
        System{' '}
        <select class="field" value={system} onChange={({ currentTarget }) => chooseSystem(currentTarget.value)}>
          {index.systems.map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label class="system-picker">
        Environment{' '}
        <select
          class="field"
          value={environment}
          onChange={({ currentTarget }) => choose(cells.find((cell) => cell.environment === currentTarget.value))}
        >
          {!cells.some((cell) => cell.environment === environment) && <option value={environment}>{environment}</option>}
          {cells.map((cell) => (
            <option key={cell.environment} value={cell.environment}>
              {cell.environment}
            </option>
          ))}
        </select>
      </label>
    </div>
  );
}
