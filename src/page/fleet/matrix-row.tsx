import { useMemo, useRef } from 'preact/hooks';
import type { ReportIndex } from '../../report/report.ts';
import { EnvironmentHead } from './environment-head.tsx';
import { EnvironmentObjects } from './environment-objects.tsx';
import { isShown } from './fleet-filter.ts';
import type { FleetRow } from './fleet-table.ts';
import { MatrixCell } from './matrix-cell.tsx';

export interface Column {
  readonly name: string;
  /** In the cells of a row. */
  readonly place: number;
}

interface MatrixRowProps {
  readonly index: ReportIndex;
  readonly row: FleetRow;
  readonly columns: readonly Column[];
  readonly mask: string;
  readonly opened: boolean;
  /** Whether it is its turn to be drawn. */
  readonly near: boolean;
  /** Whether the address is about it. */
  readonly arrive: boolean;
}

/** An environment; where nothing of it changed, what was drawn is not even compared. */
export function MatrixRow({ index, row, columns, mask, opened, near, arrive }: MatrixRowProps) {
  const { environment, cluster, cells } = row;
  const shown = isShown(mask);
  // What is hidden need not follow the filters.
  const marks = useMemo(() => ({ mask }), [shown ? mask : '']);
  const id = `fleet-objects-${environment.name}`;
  const drawn = useRef(false);
  drawn.current ||= near || arrive;
  const cellsDrawn = useMemo(
    () =>
      drawn.current &&
      columns.map(({ name, place }) => (
        <MatrixCell key={name} cell={cells[place]} answers={marks.mask === '' || marks.mask[place] === '1'} />
      )),
    [row, columns, marks, drawn.current],
  );
  const head = useMemo(
    () => <EnvironmentHead environment={environment} cluster={cluster} opened={opened} arrive={arrive} controls={id} />,
    [row, opened, arrive],
  );
  if (!drawn.current) return null;
  return (
    <>
      <tr hidden={!shown}>
        {head}
        {cellsDrawn}
      </tr>
      {opened && shown && (
        <tr class="fleet-opened" id={id}>
          <td colSpan={columns.length + 1}>
            <EnvironmentObjects index={index} cells={columns.flatMap(({ place }) => cells[place] ?? [])} />
          </td>
        </tr>
      )}
    </>
  );
}
