import type { OriginRecord } from '../../report/report.ts';
import { Said } from './said.tsx';

/** Where something is said: file, line and the line itself; of a convention its reason. */
export function SpecLine({ origin }: { readonly origin: OriginRecord }) {
  if (origin.kind === 'convention')
    return (
      <span class="spec-line">
        <span class="badge">by convention</span> <Said text={origin.because} />
      </span>
    );
  return (
    <span class="spec-line">
      <span class="badge">
        <Said text={origin.layer} />
      </span>{' '}
      <span class="mono spec-line-place">
        <Said text={placeOf(origin)} />
      </span>{' '}
      <code class="spec-line-text">
        <Said text={origin.text} />
      </code>
    </span>
  );
}

export function placeOf({ file, line, column }: { readonly file: string; readonly line: number; readonly column?: number }) {
  return column === undefined ? `${file}:${line}` : `${file}:${line}:${column}`;
}
