import { useState } from 'preact/hooks';
import type { ClusterRow, ReportIndex } from '../../report/report.ts';
import { amountText, rangeText, resourceName } from '../base/amount-text.ts';
import { LoadBar } from '../base/load-bar.tsx';
import { type LoadShare, loadShares } from '../base/load-shares.ts';
import { routeTo } from '../base/route.ts';
import { Said } from '../base/said.tsx';

/** More would push the matrix out of sight; on a narrow screen any would. */
const openUpTo = 8;
const isWide = () => matchMedia('(width >= 45rem)').matches;

export function ClusterCards({ index: { clusters, environments } }: { readonly index: ReportIndex }) {
  const [open, setOpen] = useState(() => clusters.length <= openUpTo && isWide());
  const beyond = clusters.filter(({ load }) => loadShares(load).some(({ exceeds }) => exceeds !== undefined)).length;
  const count = (cluster: string) => environments.filter((one) => one.cluster === cluster).length;
  return (
    <details class="fleet-clusters" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <h3>Clusters</h3> <span class="faint">{clusters.length}</span>
        {beyond > 0 && <span class="badge warn">{beyond} with more asked for than there is</span>}
      </summary>
      {open && (
        <ul class="fleet-cards">
          {clusters.map((cluster) => (
            <ClusterCard key={cluster.name} cluster={cluster} environments={count(cluster.name)} />
          ))}
        </ul>
      )}
    </details>
  );
}

function ClusterCard({ cluster, environments }: { readonly cluster: ClusterRow; readonly environments: number }) {
  const { name, kubernetes, load } = cluster;
  const { minimum, maximum } = load.pods;
  const pods = minimum === maximum ? minimum : `${minimum} → ${maximum}`;
  return (
    <li class="card fleet-card">
      <div class="fleet-card-head">
        <h4>
          <a href={routeTo('fleet', [], { cluster: name })} title="Only its environments">
            <Said text={name} />
          </a>
        </h4>
        <span class="faint">
          Kubernetes <Said text={kubernetes} />
        </span>
      </div>
      <p class="faint fleet-card-counts">
        {environments} {environments === 1 ? 'environment' : 'environments'} · {pods} {pods === 1 ? 'pod' : 'pods'}
      </p>
      <dl class="fleet-shares">
        {loadShares(load).map((share) => (
          <Share key={share.resource} share={share} />
        ))}
      </dl>
    </li>
  );
}

function Share({ share }: { readonly share: LoadShare }) {
  const { resource, minimum, maximum, allowed, exceeds } = share;
  return (
    <div class="fleet-share">
      <dt>
        <Said text={resourceName(resource)} />
      </dt>
      <dd>
        <span class="fleet-share-text">
          {rangeText(resource, minimum, maximum)}
          <span class="faint">{allowed === undefined ? ' of an unknown capacity' : ` of ${amountText(resource, allowed)}`}</span>
          {exceeds !== undefined && (
            <span class={`badge ${exceeds === 'minimum' ? 'bad' : 'warn'}`}>
              {exceeds === 'minimum' ? 'exceeded' : 'exceeded at most'}
            </span>
          )}
        </span>
        <LoadBar share={share} />
      </dd>
    </div>
  );
}
