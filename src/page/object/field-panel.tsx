import type { ObjectRecord, OverlayPart, ReportIndex } from '../../report/report.ts';
import { CopyButton } from '../base/copy-button.tsx';
import { Said } from '../base/said.tsx';
import { commandId, valueText, whyCommand } from './compare-field.ts';
import { Comparison } from './comparison.tsx';
import { type Found, originAt } from './field-path.ts';
import { OriginChain } from './origin-chain.tsx';
import { ValueBlock } from './value-block.tsx';

interface Props {
  readonly index: ReportIndex;
  readonly part: OverlayPart;
  readonly object: ObjectRecord;
  readonly field: string;
  readonly found: Found | undefined;
  readonly closeHref: string;
}

/** A value that is chosen: why it is so, and what it is elsewhere. */
export function FieldPanel({ index, part, object, field, found, closeHref }: Props) {
  const command = found && whyCommand(`${part.environment}/${part.system}`, commandId(object), found.field);
  return (
    <aside class="object-panel card" aria-labelledby="object-panel">
      <div class="object-panel-title">
        <h3 id="object-panel" class="mono">
          <Said text={found?.field ?? field} />
        </h3>
        <a class="no-print" href={closeHref}>
          Close
        </a>
      </div>
      {found === undefined ? (
        <p>
          There is no such field in <Said text={object.id} /> here.
        </p>
      ) : (
        <>
          <ValueBlock text={valueText(found.value)} />
          <section>
            <h4>Where it comes from</h4>
            <OriginChain origins={part.origins} at={originAt(object.origins, found.keys)} />
          </section>
          {command !== undefined && (
            <section class="object-command">
              <h4>In a terminal</h4>
              <div class="object-command-line">
                <code>
                  <Said text={command} />
                </code>
                <CopyButton text={command} what="the command">
                  Copy
                </CopyButton>
              </div>
            </section>
          )}
        </>
      )}
      <Comparison index={index} part={part} id={object.id} field={found?.field ?? field} own={found?.value} />
    </aside>
  );
}
