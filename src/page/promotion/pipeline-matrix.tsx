import type { SystemPipeline } from '../../report/report.ts';
import { routeTo } from '../base/route.ts';
import { Said } from '../base/said.tsx';
import { stopState } from './stop-state.ts';

/** All pipelines at a glance: a row for each system, a column for each wave. */
export function PipelineMatrix({ systems }: { readonly systems: readonly SystemPipeline[] }) {
  const most = Math.max(...systems.map(({ waves }) => waves.length));
  const columns = Array.from({ length: most }, (_, wave) => wave);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard
    <section class="card scroll" tabIndex={0} aria-label="Pipelines of all systems">
      <table class="grid promotion-matrix">
        <thead>
          <tr>
            <th scope="col">System</th>
            {columns.map((wave) => (
              <th scope="col" key={wave}>
                Wave {wave + 1}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {systems.map(({ system, waves }) => (
            <tr key={system}>
              <th scope="row">
                <a href={routeTo('promotion', [system])}>
                  <Said text={system} />
                </a>
              </th>
              {columns.map((wave) => (
                <td key={wave}>
                  <ul>
                    {(waves[wave] ?? []).map((stop) => {
                      const { word, colour } = stopState(stop, wave);
                      return (
                        <li key={stop.environment}>
                          <a href={routeTo('promotion', [system], { to: stop.environment })}>
                            <Said text={stop.environment} />
                          </a>
                          <code>
                            <Said text={stop.release} />
                          </code>
                          <span class={`badge ${colour}`}>{word}</span>
                        </li>
                      );
                    })}
                  </ul>
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
