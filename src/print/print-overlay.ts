import type { ObjectPatch, Overlay } from '../factor/overlay.ts';
import type { PlainObject } from '../model/desired-object.ts';
import { overlayFolder, partFolder, relativePath } from '../model/output-paths.ts';
import { printDocuments, printYaml } from '../model/print-yaml.ts';
import { generatorsFor } from './config-maps.ts';
import { withHeader } from './header.ts';
import { byTopic, patchTarget, printOperations } from './print-base.ts';

const apiVersion = 'kustomize.config.k8s.io/v1beta1';
const kind = 'Kustomization';
const namespacedFolder = 'namespaced';

/** The files of one environment's difference. `reasons` are those that its author gave for patches. */
export function printOverlay(
  overlay: Overlay,
  source: string,
  reasons: ReadonlyMap<string, readonly string[]>,
): Map<string, string> {
  const files = new Map<string, string>();
  const outer = overlayFolder(overlay.environment, overlay.system);
  const folder = overlay.apart.length > 0 ? `${outer}/${namespacedFolder}` : outer;
  const write = (path: string, body: string) => files.set(path, withHeader(source, body));
  if (overlay.apart.length > 0) {
    write(
      `${outer}/kustomization.yaml`,
      printYaml(withoutEmpty({ apiVersion, kind, resources: [namespacedFolder, 'apart.yaml'], labels: labelsOf(overlay) })),
    );
    write(`${outer}/apart.yaml`, printDocuments(overlay.apart.map((object) => object.plain)));
  }
  const added = byTopic(overlay.added.filter((object) => !object.hashed));
  const generators = generatorsFor(overlay.added.filter((object) => object.hashed));
  for (const [topic, objects] of added)
    write(`${folder}/${addedFile(topic)}`, printDocuments(objects.map((object) => object.plain)));
  for (const { fileName, document } of generators.files) write(`${folder}/${fileName}`, printYaml(document));
  const merges = byTopic(overlay.patches.filter((patch) => patch.form === 'merge' && !deletes(patch)));
  for (const [topic, patches] of merges)
    write(`${folder}/${patchFile(topic)}`, reasonComment(reasons.get(topic)) + printDocuments(patches.map(mergeDocument)));

  const { base } = overlay;
  const kustomization = withoutEmpty({
    apiVersion,
    kind,
    namespace: overlay.namespace,
    resources: [relativePath(folder, base.folder), ...[...added.keys()].map(addedFile)],
    components: overlay.parts.map((part) => relativePath(folder, partFolder(base.system, base.release, part))),
    generators: generators.files.map(({ fileName }) => fileName),
    images: overlay.images,
    replicas: overlay.replicas,
    // What stands apart is labelled too, so then the folder around both does it.
    labels: overlay.apart.length > 0 ? [] : labelsOf(overlay),
    configMapGenerator: [
      ...generators.inline,
      ...overlay.configMaps.map(({ name, data }) => ({
        name,
        behavior: 'merge',
        literals: Object.entries(data).map(([key, value]) => `${key}=${value}`),
      })),
    ],
    patches: [
      ...[...merges.keys()].map((topic) => ({ path: patchFile(topic) })),
      ...overlay.patches.filter(deletes).map((patch) => ({ patch: printYaml(mergeDocument(patch)) })),
      ...generators.patches.map((patch) => ({ patch: printYaml(patch) })),
      ...overlay.patches.flatMap(jsonPatch),
    ],
  });
  // A reason stands above the patch that it explains; where the patch became something else, above it all.
  const elsewhere = [...reasons].filter(([topic]) => !merges.has(topic)).flatMap(([, texts]) => texts);
  write(`${folder}/kustomization.yaml`, reasonComment(elsewhere) + printYaml(kustomization));
  return files;
}

function labelsOf({ labels }: Overlay): PlainObject[] {
  return Object.keys(labels).length > 0 ? [{ pairs: labels }] : [];
}

/** Kustomize panics over a patch file that goes on after a deletion, so each of these stands alone. */
function deletes(patch: ObjectPatch): boolean {
  return patch.form === 'merge' && patch.patch.$patch === 'delete';
}

function mergeDocument(patch: ObjectPatch): PlainObject {
  const { apiVersion, kind, name } = patch.target;
  const body = patch.form === 'merge' ? patch.patch : {};
  const { metadata, ...rest } = body as { metadata?: PlainObject | null };
  return { apiVersion, kind, metadata: { name, ...metadata }, ...rest };
}

function jsonPatch(patch: ObjectPatch): PlainObject[] {
  return patch.form === 'json' ? [{ target: patchTarget(patch.target), patch: printOperations(patch.operations) }] : [];
}

function withoutEmpty(document: Record<string, unknown>): PlainObject {
  const rest: PlainObject = {};
  for (const [key, value] of Object.entries(document)) if (!Array.isArray(value) || value.length > 0) rest[key] = value;
  return rest;
}

function reasonComment(reasons: readonly string[] | undefined): string {
  return (reasons ?? [])
    .map((reason) => `# ${reason.replace(/[\r\n]+/g, ' ').replace(/[\u0000-\u001f\u007f\u0085\u2028\u2029]/g, ' ')}\n`)
    .join('');
}

const ownFiles = new Set(['namespace', 'secrets']);

function addedFile(topic: string): string {
  return ownFiles.has(topic) ? `${topic}.yaml` : `${topic}.added.yaml`;
}

function patchFile(topic: string): string {
  return ownFiles.has(topic) || topic === 'kustomization' ? `${topic}.patch.yaml` : `${topic}.yaml`;
}
