import type { PipelineStop } from '../../report/report.ts';
import { Prose } from '../base/prose.tsx';
import { routeTo } from '../base/route.ts';
import { Said } from '../base/said.tsx';
import { webAddress } from '../base/web-address.ts';
import { ageText } from './age-text.ts';
import { countClasses } from './classed-fields.ts';
import { stopState } from './stop-state.ts';

interface StopProps {
  readonly system: string;
  readonly stop: PipelineStop;
  readonly wave: number;
  readonly chosen: boolean;
  /** When it was looked at. */
  readonly at: string;
}

/** A system in one environment of its pipeline: what runs there, and what stands in the way of more. */
export function StopCard({ system, stop, wave, chosen, at }: StopProps) {
  const { environment, stage, release, since, next, from, waits } = stop;
  const state = stopState(stop, wave);
  return (
    <article class={chosen ? 'card promotion-stop chosen' : 'card promotion-stop'}>
      <header>
        <h4>
          <a href={routeTo('system', [system, environment])}>
            <Said text={environment} />
          </a>
        </h4>
        <span class="faint">
          stage <Said text={stage} />
        </span>
        <span class={`badge ${state.colour}`}>{state.word}</span>
      </header>
      <dl>
        <dt>Release</dt>
        <dd>
          <code>
            <Said text={release} />
          </code>
          {since !== null && (
            <span class="faint">
              {' '}
              for {ageText(since, at)}, since <time dateTime={since}>{since.slice(0, 16).replace('T', ' ')} UTC</time>
            </span>
          )}
        </dd>
        {next !== null && (
          <>
            <dt>Next</dt>
            <dd>
              <Said text={next} />
            </dd>
          </>
        )}
        <PullRequest stop={stop} />
        {waits !== null && waits.length > 0 && (
          <>
            <dt>{next === null ? 'Refused' : 'Waits for'}</dt>
            <dd>
              <ul>
                {waits.map((text) => (
                  <li key={text}>
                    <Prose text={text} />
                  </li>
                ))}
              </ul>
            </dd>
          </>
        )}
      </dl>
      {from !== null && (
        <a
          class="promotion-choose"
          href={routeTo('promotion', [system], { to: environment })}
          aria-current={chosen ? 'true' : undefined}
        >
          {fieldsText(stop)} <span class="unseen">in {environment}</span>
        </a>
      )}
    </article>
  );
}

function fieldsText({ fields, from }: PipelineStop): string {
  const { hold } = countClasses(fields);
  if (fields.length === 0) return `All is as in ${from}`;
  const count = fields.length === 1 ? '1 field differs' : `${fields.length} fields differ`;
  return hold === 0 ? `${count} from ${from}` : `${count} from ${from}, ${hold} held`;
}

function PullRequest({ stop: { pullRequest, url } }: { readonly stop: PipelineStop }) {
  if (pullRequest === null) return null;
  const address = webAddress(url);
  return (
    <>
      <dt>Pull request</dt>
      <dd>
        {address === undefined ? (
          `#${pullRequest}`
        ) : (
          <a href={address} rel="noreferrer" target="_blank">
            #{pullRequest}
          </a>
        )}
      </dd>
    </>
  );
}
