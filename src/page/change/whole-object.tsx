import type { Json, OverlayPart, ReportIndex } from '../../report/report.ts';
import { LongText } from '../base/long-text.tsx';
import { routeTo } from '../base/route.ts';
import { Said } from '../base/said.tsx';
import { usePart } from '../base/use-report.ts';
import { yamlText } from '../base/yaml-text.ts';
import type { ObjectChange } from './change-types.ts';

interface CreatedProps {
  readonly index: ReportIndex;
  readonly environment: string;
  readonly system: string;
  readonly change: ObjectChange;
}

/** What is new, all of it; the part that has it is loaded only now. */
export function CreatedObject({ index, environment, system, change }: CreatedProps) {
  const part = usePart<OverlayPart>(index, `overlay/${environment}/${system}`);
  if (part === 'loading') return <p role="status">Loading…</p>;
  const record = part === 'absent' ? undefined : recordOf(part, change);
  if (record === undefined) return <p>This report does not have what it will be.</p>;
  return (
    <>
      <p class="faint">
        As it will be in <Said text={environment} />;{' '}
        <a href={routeTo('object', [environment, system, record.id])}>see where each line comes from</a>.
      </p>
      <Whole label={`${change.object}, as it will be`} value={record.value} />
    </>
  );
}

/** What goes, as it was. */
export function DeletedObject({ environment, object, value }: { environment: string; object: string; value: Json | undefined }) {
  if (value === undefined) return <p>This report does not have what it was.</p>;
  return (
    <>
      <p class="faint">
        As it was in <Said text={environment} />.
      </p>
      <Whole label={`${object}, as it was`} value={value} />
    </>
  );
}

function Whole({ label, value }: { readonly label: string; readonly value: Json }) {
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard
    <section class="change-whole scroll" tabIndex={0} aria-label={label}>
      <pre>
        <LongText text={yamlText(value)} most={6000} />
      </pre>
    </section>
  );
}

/** Two APIs may have a kind of the same name; then the id says which. */
function recordOf({ objects }: OverlayPart, { object, apiVersion }: ObjectChange) {
  return objects.find(
    (record) => record.apiVersion === apiVersion && (record.id === object || record.id.startsWith(`${object} (`)),
  );
}
