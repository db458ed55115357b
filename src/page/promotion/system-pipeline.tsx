import type { PipelineStop, SystemPipeline } from '../../report/report.ts';
import type { Route } from '../base/route.ts';
import { usePrinting } from '../base/use-printing.ts';
import { goTo } from '../base/use-route.ts';
import { Pipeline } from './pipeline.tsx';
import { StopFields } from './stop-fields.tsx';

interface SystemProps {
  readonly pipeline: SystemPipeline;
  readonly route: Route;
  readonly at: string;
}

const separator = '\n';

/** The pipeline of a system, and what one environment of it has otherwise than the one that it takes from. */
export function SystemPipelineView({ pipeline, route, at }: SystemProps) {
  const { query } = route;
  const printing = usePrinting();
  const stops = pipeline.waves.flat().filter(({ from }) => from !== null);
  const chosen = chosenOf(stops, query.to);
  const choose = (choice: Readonly<Record<string, string>>) =>
    goTo({ ...route, query: { ...query, to: chosen?.environment ?? '', ...choice } }, { replace: true });
  return (
    <>
      <Pipeline pipeline={pipeline} to={chosen?.environment} at={at} />
      {(printing ? stops : stops.filter((stop) => stop === chosen)).map((stop) => (
        <StopFields
          key={stop.environment}
          system={pipeline.system}
          stop={stop}
          wanted={printing ? '' : (query.class ?? '')}
          include={(query.include ?? '').split(separator)}
          onWanted={(name) => choose({ class: name })}
          onInclude={(names) => choose({ include: names.join(separator) })}
        />
      ))}
    </>
  );
}

/** The one that the address names; else the first that something is to come to. */
function chosenOf(stops: readonly PipelineStop[], to: string | undefined): PipelineStop | undefined {
  if (to !== undefined) return stops.find(({ environment }) => environment === to);
  return stops.find(({ next }) => next !== null) ?? stops[0];
}
