import type { Json, PipelineField, PipelineStop } from '../../report/report.ts';
import { CopyButton } from '../base/copy-button.tsx';
import { LongText } from '../base/long-text.tsx';
import { Prose } from '../base/prose.tsx';
import { Said } from '../base/said.tsx';
import { yamlText } from '../base/yaml-text.ts';
import { classedFields, classes, classWords, countClasses } from './classed-fields.ts';
import { promoteCommand } from './promote-command.ts';

interface FieldsProps {
  readonly system: string;
  readonly stop: PipelineStop;
  /** Only this class; all when empty. */
  readonly wanted: string;
  /** Held fields that somebody wants to take along. */
  readonly include: readonly string[];
  readonly onWanted: (name: string) => void;
  readonly onInclude: (names: readonly string[]) => void;
}

/** What two environments have otherwise, and what would become of it. */
export function StopFields({ system, stop, wanted, include, onWanted, onInclude }: FieldsProps) {
  const { environment, from, fields, next } = stop;
  const counts = countClasses(fields);
  const held = new Set(fields.filter((field) => field.class === 'hold').map(({ name }) => name));
  const taken = include.filter((name) => held.has(name));
  const toggle = (name: string) => onInclude(taken.includes(name) ? taken.filter((one) => one !== name) : [...taken, name]);
  return (
    <section class="card promotion-fields">
      <header>
        <h3>
          <Said text={from ?? ''} /> <span class="faint">→</span> <Said text={environment} />
        </h3>
        {fields.length > 0 && (
          <fieldset class="promotion-classes no-print">
            <legend class="unseen">Which fields</legend>
            <button type="button" class="button" aria-pressed={wanted === ''} onClick={() => onWanted('')}>
              All {fields.length}
            </button>
            {classes.map((name) => (
              <button
                key={name}
                type="button"
                class="button"
                aria-pressed={wanted === name}
                disabled={counts[name] === 0}
                onClick={() => onWanted(name)}
              >
                {classWords[name]} {counts[name]}
              </button>
            ))}
          </fieldset>
        )}
      </header>
      {(next !== null || held.size > 0) && <Command command={promoteCommand(system, environment, taken)} held={held.size > 0} />}
      {fields.length === 0 ? (
        <p>All that is said of {system} is the same in both.</p>
      ) : (
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls has to be reached by keyboard
        <section class="scroll" tabIndex={0} aria-label={`Fields that differ between ${from} and ${environment}`}>
          <table class="grid promotion-field-table">
            <thead>
              <tr>
                <th scope="col">Field</th>
                <th scope="col">What becomes of it</th>
                <th scope="col">
                  In <Said text={from ?? ''} />
                </th>
                <th scope="col">
                  In <Said text={environment} />
                </th>
              </tr>
            </thead>
            <tbody>
              {classedFields(fields, wanted).map((field) => (
                <FieldRow key={field.name} field={field} included={taken.includes(field.name)} onToggle={toggle} />
              ))}
            </tbody>
          </table>
        </section>
      )}
    </section>
  );
}

function Command({ command, held }: { readonly command: string; readonly held: boolean }) {
  const dry = `${command} --dry-run`;
  return (
    <div class="promotion-command">
      <code>
        <Said text={dry} />
      </code>
      <CopyButton text={dry} what="the command">
        Copy
      </CopyButton>
      <p class="faint">
        Shows exactly what would be done; without <code>--dry-run</code> it opens the pull request.
        {held && ' What is held goes along only where it is ticked below.'}
      </p>
    </div>
  );
}

const colours = { hold: 'warn', carry: 'good', local: '' } as const;

interface RowProps {
  readonly field: PipelineField;
  readonly included: boolean;
  readonly onToggle: (name: string) => void;
}

function FieldRow({ field, included, onToggle }: RowProps) {
  const { name, why, taken } = field;
  return (
    <tr>
      <th scope="row">
        <code>
          <Said text={name} />
        </code>
      </th>
      <td>
        <span class={`badge ${colours[field.class]}`}>{classWords[field.class]}</span>{' '}
        <strong>{taken || included ? 'goes along' : 'stays'}</strong>
        <div class="faint">
          <Prose text={why} />
        </div>
        {field.class === 'hold' && (
          <label class="promotion-include no-print">
            <input type="checkbox" checked={included} onChange={() => onToggle(name)} /> take it along
            <span class="unseen">: {name}</span>
          </label>
        )}
      </td>
      <ValueCell value={field.source} />
      <ValueCell value={field.target} />
    </tr>
  );
}

function ValueCell({ value }: { readonly value: Json | undefined }) {
  if (value === undefined) return <td class="faint">not set</td>;
  return (
    <td class="promotion-value mono">
      <LongText text={value === '' ? '""' : yamlText(value)} />
    </td>
  );
}
