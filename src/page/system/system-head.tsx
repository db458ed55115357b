import type { Cell, OverlayPart, ReportIndex } from '../../report/report.ts';
import { routeTo } from '../base/route.ts';
import { Said } from '../base/said.tsx';
import { type Share, sharesOf } from './allowance.ts';

/** What one system is in one environment, at a glance. */
export function SystemHead({
  index,
  cell,
  part,
}: {
  readonly index: ReportIndex;
  readonly cell: Cell;
  readonly part: OverlayPart;
}) {
  const environment = index.environments.find(({ name }) => name === cell.environment);
  const { components, secrets } = cell;
  const parts = [`${components.on} on`, `${components.off} off`, `${components.external} external`];
  return (
    <div class="system-head">
      <dl class="card system-facts">
        <Fact name="Release" value={cell.release} mono />
        <Fact name="Profiles" value={cell.profiles.join(', ') || 'none'} />
        <Fact name="Namespace" value={cell.namespace} mono />
        <Fact name="Cluster" value={environment?.cluster ?? ''} />
        <Fact name="Stage" value={`${environment?.stage || 'none'}${environment?.protected ? ', protected' : ''}`} />
        <Fact name="Components" value={parts.filter((text) => !text.startsWith('0 ')).join(', ')} />
        <dt>Objects</dt>
        <dd>
          <a href={routeTo('object', [cell.environment, cell.system])}>{cell.objects}</a>
        </dd>
        <dt>Pods</dt>
        <dd>
          {cell.load.pods.minimum === cell.load.pods.maximum
            ? cell.load.pods.maximum
            : `${cell.load.pods.minimum} to ${cell.load.pods.maximum}`}
        </dd>
      </dl>
      <div class="card">
        <h3>Footprint</h3>
        <ul class="system-shares">
          {sharesOf(index, cell).map((share) => (
            <ShareBar key={share.resource} share={share} />
          ))}
        </ul>
      </div>
      <div class="card system-more">
        <div class="row">
          <h3>Secrets</h3>
          {secrets.missing.length > 0 ? (
            <span class="badge bad">
              {secrets.missing.length} of {secrets.keys} keys missing
            </span>
          ) : (
            <span class="badge good">{secrets.keys === 0 ? 'none' : `${secrets.keys} keys sealed`}</span>
          )}
        </div>
        {part.secrets.length > 0 && <Secrets part={part} />}
        <Names title="Hosts" names={cell.hosts} open />
        <Names title="Images" names={cell.images} />
      </div>
    </div>
  );
}

function Fact({ name, value, mono = false }: { readonly name: string; readonly value: string; readonly mono?: boolean }) {
  return (
    <>
      <dt>{name}</dt>
      <dd class={mono ? 'mono' : undefined}>
        <Said text={value} />
      </dd>
    </>
  );
}

function ShareBar({ share: { resource, minimum, maximum, allowed, whose } }: { readonly share: Share }) {
  const most = Math.max(allowed?.value ?? 0, maximum.value) || 1;
  const least = minimum?.value ?? maximum.value;
  const over = allowed !== undefined && maximum.value > allowed.value;
  const range = minimum === undefined || minimum.text === maximum.text ? maximum.text : `${minimum.text} to ${maximum.text}`;
  const percent = (value: number) => `${(100 * value) / most}%`;
  return (
    <li>
      <span class="system-share-name">
        <Said text={resource} />
      </span>
      <span class="system-share-text">
        <strong>{range}</strong>
        {allowed !== undefined && (
          <span class="faint">
            {' '}
            of {allowed.text}, <Said text={whose} />
          </span>
        )}
        {over && (
          <span class={`badge ${least > allowed.value ? 'bad' : 'warn'}`}>
            {least > allowed.value ? 'over' : 'over when scaled up'}
          </span>
        )}
      </span>
      {allowed !== undefined && (
        <svg class={`system-share ${over ? 'over' : ''}`} aria-hidden="true" width="100%" height="6">
          <rect width="100%" height="6" rx="3" class="system-share-ground" />
          <rect width={percent(maximum.value)} height="6" rx="3" class="system-share-most" />
          <rect width={percent(least)} height="6" rx="3" class="system-share-least" />
        </svg>
      )}
    </li>
  );
}

function Secrets({ part }: { readonly part: OverlayPart }) {
  return (
    <details>
      <summary>{part.secrets.length === 1 ? '1 secret' : `${part.secrets.length} secrets`}</summary>
      <ul class="system-list">
        {part.secrets.map(({ name, keys }) => (
          <li key={name}>
            <strong>
              <Said text={name} />
            </strong>
            <ul class="system-list">
              {keys.map(({ key, sealed, since }) => (
                <li key={key}>
                  <span class={`badge ${sealed ? 'good' : 'bad'}`}>{sealed ? 'sealed' : 'missing'}</span>{' '}
                  <span class="mono">
                    <Said text={key} />
                  </span>
                  {since !== null && (
                    <span class="faint">
                      {' '}
                      since <Said text={since} />
                    </span>
                  )}
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </details>
  );
}

function Names({
  title,
  names,
  open = false,
}: {
  readonly title: string;
  readonly names: readonly string[];
  readonly open?: boolean;
}) {
  if (names.length === 0) return null;
  return (
    <details open={open && names.length < 6}>
      <summary>
        {title} <span class="faint">{names.length}</span>
      </summary>
      <ul class="system-list mono">
        {names.map((name) => (
          <li key={name}>
            <Said text={name} />
          </li>
        ))}
      </ul>
    </details>
  );
}
