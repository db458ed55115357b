import type { SystemPipeline } from '../../report/report.ts';
import { StopCard } from './stop-card.tsx';

interface PipelineProps {
  readonly pipeline: SystemPipeline;
  /** The environment that more is shown of. */
  readonly to: string | undefined;
  readonly at: string;
}

/** The waves of a system from left to right; one below the other where there is no room. */
export function Pipeline({ pipeline: { system, waves }, to, at }: PipelineProps) {
  return (
    <ol class="promotion-waves">
      {waves.map((stops, wave) => (
        <li key={stops[0]?.environment}>
          <h3>Wave {wave + 1}</h3>
          {stops.map((stop) => (
            <StopCard key={stop.environment} system={system} stop={stop} wave={wave} chosen={stop.environment === to} at={at} />
          ))}
        </li>
      ))}
    </ol>
  );
}
