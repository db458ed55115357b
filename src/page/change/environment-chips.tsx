import { useState } from 'preact/hooks';
import { routeTo } from '../base/route.ts';
import { Said } from '../base/said.tsx';

interface ChipsProps {
  readonly system: string;
  readonly environments: readonly string[];
  /** The one that is looked for. */
  readonly chosen: string;
}

const most = 10;

/** Where something is made or arises. */
export function EnvironmentChips({ system, environments, chosen }: ChipsProps) {
  const [all, setAll] = useState(false);
  const shown = all || environments.length <= most + 1 ? environments : environments.slice(0, most);
  return (
    <ul class="change-chips" aria-label="Environments">
      {shown.map((environment) => (
        <li key={environment}>
          <a class={environment === chosen ? 'badge accent' : 'badge'} href={routeTo('system', [system, environment])}>
            <Said text={environment} />
          </a>
        </li>
      ))}
      {shown.length < environments.length && (
        <li>
          <button type="button" class="change-more" onClick={() => setAll(true)}>
            and {environments.length - shown.length} more
          </button>
        </li>
      )}
    </ul>
  );
}
