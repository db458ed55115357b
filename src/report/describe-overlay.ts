import type { CompiledSystem } from '../compile/compile-system.ts';
import { compareText } from '../diagnostics/sort-diagnostics.ts';
import { trackedFinish } from '../expand/tracked-finish.ts';
import type { DeployedFootprint } from '../footprint/fleet-footprint.ts';
import { addFootprints } from '../footprint/footprint.ts';
import type { PlainObject } from '../model/desired-object.ts';
import { digestOf } from '../model/digest.ts';
import { asMap, containersOf, podSpecOf } from '../model/pod-specs.ts';
import { concealValues, showable } from '../plan/conceal-values.ts';
import { missingKeys, sealedValues } from '../resolve/sealed-values.ts';
import { graphRecord } from './graph-record.ts';
import { loadOf } from './load.ts';
import { createOriginTable, type OriginTable } from './origin-table.ts';
import { originTree } from './origin-tree.ts';
import type { Cell, Json, ObjectRecord, OverlayPart, SecretRecord } from './report.ts';
import { shownId } from './shown-id.ts';

/** One system in one environment as a page shows it: found once, and kept as long as it is compiled no other way. */
export interface DescribedOverlay {
  /** `OverlayPart`, as JSON. */
  readonly part: string;
  readonly digest: string;
  readonly objects: readonly { readonly object: string; readonly component: string | null }[];
  readonly cell: Pick<Cell, 'namespace' | 'objects' | 'components' | 'load' | 'secrets' | 'images' | 'hosts'>;
  readonly footprint: DeployedFootprint;
}

export function describeOverlay(environment: string, compiled: CompiledSystem): DescribedOverlay {
  const { resolved, desired, footprints, facts } = compiled;
  const table = createOriginTable();
  const objects = objectRecords(compiled, table);
  const secrets = secretRecords(compiled);
  const part: OverlayPart = {
    environment,
    system: resolved.name,
    objects,
    graph: graphRecord(compiled, table),
    secrets,
    origins: table.records,
  };
  const json = JSON.stringify(part);
  const count = (state: string) => resolved.components.filter((component) => component.state === state).length;
  return {
    part: json,
    digest: digestOf(json).slice(0, 12),
    objects: objects.map(({ id, component }) => ({ object: id, component })),
    cell: {
      namespace: resolved.namespace.name,
      objects: objects.length,
      components: { on: count('on'), off: count('off'), external: count('external') },
      load: loadOf(addFootprints(footprints.map(({ footprint }) => footprint)), compiled.allowance().system),
      secrets: {
        keys: secrets.reduce((sum, { keys }) => sum + keys.length, 0),
        missing: secrets.flatMap(({ name, keys }) => keys.filter(({ sealed }) => !sealed).map(({ key }) => `${name}/${key}`)),
      },
      images: [...new Set(desired.flatMap(({ plain }) => imagesOf(plain)))].sort(compareText),
      hosts: [...new Set(facts.hosts)],
    },
    footprint: footprintOf(environment, compiled),
  };
}

export function footprintOf(environment: string, { resolved, footprints, allowance }: CompiledSystem): DeployedFootprint {
  const cluster = resolved.cluster.name ?? '';
  return { cluster, environment, system: resolved.name, components: footprints, allowance: allowance() };
}

/** In the order in which Argo CD applies them. */
function objectRecords({ resolved, desired, finished }: CompiledSystem, table: OriginTable): ObjectRecord[] {
  const ends = finished();
  const records = desired.map((object, index): ObjectRecord => {
    const value = showable(concealValues(ends[index] as PlainObject)) as Json;
    const metadata = asMap((ends[index] as PlainObject).metadata);
    return {
      id: shownId(object, desired),
      ...{ apiVersion: object.apiVersion, kind: object.kind, name: String(metadata?.name) },
      namespace: metadata?.namespace === undefined ? null : String(metadata.namespace),
      component: object.component ?? null,
      wave: Number(asMap(metadata?.annotations)?.['argocd.argoproj.io/sync-wave'] ?? 0),
      value,
      origins: originTree(value, trackedFinish(object, resolved), table),
    };
  });
  return records.sort((a, b) => a.wave - b.wave);
}

function imagesOf(plain: PlainObject): string[] {
  const podSpec = podSpecOf(plain);
  return podSpec === undefined ? [] : containersOf(podSpec).flatMap(({ image }) => (typeof image === 'string' ? [image] : []));
}

/** Those that are sealed for this cluster; what a store outside holds is not ours to know. */
function secretRecords({ resolved, desired }: CompiledSystem): SecretRecord[] {
  const made = new Set(desired.filter(({ kind }) => kind === 'SealedSecret').map(({ name }) => name));
  return [...resolved.secrets.values()]
    .filter(({ name }) => made.has(name))
    .map((secret) => {
      const missing = new Set(missingKeys(secret));
      const record = secret.sealed === undefined ? undefined : sealedValues(secret.sealed).record;
      const keys = Object.keys(secret.declaration.value.keys.value);
      return {
        name: secret.name,
        keys: keys.map((key) => ({ key, sealed: !missing.has(key), since: record?.get(key)?.since ?? null })),
      };
    });
}
