import { Said } from '../base/said.tsx';
import { ChangeEntry, type EntryProps } from './change-entry.tsx';
import { countActions, countText } from './count-changes.ts';
import { EnvironmentChips } from './environment-chips.tsx';
import type { ListedFold } from './list-changes.ts';

interface FoldProps extends Pick<EntryProps, 'index' | 'deleted' | 'mode' | 'onToggle'> {
  readonly listed: ListedFold;
  readonly environment: string;
  /** The address that the route leads to. */
  readonly aim: string | undefined;
  readonly isOpen: (address: string) => boolean;
}

const wholes = { create: 'all new', delete: 'all gone', change: undefined } as const;

/** What some environments have in common: once, with their names. */
export function FoldCard({ listed, environment, aim, isOpen, ...rest }: FoldProps) {
  const { fold, changes } = listed;
  const whole = wholes[fold.action];
  return (
    <section class="card change-fold">
      <header class="change-fold-head">
        <h3>
          <Said text={fold.system} />
        </h3>
        <EnvironmentChips system={fold.system} environments={fold.environments} chosen={environment} />
        {whole !== undefined && <span class={`badge ${fold.action === 'create' ? 'good' : 'bad'}`}>{whole}</span>}
        <span class="faint change-counts">
          {countText(countActions(changes.map(({ change }) => change)))}
          {fold.environments.length > 1 && `, in each of ${fold.environments.length} environments`}
        </span>
      </header>
      {changes.map((change) => (
        <ChangeEntry
          key={change.address}
          {...rest}
          fold={fold}
          listed={change}
          open={isOpen(change.address)}
          aim={change.address === aim}
        />
      ))}
    </section>
  );
}
