import { didYouMean } from '../diagnostics/suggest.ts';
import type { DesiredObject } from '../model/desired-object.ts';
import { placeOf } from '../model/origin.ts';
import { reshape, type Tracked, type TrackedMap, trackAll, untrack } from '../model/tracked.ts';
import { asWritten } from '../resolve/config-files.ts';
import { mapOf } from '../resolve/layers.ts';
import type { ResolvedComponent } from '../resolve/resolved.ts';
import { confirmDeletion, desiredObject, type Expansion, waveAnnotation } from './expansion.ts';

export interface PodVolumes {
  readonly volumes: readonly unknown[];
  readonly mounts: readonly unknown[];
  readonly claimTemplates: readonly unknown[];
  readonly claims: readonly DesiredObject[];
}

export function podVolumes(component: ResolvedComponent, expansion: Expansion): PodVolumes {
  const written = Object.entries(mapOf(component.spec.value.volumes as Tracked | undefined));
  const templated = component.spec.value.workload?.value === 'StatefulSet';
  const volumes: unknown[] = [];
  const mounts: unknown[] = [];
  const claims: DesiredObject[] = [];
  const claimTemplates: unknown[] = [];
  for (const [name, volume] of written) {
    const fields = mapOf(volume);
    const { mountPath, subPath, readOnly } = fields;
    if (mountPath !== undefined) mounts.push(trackAll({ name, mountPath, subPath, readOnly }, volume.origin));
    if (!isClaim(fields)) {
      volumes.push(reshape(volume, { name, ...source(fields, expansion, component) }));
    } else if (templated) {
      const head = { apiVersion: 'v1', kind: 'PersistentVolumeClaim', metadata: { name } };
      claimTemplates.push(reshape(volume, { ...head, spec: claimSpec(fields) }));
    } else {
      const usual = name === component.ownClaim ? component.name : `${component.name}-${name}`;
      const claimName = String(fields.claimName?.value ?? usual);
      const claim = { claimName: { value: claimName, origin: (fields.claimName ?? volume).origin } };
      volumes.push(reshape(volume, { name, persistentVolumeClaim: claim }));
      claims.push(persistentVolumeClaim(claimName, fields, volume, component, expansion));
    }
  }
  return { volumes, mounts, claimTemplates, claims };
}

function isClaim(fields: TrackedMap): boolean {
  return fields.size !== undefined && fields.persistent?.value !== false;
}

function claimSpec({ accessModes, storageClass, size }: TrackedMap): unknown {
  return {
    accessModes: accessModes ?? ['ReadWriteOnce'],
    storageClassName: storageClass,
    resources: { requests: { storage: size === undefined ? undefined : { value: asWritten(size), origin: size.origin } } },
  };
}

/**
 * In the wave of its workload: a claim that waits for its first consumer would never become healthy in an
 * earlier one, and all that follows would wait for it.
 */
function persistentVolumeClaim(
  name: string,
  fields: TrackedMap,
  volume: Tracked,
  component: ResolvedComponent,
  expansion: Expansion,
): DesiredObject {
  const annotations = { ...confirmDeletion, ...waveAnnotation(expansion.waves.get(component.key) ?? 0) };
  return desiredObject(
    {
      ...{ apiVersion: 'v1', kind: 'PersistentVolumeClaim', topic: component.key },
      ...{ name, named: fields.claimName, component, annotations },
    },
    { spec: claimSpec(fields) },
    expansion.system,
    volume.origin,
  );
}

function source(fields: TrackedMap, expansion: Expansion, component: ResolvedComponent): Record<string, unknown> {
  const { config, secret, items, mode, emptyDir, size } = fields;
  const keys = items === undefined ? undefined : Object.entries(mapOf(items)).map(([key, path]) => ({ key, path }));
  const defaultMode = mode === undefined ? undefined : { value: fileMode(mode, expansion), origin: mode.origin };
  if (config !== undefined) {
    const known = expansion.system.configs.get(String(config.value));
    if (known === undefined) reportUnknown('config entry', config, [...expansion.system.configs.keys()], expansion);
    else expansion.useConfig(String(config.value), component.key);
    return { configMap: { name: { value: known?.name ?? config.value, origin: config.origin }, items: keys, defaultMode } };
  }
  if (secret !== undefined) {
    const known = expansion.system.secrets.get(String(secret.value));
    if (known === undefined) reportUnknown('secret', secret, [...expansion.system.secrets.keys()], expansion);
    else expansion.useSecret(String(secret.value));
    return { secret: { secretName: { value: known?.name ?? secret.value, origin: secret.origin }, items: keys, defaultMode } };
  }
  if (fields.source !== undefined) return mapOf(fields.source);
  if (emptyDir !== undefined) return { emptyDir };
  return { emptyDir: size === undefined ? {} : { sizeLimit: size } };
}

/** Octal, as it is meant, though YAML takes an unquoted 0400 for four hundred. */
function fileMode(mode: Tracked, { report }: Expansion): number {
  const written = asWritten(mode);
  const place = placeOf(mode.origin);
  if (!/^0o?[0-7]{3}$/.test(written) && place !== undefined)
    report({
      code: 'wrong-type',
      severity: 'error',
      message: `\`${written}\` is no file mode`,
      place,
      hint: 'write it in octal, such as 0400',
    });
  return Number.parseInt(written.replace('0o', ''), 8);
}

function reportUnknown(noun: string, name: Tracked, known: readonly string[], expansion: Expansion): void {
  const place = placeOf(name.origin);
  const hint = didYouMean(String(untrack(name)), known);
  if (place !== undefined)
    expansion.report({
      code: 'unknown-reference',
      severity: 'error',
      message: `there is no ${noun} \`${String(name.value)}\``,
      place,
      ...(hint === undefined ? {} : { hint }),
    });
}
