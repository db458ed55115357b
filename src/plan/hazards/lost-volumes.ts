import type { PlainObject } from '../../model/desired-object.ts';
import { asList, asMap, podSpecOf } from '../../model/pod-specs.ts';
import { type FoundHazard, type HazardRule, type ObjectPair, type StayingPair, stays } from './hazard.ts';

/** Data that is gone, or that pods no longer see. */
export const lostVolumes: HazardRule = ({ objects }) => {
  const gone = new Set(objects.filter(({ after }) => after === undefined).map(({ object }) => object));
  return objects.flatMap((pair) => [
    ...deletedClaim(pair),
    ...deletedStatefulSet(pair),
    ...(stays(pair) ? [...lostTemplates(pair), ...lostMounts(pair, gone), ...deletedWithScale(pair)] : []),
  ]);
};

function deletedClaim({ object, kind, before, after }: ObjectPair): FoundHazard[] {
  if (kind !== 'PersistentVolumeClaim' || before === undefined || after !== undefined) return [];
  const size = asMap(asMap(asMap(before.spec)?.resources)?.requests)?.storage;
  const volume = `its volume${size === undefined ? '' : ` of ${String(size)}`}`;
  return [{ kind: 'volume', object, text: `when the claim goes, ${volume} goes too, unless its class retains it` }];
}

function deletedStatefulSet({ object, kind, before, after }: ObjectPair): FoundHazard[] {
  const templates = kind === 'StatefulSet' && before !== undefined && after === undefined ? templatesOf(before) : [];
  if (templates.length === 0 || before === undefined) return [];
  const deletes = retentionOf(before).whenDeleted === 'Delete';
  const fate = deletes ? 'are deleted with it' : 'stay behind, and nobody reads them';
  return [{ kind: 'volume', object, text: `its claims ${templates.join(', ')} (${pods(before)}) ${fate}` }];
}

function lostTemplates({ object, kind, before, after }: StayingPair): FoundHazard[] {
  if (kind !== 'StatefulSet') return [];
  const staying = new Set(templatesOf(after));
  return templatesOf(before).flatMap((name) =>
    staying.has(name)
      ? []
      : [{ kind: 'volume' as const, object, text: `claim template ${name} is gone; pods no longer see what is in its volumes` }],
  );
}

function deletedWithScale({ object, kind, before, after }: StayingPair): FoundHazard[] {
  if (kind !== 'StatefulSet' || retentionOf(after).whenScaled !== 'Delete' || templatesOf(after).length === 0) return [];
  const [was, is] = [replicasOf(before), replicasOf(after)];
  return is < was ? [{ kind: 'volume', object, text: `${was - is} of ${was} pods go, and their claims with them` }] : [];
}

/** A volume of a pod template that was a claim and is another one, or none. */
function lostMounts({ object, before, after }: StayingPair, gone: ReadonlySet<string>): FoundHazard[] {
  const now = new Map(volumesOf(after).map((volume) => [volume.name, volume]));
  return volumesOf(before).flatMap((volume): FoundHazard[] => {
    const claim = claimOf(volume);
    const other = now.get(volume.name);
    // Where the claim itself is deleted, that is told.
    if (claim === undefined || gone.has(`PersistentVolumeClaim/${claim}`)) return [];
    if (other === undefined || claimOf(other) === claim) return [];
    const source = Object.keys(other).find((key) => key !== 'name') ?? 'nothing';
    const becomes = claimOf(other) === undefined ? source : `claim ${claimOf(other)}`;
    return [{ kind: 'volume', object, text: `volume ${String(volume.name)} was claim ${claim} and is ${becomes}` }];
  });
}

function volumesOf(object: PlainObject): PlainObject[] {
  return asList(podSpecOf(object)?.volumes);
}

function claimOf(volume: PlainObject): string | undefined {
  const name = asMap(volume.persistentVolumeClaim)?.claimName;
  return typeof name === 'string' ? name : undefined;
}

function templatesOf(statefulSet: PlainObject): string[] {
  return asList(asMap(statefulSet.spec)?.volumeClaimTemplates).map((template) => String(asMap(template.metadata)?.name));
}

function retentionOf(statefulSet: PlainObject): PlainObject {
  return asMap(asMap(statefulSet.spec)?.persistentVolumeClaimRetentionPolicy) ?? {};
}

function replicasOf(object: PlainObject): number {
  return Number(asMap(object.spec)?.replicas ?? 1);
}

function pods(object: PlainObject): string {
  const count = replicasOf(object);
  return `${count} ${count === 1 ? 'pod' : 'pods'}`;
}
