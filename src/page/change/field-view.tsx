import { useMemo } from 'preact/hooks';
import { LongText } from '../base/long-text.tsx';
import { Said } from '../base/said.tsx';
import type { FieldChange } from './change-types.ts';
import { type DiffMode, DiffTable } from './diff-table.tsx';
import { sayField } from './say-field.ts';
import { type Piece, wordDiff } from './word-diff.ts';

const marks = { add: 'added', remove: 'removed', set: undefined, order: undefined, secret: undefined } as const;

/** One field: its path, what becomes of it, and which lines of the description that comes from. */
export function FieldView({ field, mode }: { readonly field: FieldChange; readonly mode: DiffMode }) {
  const said = useMemo(() => sayField(field), [field]);
  const mark = marks[field.action];
  return (
    <li class="change-field">
      <div class="change-path">
        <code>
          <Said text={field.path} />
        </code>
        {mark !== undefined && <span class={`badge ${mark === 'added' ? 'good' : 'bad'}`}>{mark}</span>}
        {said.as === 'words' && <LongText text={said.words} />}
        {said.as === 'values' && <Values before={said.before} after={said.after} />}
        {field.because !== undefined && <Because lines={field.because} />}
      </div>
      {said.as === 'rows' && <DiffTable rows={said.rows} mode={mode} label={`Change of ${field.path}`} />}
    </li>
  );
}

function Values({ before, after }: { readonly before: string | undefined; readonly after: string | undefined }) {
  const words = before === undefined || after === undefined ? undefined : wordDiff(before, after);
  return (
    <span class="change-values mono">
      {before !== undefined && (
        <del class="change-value gone">
          <Pieces text={before} pieces={words?.before} />
        </del>
      )}
      {before !== undefined && after !== undefined && <span class="faint"> → </span>}
      {after !== undefined && (
        <ins class="change-value come">
          <Pieces text={after} pieces={words?.after} />
        </ins>
      )}
    </span>
  );
}

function Pieces({ text, pieces }: { readonly text: string; readonly pieces: readonly Piece[] | undefined }) {
  if (pieces === undefined) return <Said text={text} />;
  return (
    <>
      {pieces.map((piece) =>
        piece.differs ? (
          <b>
            <Said text={piece.text} />
          </b>
        ) : (
          <Said text={piece.text} />
        ),
      )}
    </>
  );
}

function Because({ lines }: { readonly lines: readonly string[] }) {
  return (
    <span class="change-because faint">
      <span class="unseen">because of </span>
      {lines.map((line, at) => (
        <>
          {at > 0 && ', '}
          <code>
            <Said text={line} />
          </code>
        </>
      ))}
    </span>
  );
}
