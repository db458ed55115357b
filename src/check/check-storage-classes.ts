import type { ClusterDocument } from '../language/cluster.ts';
import type { DesiredObject, PlainObject } from '../model/desired-object.ts';
import { asList, asMap, podSpecOf, podSpecPath } from '../model/pod-specs.ts';
import { untrack } from '../model/tracked.ts';
import { bringsAlong } from './brings-along.ts';
import { originAt } from './find-origin.ts';
import { chooseOrList, type Lack, reportLack } from './report-lack.ts';
import type { Rule } from './rule.ts';

type StorageClasses = NonNullable<ClusterDocument['spec']['storageClasses']>;

interface Claim {
  readonly path: readonly (string | number)[];
  readonly spec: PlainObject;
  readonly who: string;
}

/** Claims against the storage classes of the cluster: the class that is named or the default one, and its access modes. */
export const checkStorageClasses: Rule = (subject, report) => {
  const written = subject.cluster.document.value.spec.value.storageClasses;
  const classes = written === undefined ? undefined : (untrack(written) as StorageClasses);
  for (const object of subject.objects) {
    for (const claim of claimsOf(object)) {
      const lack = lackOf(claim, object, classes, subject.objects);
      if (lack !== undefined) reportLack({ ...lack, code: 'storage-class' }, subject, report);
    }
  }
};

function lackOf(
  { path, spec, who }: Claim,
  object: DesiredObject,
  classes: StorageClasses | undefined,
  objects: readonly DesiredObject[],
): Omit<Lack, 'code'> | undefined {
  const name = spec.storageClassName;
  // The empty name is Kubernetes' word for a volume that somebody made by hand.
  if (name === '') return undefined;
  if (typeof name === 'string') {
    const facts = classes !== undefined && Object.hasOwn(classes, name) ? classes[name] : undefined;
    if (facts !== undefined) return modeLack({ path, spec, who }, object, name, facts.accessModes);
    if (bringsAlong(objects, 'StorageClass', name)) return undefined;
    return {
      asks: `${who} asks for StorageClass \`${name}\``,
      origin: originAt(object, [...path, 'storageClassName']),
      lacks: 'does not list it',
      fact: ['storageClasses'],
      hint: chooseOrList(name, Object.keys(classes ?? {}), 'storageClasses'),
    };
  }
  const chosen = Object.entries(classes ?? {}).find(([, facts]) => facts.default === true);
  if (chosen !== undefined) return modeLack({ path, spec, who }, object, chosen[0], chosen[1].accessModes);
  if (classes === undefined) return undefined;
  return {
    asks: `${who} asks for the default StorageClass`,
    origin: originAt(object, path),
    lacks: 'lists none that is the default',
    fact: ['storageClasses'],
    hint: 'say `storageClass: …` of the volume, or `default: true` of the class that is the default',
  };
}

function modeLack(
  { path, spec, who }: Claim,
  object: DesiredObject,
  className: string,
  offered: readonly string[] | undefined,
): Omit<Lack, 'code'> | undefined {
  if (offered === undefined || !Array.isArray(spec.accessModes)) return undefined;
  const at = spec.accessModes.findIndex((mode) => !offered.includes(mode));
  if (at < 0) return undefined;
  const mode = String(spec.accessModes[at]);
  return {
    asks: `${who} asks for access mode ${mode} of StorageClass \`${className}\``,
    origin: originAt(object, [...path, 'accessModes', at]),
    lacks: offered.length === 0 ? 'says that it offers none' : `says that it offers ${offered.join(', ')}`,
    fact: ['storageClasses', className, 'accessModes'],
    hint: `ask for another mode or another class, or list ${mode} if the class has it`,
  };
}

function claimsOf(object: DesiredObject): Claim[] {
  const { plain, kind } = object;
  const who = `${kind}/${object.name}`;
  if (kind === 'PersistentVolumeClaim') return [{ path: ['spec'], spec: asMap(plain.spec) ?? {}, who }];
  const podSpec = podSpecOf(plain);
  if (podSpec === undefined) return [];
  const templates = asList(asMap(plain.spec)?.volumeClaimTemplates).map((template, index) => ({
    path: ['spec', 'volumeClaimTemplates', index, 'spec'],
    spec: asMap(asMap(template)?.spec) ?? {},
    who: `volume \`${String(asMap(asMap(template)?.metadata)?.name)}\` of ${who}`,
  }));
  const ephemeral = asList(podSpec.volumes).flatMap((volume, index) => {
    const spec = asMap(asMap(asMap(asMap(volume)?.ephemeral)?.volumeClaimTemplate)?.spec);
    if (spec === undefined) return [];
    const path = [...podSpecPath(kind), 'volumes', index, 'ephemeral', 'volumeClaimTemplate', 'spec'];
    return [{ path, spec, who: `volume \`${String(volume.name)}\` of ${who}` }];
  });
  return [...templates, ...ephemeral];
}
