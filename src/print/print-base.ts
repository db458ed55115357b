import type { Operation } from 'fast-json-patch';
import type { Base, ObjectChange, Part } from '../factor/base.ts';
import { fitsLiteral } from '../factor/literals.ts';
import type { DesiredObject, PlainObject } from '../model/desired-object.ts';
import { partFolder } from '../model/output-paths.ts';
import { printDocuments, printYaml } from '../model/print-yaml.ts';
import { dataPatch, type GeneratorParts, generatorsFor } from './config-maps.ts';
import { withHeader } from './header.ts';

/** The files of a base: its core and each of its parts. */
export function printBase(base: Base, source: string): Map<string, string> {
  const files = new Map<string, string>();
  printFolder(
    files,
    base.folder,
    source,
    { apiVersion: 'kustomize.config.k8s.io/v1beta1', kind: 'Kustomization' },
    base.core,
    [],
  );
  for (const part of base.parts) printPart(files, base, part, source);
  return files;
}

function printPart(files: Map<string, string>, base: Base, part: Part, source: string): void {
  const head = { apiVersion: 'kustomize.config.k8s.io/v1alpha1', kind: 'Component' };
  printFolder(files, partFolder(base.system, base.release, part.name), source, head, part.objects, part.changes);
}

function printFolder(
  files: Map<string, string>,
  folder: string,
  source: string,
  head: PlainObject,
  objects: readonly DesiredObject[],
  changes: readonly ObjectChange[],
): void {
  const topics = byTopic(objects.filter((object) => !object.hashed));
  const generators = generatorsFor(objects.filter((object) => object.hashed));
  const resources = [...topics.keys()].map(topicFile);
  for (const [topic, members] of topics)
    files.set(`${folder}/${topicFile(topic)}`, withHeader(source, printDocuments(members.map((object) => object.plain))));
  for (const { fileName, document } of generators.files)
    files.set(`${folder}/${fileName}`, withHeader(source, printYaml(document)));
  const kustomization = {
    ...head,
    ...(resources.length > 0 ? { resources } : {}),
    ...(generators.files.length > 0 ? { generators: generators.files.map(({ fileName }) => fileName) } : {}),
    ...inlineGenerators(generators, changes),
    ...patchesOf(generators, changes),
  };
  files.set(`${folder}/kustomization.yaml`, withHeader(source, printYaml(kustomization)));
}

function inlineGenerators(generators: GeneratorParts, changes: readonly ObjectChange[]): PlainObject {
  const merges = changes.flatMap(({ target, data }) => {
    const fitting = Object.entries(data).filter(([key, value]) => fitsLiteral(key, value));
    return fitting.length > 0
      ? [{ name: target.name, behavior: 'merge', literals: fitting.map(([key, value]) => `${key}=${value}`) }]
      : [];
  });
  const all = [...generators.inline, ...merges];
  return all.length > 0 ? { configMapGenerator: all } : {};
}

function patchesOf(generators: GeneratorParts, changes: readonly ObjectChange[]): PlainObject {
  const merges = [
    ...generators.patches,
    ...changes.flatMap(({ target, data }) => {
      const others = Object.entries(data).filter(([key, value]) => !fitsLiteral(key, value));
      return others.length > 0 ? [dataPatch(target.name, Object.fromEntries(others))] : [];
    }),
  ].map((patch) => ({ patch: printYaml(patch) }));
  const grown = changes
    .filter(({ operations }) => operations.length > 0)
    .map(({ target, operations }) => ({ target: patchTarget(target), patch: printOperations(operations) }));
  const patches = [...merges, ...grown];
  return patches.length > 0 ? { patches } : {};
}

/** A target of a JSON patch; names are patterns to kustomize, and ours hold nothing that a pattern would read. */
export function patchTarget(object: DesiredObject): PlainObject {
  const [group, version] = object.apiVersion.includes('/') ? object.apiVersion.split('/') : [undefined, object.apiVersion];
  return { ...(group === undefined ? {} : { group }), version, kind: object.kind, name: object.name };
}

/** As in `dataPatch`: a value of several lines, or one that ends in white space, must not stand last. */
export function printOperations(operations: readonly Operation[]): string {
  return printYaml(
    operations.map((operation) =>
      'value' in operation && (JSON.stringify(operation.value).includes('\\n') || /\s\n$/.test(printYaml(operation.value)))
        ? { op: operation.op, value: operation.value, path: operation.path }
        : operation,
    ),
  );
}

export function byTopic<Item extends { readonly topic: string }>(items: readonly Item[]): Map<string, Item[]> {
  const topics = new Map<string, Item[]>();
  for (const item of items) topics.set(item.topic, [...(topics.get(item.topic) ?? []), item]);
  return topics;
}

/** A component may be called kustomization; its file may not. */
function topicFile(topic: string): string {
  return topic === 'kustomization' ? 'kustomization.objects.yaml' : `${topic}.yaml`;
}
