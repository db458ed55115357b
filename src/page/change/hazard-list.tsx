import { useMemo, useState } from 'preact/hooks';
import { CopyButton } from '../base/copy-button.tsx';
import { LongText } from '../base/long-text.tsx';
import { Said } from '../base/said.tsx';
import { shellWord } from '../base/shell-word.ts';
import type { FoldedHazard } from './change-types.ts';
import { EnvironmentChips } from './environment-chips.tsx';
import { groupHazards, type HazardGroup } from './group-hazards.ts';
import { ObjectName } from './object-name.tsx';

interface HazardsProps {
  readonly hazards: readonly FoldedHazard[];
  readonly environment: string;
  /** Where an object of an overlay is to be seen; undefined where the page does not have it. */
  readonly linkTo: (overlay: string, object: string) => string | undefined;
}

const most = 40;

/** What a reviewer has to know before anything else. */
export function HazardList({ hazards, ...rest }: HazardsProps) {
  const blocking = useMemo(() => groupHazards(hazards.filter((hazard) => hazard.blocking)), [hazards]);
  const others = useMemo(() => groupHazards(hazards.filter((hazard) => !hazard.blocking)), [hazards]);
  if (hazards.length === 0) return null;
  return (
    <>
      {blocking.length > 0 && (
        <section class="card change-hazards blocking">
          <header>
            <h3>
              <span class="badge bad">blocking</span> What would be deleted, replaced or lost
            </h3>
            <CopyButton text={letThrough(blocking)} what="that let this through">
              Copy all options
            </CopyButton>
          </header>
          <p class="faint">
            <code>stowage publish</code> lets it through only where each object is named.
          </p>
          <HazardTable groups={blocking} blocking {...rest} />
        </section>
      )}
      {others.length > 0 && (
        <section class="card change-hazards">
          <header>
            <h3>
              <span class="badge warn">hazards</span> What to look at
            </h3>
          </header>
          <HazardTable groups={others} blocking={false} {...rest} />
        </section>
      )}
    </>
  );
}

function optionFor(object: string): string {
  return `--allow-delete ${shellWord(object)}`;
}

function letThrough(groups: readonly HazardGroup[]): string {
  return [...new Set(groups.flatMap(({ objects }) => objects.map(optionFor)))].join(' ');
}

interface TableProps extends Omit<HazardsProps, 'hazards'> {
  readonly groups: readonly HazardGroup[];
  readonly blocking: boolean;
}

function HazardTable({ groups, blocking, environment, linkTo }: TableProps) {
  const [all, setAll] = useState(false);
  const shown = all ? groups : groups.slice(0, most);
  return (
    <>
      <table class="grid change-hazard-table">
        <thead>
          <tr>
            <th scope="col">Object</th>
            <th scope="col">Where</th>
            <th scope="col">What happens</th>
            {blocking && <th scope="col">What lets it through</th>}
          </tr>
        </thead>
        {shown.map((group) => (
          <tbody key={group.id}>
            {group.objects.map((object, at) => (
              <tr key={object}>
                <th scope="row" class="change-hazard-object">
                  <Linked to={linkTo(group.overlays[0] as string, object)} object={object} />
                </th>
                {at === 0 && <About group={group} environment={environment} />}
                {blocking && (
                  <td>
                    <Option option={optionFor(object)} />
                  </td>
                )}
              </tr>
            ))}
          </tbody>
        ))}
      </table>
      {shown.length < groups.length && (
        <button type="button" class="button" onClick={() => setAll(true)}>
          Show the other {groups.length - shown.length}
        </button>
      )}
    </>
  );
}

/** Said once for all objects of the group. */
function About({ group, environment }: { readonly group: HazardGroup; readonly environment: string }) {
  return (
    <>
      <td rowSpan={group.objects.length} class="change-hazard-places">
        <Places overlays={group.overlays} environment={environment} />
      </td>
      <td rowSpan={group.objects.length}>
        {group.dangers.map(({ kind, text }) => (
          <div key={`${kind} ${text}`}>
            <strong>{kind}</strong> <LongText text={text} />
          </div>
        ))}
      </td>
    </>
  );
}

function Option({ option }: { readonly option: string }) {
  return (
    <span class="change-option">
      <code>
        <Said text={option} />
      </code>
      <CopyButton text={option} what={option}>
        Copy
      </CopyButton>
    </span>
  );
}

function Linked({ to, object }: { readonly to: string | undefined; readonly object: string }) {
  if (to === undefined) return <ObjectName object={object} />;
  // The same address again is no news to the page, and its reader wants to go there all the same.
  const again = () => {
    if (location.hash === to) dispatchEvent(new CustomEvent('change-again'));
  };
  return (
    <a href={to} onClick={again}>
      <ObjectName object={object} />
    </a>
  );
}

/** By system, since one object of one name may be dangerous in several. */
function Places({ overlays, environment }: { readonly overlays: readonly string[]; readonly environment: string }) {
  const systems = useMemo(() => {
    const found = new Map<string, string[]>();
    for (const overlay of overlays) {
      const [where = '', system = ''] = overlay.split('/');
      found.set(system, [...(found.get(system) ?? []), where]);
    }
    return [...found];
  }, [overlays]);
  return (
    <>
      {systems.map(([system, environments]) => (
        <div class="change-places" key={system}>
          <Said text={system} />
          <EnvironmentChips system={system} environments={environments} chosen={environment} />
        </div>
      ))}
    </>
  );
}
