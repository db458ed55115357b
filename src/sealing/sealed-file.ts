import type { PlainObject } from '../model/desired-object.ts';
import { asMap } from '../model/pod-specs.ts';
import { printYaml } from '../model/print-yaml.ts';
import { labelFor, type Scope, scopeAnnotations, scopeOf } from './scope.ts';
import { printSealedRecord, readSealedRecord, recordAnnotation, type SealedRecord } from './sealed-record.ts';
import type { SealingTarget } from './sealing-target.ts';

/** A SealedSecret as it lies among the inputs; whoever wrote it. */
export interface SealedFile {
  readonly namespace: string | undefined;
  readonly name: string | undefined;
  readonly scope: Scope;
  readonly encrypted: ReadonlyMap<string, string>;
  readonly record: SealedRecord;
  /** All of it, for what others have put there. */
  readonly document: PlainObject;
  /** The comment at its head. */
  readonly comment: string;
}

export function readSealedFile(text: string, document: PlainObject): SealedFile {
  const metadata = asMap(document.metadata) ?? {};
  const annotations = textsOf(metadata.annotations);
  const encrypted = new Map(Object.entries(textsOf(asMap(document.spec)?.encryptedData)));
  return {
    namespace: textOf(metadata.namespace),
    name: textOf(metadata.name),
    scope: scopeOf(annotations),
    encrypted,
    record: readSealedRecord(annotations[recordAnnotation], (key) => encrypted.get(key)),
    document,
    comment: /^(?:#.*\n)*/.exec(text)?.[0] ?? '',
  };
}

/** Whether what it holds would be decrypted as the Secret that is meant. */
export function fits(
  { scope, namespace, name }: Pick<SealedFile, 'scope' | 'namespace' | 'name'>,
  target: SealingTarget,
): boolean {
  return labelFor(scope, namespace ?? '', name ?? '').equals(labelFor(scope, target.namespace, target.name));
}

/** The file with other values: the rest of it stays as somebody may have written it. */
export function printSealedFile(
  target: SealingTarget,
  encrypted: ReadonlyMap<string, string>,
  record: SealedRecord,
  before: SealedFile | undefined,
): string {
  const { metadata, spec } = (before?.document ?? {}) as { metadata?: PlainObject; spec?: PlainObject };
  const template = asMap(spec?.template) ?? {};
  const templateMetadata = asMap(template.metadata) ?? {};
  // What stays is bound to the scope that it was sealed in.
  const scoped = scopeAnnotations(before !== undefined && fits(before, target) ? before.scope : target.scope);
  const document = {
    apiVersion: 'bitnami.com/v1alpha1',
    kind: 'SealedSecret',
    metadata: withoutAbsent({
      ...metadata,
      name: target.name,
      namespace: target.namespace,
      annotations: { ...withoutScope(metadata?.annotations), ...scoped, [recordAnnotation]: printSealedRecord(record) },
    }),
    spec: {
      ...spec,
      encryptedData: Object.fromEntries(encrypted),
      template: {
        ...template,
        metadata: withoutAbsent({
          ...templateMetadata,
          name: target.name,
          namespace: target.namespace,
          annotations: nonEmpty({ ...withoutScope(templateMetadata.annotations), ...scoped }),
        }),
        type: template.type ?? target.type,
      },
    },
  };
  return `${before?.comment ?? ''}${printYaml(document)}`;
}

function withoutScope(annotations: unknown): PlainObject {
  return Object.fromEntries(
    Object.entries(asMap(annotations) ?? {}).filter(
      ([key]) => key !== 'sealedsecrets.bitnami.com/cluster-wide' && key !== 'sealedsecrets.bitnami.com/namespace-wide',
    ),
  );
}

function nonEmpty(map: PlainObject): PlainObject | undefined {
  return Object.keys(map).length > 0 ? map : undefined;
}

/** kubeseal writes `creationTimestamp: null`, which says nothing. */
function withoutAbsent(map: PlainObject): PlainObject {
  return Object.fromEntries(Object.entries(map).filter(([, value]) => value !== undefined && value !== null));
}

/** Compiling says what is wrong with the others. */
function textsOf(map: unknown): Record<string, string> {
  return Object.fromEntries(
    Object.entries(asMap(map) ?? {}).flatMap(([key, value]) => (typeof value === 'string' ? [[key, value]] : [])),
  );
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}
