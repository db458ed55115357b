import type { PromotionPart } from '../../report/report.ts';
import { Prose } from '../base/prose.tsx';
import { routeTo } from '../base/route.ts';
import { Said } from '../base/said.tsx';
import { usePart } from '../base/use-report.ts';
import type { ViewProps } from '../base/view-props.ts';
import { PipelineMatrix } from './pipeline-matrix.tsx';
import { SystemPipelineView } from './system-pipeline.tsx';
import './promotion.css';

/** Where a system runs in which release, what comes next, and what that waits for. */
export function PromotionView({ index, route }: ViewProps) {
  const part = usePart<PromotionPart>(index, 'promotion');
  const [system] = route.path;
  return (
    <section class="promotion-view stack">
      <h2>Promotion</h2>
      {part === 'loading' && <p role="status">Loading…</p>}
      {(part === 'absent' || (part !== 'loading' && part.systems.length === 0)) && (
        <p class="card">
          There is no pipeline: say <code>{'promotion: {pipeline: […]}'}</code> in <code>stowage.yaml</code>.
        </p>
      )}
      {typeof part === 'object' && part.systems.length > 0 && (
        <>
          {part.unasked !== null && (
            <p class="promotion-unasked">
              Gates and pull requests are not known: <Prose text={part.unasked} />
            </p>
          )}
          <nav class="promotion-systems no-print" aria-label="Pipelines">
            <a href={routeTo('promotion')} aria-current={system === undefined ? 'page' : undefined}>
              All systems
            </a>
            {part.systems.map(({ system: name }) => (
              <a key={name} href={routeTo('promotion', [name])} aria-current={name === system ? 'page' : undefined}>
                <Said text={name} />
              </a>
            ))}
          </nav>
          <Chosen index={index} route={route} part={part} />
        </>
      )}
    </section>
  );
}

function Chosen({ index, route, part }: ViewProps & { readonly part: PromotionPart }) {
  const [system] = route.path;
  if (system === undefined) return <PipelineMatrix systems={part.systems} />;
  const pipeline = part.systems.find((one) => one.system === system);
  if (pipeline === undefined)
    return (
      <p class="card">
        No pipeline leads <Said text={system} /> anywhere.
      </p>
    );
  return <SystemPipelineView key={system} pipeline={pipeline} route={route} at={index.at} />;
}
