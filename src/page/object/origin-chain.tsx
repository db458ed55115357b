import type { OriginRecord } from '../../report/report.ts';
import { Said } from '../base/said.tsx';
import { SpecLine } from '../base/spec-line.tsx';
import { valueText } from './compare-field.ts';
import { ValueBlock } from './value-block.tsx';

interface Props {
  readonly origins: readonly OriginRecord[];
  readonly at: number;
  /** Those that lead here: what comes from itself would have no end. */
  readonly above?: readonly number[];
}

/** A source, what it was computed from, and what it beat: each with its line. */
export function OriginChain({ origins, at, above = [] }: Props) {
  const origin = origins[at];
  if (origin === undefined || above.includes(at)) return null;
  const path = [...above, at];
  const { beat } = origin;
  const from = origin.kind === 'spec' ? origin.from : [];
  return (
    <div class="object-origin">
      <SpecLine origin={origin} />
      {origin.kind === 'spec' && origin.expression !== null && (
        <div class="object-computed">
          <span class="faint">computed by</span>
          <ValueBlock text={origin.expression} most={400} />
        </div>
      )}
      {from.length > 0 && (
        <div class="object-step">
          <span class="faint">from</span>
          {from.map((one) => (
            <OriginChain key={one} origins={origins} at={one} above={path} />
          ))}
        </div>
      )}
      {beat.map(({ value, origin: loser }, place) => (
        <div class="object-step" key={`${loser} ${place}`}>
          <Beaten text={valueText(value)} />
          <OriginChain origins={origins} at={loser} above={path} />
        </div>
      ))}
    </div>
  );
}

function Beaten({ text }: { readonly text: string }) {
  if (text.length > 60 || text.includes('\n'))
    return (
      <>
        <span class="faint">over</span>
        <ValueBlock text={text} most={400} />
      </>
    );
  return (
    <span>
      <span class="faint">over</span>{' '}
      <del>
        <code>{text === '' ? 'an empty text' : <Said text={text} />}</code>
      </del>
    </span>
  );
}
