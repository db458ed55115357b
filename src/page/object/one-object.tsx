import { useMemo } from 'preact/hooks';
import type { ObjectRecord, OverlayPart } from '../../report/report.ts';
import { routeTo } from '../base/route.ts';
import { Said } from '../base/said.tsx';
import { goTo } from '../base/use-route.ts';
import type { ViewProps } from '../base/view-props.ts';
import { FieldPanel } from './field-panel.tsx';
import { findField } from './field-path.ts';
import { YamlText } from './yaml-text.tsx';

interface Props extends ViewProps {
  readonly part: OverlayPart;
  readonly object: ObjectRecord;
}

/** What an object holds, and beside it the value that is chosen. */
export function OneObject({ index, route, part, object }: Props) {
  const { field } = route.query;
  const found = useMemo(() => (field === undefined ? undefined : findField(object.value, field)), [object, field]);
  const choose = (next: string) => goTo({ ...route, query: { ...route.query, field: next } });
  const { field: _, ...without } = route.query;
  return (
    <>
      <div class="object-body card">
        <p class="row object-facts">
          <span class="badge mono">
            <Said text={object.apiVersion} />
          </span>
          {object.namespace === null ? (
            <span class="badge">of the cluster</span>
          ) : (
            <span class="badge">
              namespace <Said text={object.namespace} />
            </span>
          )}
          <span class="badge">wave {object.wave}</span>
          {object.component !== null && (
            <a class="badge" href={routeTo('system', [part.system, part.environment], { node: object.component })}>
              <Said text={object.component} />
            </a>
          )}
        </p>
        <YamlText object={object} origins={part.origins} chosen={found?.field} onChoose={choose} />
      </div>
      {field !== undefined && (
        <FieldPanel
          index={index}
          part={part}
          object={object}
          field={field}
          found={found}
          closeHref={routeTo('object', route.path, without)}
        />
      )}
    </>
  );
}
