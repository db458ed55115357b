import { useEffect, useMemo, useRef } from 'preact/hooks';
import type { ChangePart, ReportIndex } from '../../report/report.ts';
import { CopyButton } from '../base/copy-button.tsx';
import { routeTo } from '../base/route.ts';
import { Said } from '../base/said.tsx';
import type { Fold } from './change-types.ts';
import { participles } from './count-changes.ts';
import type { DiffMode } from './diff-table.tsx';
import { FieldView } from './field-view.tsx';
import type { ListedChange } from './list-changes.ts';
import { ObjectName } from './object-name.tsx';
import { pairFields } from './pair-fields.ts';
import { CreatedObject, DeletedObject } from './whole-object.tsx';

export interface EntryProps {
  readonly index: ReportIndex;
  readonly fold: Fold;
  readonly listed: ListedChange;
  readonly deleted: ChangePart['deleted'];
  readonly open: boolean;
  /** It is what the address leads to. */
  readonly aim: boolean;
  readonly mode: DiffMode;
  readonly onToggle: (address: string, open: boolean) => void;
}

const signs = { create: '+', change: '~', delete: '−' } as const;

/** What becomes of one object; what that is in detail is drawn only when it is open. */
export function ChangeEntry({ index, fold, listed, deleted, open, aim, mode, onToggle }: EntryProps) {
  const { address, change } = listed;
  const place = useRef<HTMLElement>(null);
  useEffect(() => {
    if (!aim) return;
    place.current?.scrollIntoView({ block: 'start' });
    place.current?.querySelector('button')?.focus({ preventScroll: true });
  }, [aim]);
  const link = routeTo('change', [], { at: address });
  return (
    <article class={`change-entry ${change.action}`} id={address} ref={place} data-aim={aim || undefined}>
      <header>
        <h4>
          <button type="button" class="change-toggle" aria-expanded={open} onClick={() => onToggle(address, !open)}>
            <span class="change-sign" aria-hidden="true">
              {signs[change.action]}
            </span>
            <ObjectName object={change.object} />
            <span class="unseen">, </span>
            <span class="change-said">{said(listed)}</span>
          </button>
        </h4>
        <Dangers listed={listed} />
        <CopyButton text={`${location.href.split('#')[0]}${link}`} what={`to ${change.object}`}>
          Copy link
        </CopyButton>
      </header>
      {open && (
        <div class="change-body">
          <Body index={index} fold={fold} listed={listed} deleted={deleted} mode={mode} />
        </div>
      )}
    </article>
  );
}

function said({ change: { action, fields } }: ListedChange): string {
  if (action !== 'change') return participles[action];
  return fields.length === 1 ? '1 field' : `${fields.length} fields`;
}

function Dangers({ listed: { hazards } }: Pick<EntryProps, 'listed'>) {
  const kinds = (blocking: boolean) =>
    [...new Set(hazards.filter((hazard) => hazard.blocking === blocking).map(({ kind }) => kind))].join(', ');
  const [stopping, others] = [kinds(true), kinds(false)];
  return (
    <span class="change-dangers">
      {stopping !== '' && <span class="badge bad">blocking: {stopping}</span>}
      {others !== '' && <span class="badge warn">hazard: {others}</span>}
    </span>
  );
}

function Body({ index, fold, listed, deleted, mode }: Pick<EntryProps, 'index' | 'fold' | 'listed' | 'deleted' | 'mode'>) {
  const { change, hazards } = listed;
  const { system } = fold;
  const environment = fold.environments[0] as string;
  const fields = useMemo(() => pairFields(change.fields), [change]);
  return (
    <>
      {hazards.map(({ kind, text, blocking }) => (
        <p class={`change-danger ${blocking ? 'bad' : 'warn'}`} key={`${kind} ${text}`}>
          <strong>{kind}</strong> <Said text={text} />
        </p>
      ))}
      {change.action === 'create' && <CreatedObject index={index} environment={environment} system={system} change={change} />}
      {change.action === 'delete' && (
        <DeletedObject
          environment={environment}
          object={change.object}
          value={deleted[`${environment}/${system}`]?.[change.object]}
        />
      )}
      {fields.length > 0 && (
        <ul class="change-fields">
          {fields.map((field) => (
            <FieldView key={`${field.path} ${field.action}`} field={field} mode={mode} />
          ))}
        </ul>
      )}
      {change.action === 'change' && (
        <p class="faint no-print">
          <a href={routeTo('object', [environment, system, change.object])}>The whole object in {environment}</a>
        </p>
      )}
    </>
  );
}
