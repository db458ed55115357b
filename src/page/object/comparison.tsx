import { useMemo } from 'preact/hooks';
import type { Json, OverlayPart, ReportIndex } from '../../report/report.ts';
import { routeTo } from '../base/route.ts';
import { Said } from '../base/said.tsx';
import { useParts } from '../base/use-parts.ts';
import { cellsOf } from '../system/choose-cell.ts';
import { groupReadings, type Reading, type ReadingGroup, readField, readingOf, valueText } from './compare-field.ts';
import { ValueBlock } from './value-block.tsx';

interface Props {
  readonly index: ReportIndex;
  readonly part: OverlayPart;
  readonly id: string;
  readonly field: string;
  /** Undefined: the field is not in this environment. */
  readonly own: Json | undefined;
}

/** What a field is in every environment in which the system runs. */
export function Comparison({ index, part, id, field, own }: Props) {
  const { system, environment } = part;
  const environments = useMemo(() => cellsOf(index, system).map((cell) => cell.environment), [index, system]);
  const names = useMemo(() => environments.map((name) => `overlay/${name}/${system}`), [environments, system]);
  const found = useParts<OverlayPart, Reading>(index, names, `${id}#${field}`, (one) => readField(one, id, field));
  const groups = useMemo(() => {
    const ownReading: Reading = own === undefined ? { state: 'no field' } : readingOf(own);
    const readings = new Map([[environment, ownReading]]);
    for (const [name, reading] of found) readings.set(name.split('/')[1] as string, reading);
    return groupReadings(readings, ownReading);
  }, [found, own, environment]);
  const left = names.length - found.size;
  return (
    <section class="object-compare">
      <h4>In every environment</h4>
      <p class="faint" role="status">
        {left > 0 ? `Looking: ${found.size} of ${names.length} environments` : summary(groups, names.length)}
      </p>
      {left > 0 && <progress max={names.length} value={found.size} aria-label="Environments looked at" />}
      <ul>
        {groups.map((group) => (
          <Group key={group.environments[0]} group={group} part={part} id={id} field={field} />
        ))}
      </ul>
    </section>
  );
}

function summary(groups: readonly ReadingGroup[], count: number): string {
  if (count === 1) return 'The system runs nowhere else.';
  return groups.length === 1 ? `The same in all ${count}.` : `${groups.length} different ones in ${count}.`;
}

function Group({ group, part, id, field }: { readonly group: ReadingGroup } & Pick<Props, 'part' | 'id' | 'field'>) {
  const { reading, environments, own } = group;
  return (
    <li class={own ? 'own' : 'other'}>
      <span class={`badge ${own ? 'accent' : 'warn'}`}>
        {own ? 'as here' : reading.state === 'value' ? 'differs' : 'not there'}
      </span>
      <span class="object-compare-where">
        {environments.map((environment) => (
          <a
            key={environment}
            href={routeTo('object', [environment, part.system, id], { field })}
            aria-current={environment === part.environment ? 'true' : undefined}
          >
            <Said text={environment} />
          </a>
        ))}
      </span>
      {reading.state === 'value' ? (
        !own && <ValueBlock text={valueText(reading.value)} most={400} />
      ) : (
        <p class="faint">{reading.state === 'no object' ? 'There is no such object.' : 'The object has no such field.'}</p>
      )}
    </li>
  );
}
