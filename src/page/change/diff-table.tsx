import { useMemo, useState } from 'preact/hooks';
import { LongText } from '../base/long-text.tsx';
import { Said } from '../base/said.tsx';
import { type DiffRow, type Side, type UnifiedRow, unified } from './diff-rows.ts';

export type DiffMode = 'unified' | 'split';

interface DiffProps {
  readonly rows: readonly DiffRow[];
  readonly mode: DiffMode;
  /** What it is a diff of. */
  readonly label: string;
}

const most = 300;

/** Lines before and after: one under the other, or side by side where there is room for it. */
export function DiffTable({ rows, mode, label }: DiffProps) {
  const [whole, setWhole] = useState(false);
  const lines = useMemo(() => (mode === 'unified' ? unified(rows) : rows), [rows, mode]);
  const shown = whole ? lines : lines.slice(0, most);
  return (
    <>
      <table class={`change-diff ${mode}`} aria-label={label}>
        {mode === 'split' && (
          <colgroup>
            <col class="line" />
            <col />
            <col class="line" />
            <col />
          </colgroup>
        )}
        <thead class="unseen">
          {mode === 'unified' ? (
            <tr>
              <th scope="col">Line before</th>
              <th scope="col">Line after</th>
              <th scope="col">Sign</th>
              <th scope="col">Text</th>
            </tr>
          ) : (
            <tr>
              <th scope="col">Line before</th>
              <th scope="col">Before</th>
              <th scope="col">Line after</th>
              <th scope="col">After</th>
            </tr>
          )}
        </thead>
        <tbody>
          {mode === 'unified'
            ? (shown as readonly UnifiedRow[]).map((row) => <UnifiedLine row={row} />)
            : (shown as readonly DiffRow[]).map((row) => <SplitLine row={row} />)}
        </tbody>
      </table>
      {shown.length < lines.length && (
        <button type="button" class="button" onClick={() => setWhole(true)}>
          Show the other {(lines.length - shown.length).toLocaleString('en')} lines
        </button>
      )}
    </>
  );
}

const signs = { same: ' ', gone: '−', come: '+' } as const;

function UnifiedLine({ row }: { readonly row: UnifiedRow }) {
  if (row.kind === 'note') return <Note text={row.text} />;
  return (
    <tr class={row.kind}>
      <td class="line">{row.before}</td>
      <td class="line">{row.after}</td>
      <td class="sign">{signs[row.kind]}</td>
      <td class="text">
        <SideText side={row.side} kind={row.kind} />
      </td>
    </tr>
  );
}

function SplitLine({ row }: { readonly row: DiffRow }) {
  if (row.kind === 'note') return <Note text={row.text} />;
  return (
    <tr class={row.kind}>
      <SplitSide side={row.before} kind={row.kind === 'same' ? 'same' : 'gone'} />
      <SplitSide side={row.after} kind={row.kind === 'same' ? 'same' : 'come'} />
    </tr>
  );
}

function SplitSide({ side, kind }: { readonly side: Side | undefined; readonly kind: 'same' | 'gone' | 'come' }) {
  const part = side === undefined ? 'none' : kind;
  return (
    <>
      <td class={`line ${part} ${kind}-side`}>{side?.line}</td>
      <td class={`text ${part} ${kind}-side`}>
        {side !== undefined && (
          <>
            <span class="sign">{signs[kind]} </span>
            <SideText side={side} kind={kind} />
          </>
        )}
      </td>
    </>
  );
}

function SideText({ side, kind }: { readonly side: Side; readonly kind: 'same' | 'gone' | 'come' }) {
  const Mark = kind === 'gone' ? 'del' : 'ins';
  return (
    <>
      {side.pieces === undefined ? (
        <LongText text={side.text} />
      ) : (
        side.pieces.map(({ text, differs }) =>
          differs ? (
            <Mark>
              <Said text={text} />
            </Mark>
          ) : (
            <Said text={text} />
          ),
        )
      )}
      {side.unended && <span class="faint"> (no newline at the end)</span>}
    </>
  );
}

function Note({ text }: { readonly text: string }) {
  return (
    <tr class="note">
      <td colSpan={4}>{text === '' ? 'lines that are the same' : text}</td>
    </tr>
  );
}
