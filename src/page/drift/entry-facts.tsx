import type { ComponentChildren } from 'preact';
import type { DriftEntry } from '../../report/report.ts';
import { Said } from '../base/said.tsx';
import { sayDay, sayTime } from './say-time.ts';

/** Who, since when, and where the description says otherwise. */
export function EntryFacts({ entry: { owner, accepted, standing, because, first } }: { readonly entry: DriftEntry }) {
  return (
    <dl class="drift-facts">
      {owner !== null && (
        <Fact name="Written by">
          <Said text={owner.manager} />
          {owner.since !== null && (
            <span class="faint">
              {' '}
              since <Said text={sayTime(owner.since)} />
            </span>
          )}
        </Fact>
      )}
      <Fact name="First found">
        <time dateTime={first} title={sayTime(first)}>
          {sayDay(first)}
        </time>
      </Fact>
      {because.length > 0 && (
        <Fact name="Declared at">
          {because.map((line, place) => (
            <>
              {place > 0 && ', '}
              <code>
                <Said text={line} />
              </code>
            </>
          ))}
        </Fact>
      )}
      {accepted !== null && (
        <Fact name={standing === 'new' ? 'Accepted before' : 'Accepted'}>
          “<Said text={accepted.reason} />” by <Said text={accepted.owner} /> until {sayDay(accepted.until)}
          {standing === 'new' && <span class="faint">; what is there was something else then</span>}
        </Fact>
      )}
    </dl>
  );
}

function Fact({ name, children }: { readonly name: string; readonly children: ComponentChildren }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
