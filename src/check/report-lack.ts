import type { DiagnosticCode } from '../diagnostics/codes.ts';
import type { RelatedPlace, Report } from '../diagnostics/diagnostic.ts';
import { didYouMean } from '../diagnostics/suggest.ts';
import { type Place, wholeFile } from '../model/source-file.ts';
import { childOf, type Tracked } from '../model/tracked.ts';
import type { Cluster } from '../read/read-documents.ts';
import type { SpecOrigin } from './find-origin.ts';
import type { Subject } from './rule.ts';

/** Something that a System asks for and its cluster does not have. */
export interface Lack {
  readonly code: DiagnosticCode;
  /** Who asks for what: `Service/shop-web asks for a load balancer`. */
  readonly asks: string;
  /** The field that asks. */
  readonly origin: SpecOrigin | undefined;
  /** What the cluster says to that: `does not list it`. */
  readonly lacks: string;
  /** Where cluster.yaml says so, or would have to: a path below `spec`. */
  readonly fact: readonly [string, ...string[]];
  readonly hint: string;
}

/** Blames the field that asks, and shows beside it the fact of the cluster and the environment where the two meet. */
export function reportLack({ code, asks, origin, lacks, fact, hint }: Lack, subject: Subject, report: Report): void {
  const { cluster, system, place: entry } = subject;
  const place = origin?.place ?? entry;
  const met: RelatedPlace = { place: entry, message: `environment ${String(system.environment)} runs it on this cluster` };
  report({
    code,
    severity: 'error',
    message: `${asks}${origin === undefined ? '' : ` (${origin.layer})`}, and cluster ${cluster.name} ${lacks}`,
    place,
    related: [factOf(cluster, fact), ...(place.file === entry.file ? [] : [met])],
    hint,
  });
}

/** What to do about a name that the cluster does not list. */
export function chooseOrList(name: string, listed: readonly string[], fact: string): string {
  const list = `list \`${name}\` under ${fact} of the cluster if it is there`;
  return listed.length === 0 ? list : `${didYouMean(name, listed) ?? 'name another'}; or ${list}`;
}

function factOf(cluster: Cluster, path: readonly string[]): RelatedPlace {
  let node = cluster.document.value.spec as unknown as Tracked;
  for (const key of path) {
    const child = childOf(node, key);
    if (child === undefined) return { place: keyPlace(node, cluster), message: `\`${key}\` would stand here` };
    if (child.origin.kind === 'convention')
      return { place: keyPlace(node, cluster), message: `\`${key}\` of the cluster is ${child.origin.because}` };
    node = child;
  }
  return { place: keyPlace(node, cluster), message: `\`${path.join('.')}\` of the cluster` };
}

function keyPlace({ origin }: Tracked, cluster: Cluster): Place {
  return (origin.kind === 'spec' ? (origin.key ?? origin.place) : undefined) ?? wholeFile(cluster.file);
}
