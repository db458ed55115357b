import { compiler, schemas } from '../build-facts.ts';
import { compile } from '../compile/compile.ts';
import { editYaml } from '../edit/edit-yaml.ts';
import { isKubernetesGroup } from '../kubernetes/find-schema.ts';
import { supportedMinors } from '../kubernetes/load-schemas.ts';
import type { KubernetesSchemas } from '../kubernetes/schema-types.ts';
import type { InputFiles } from '../model/input-files.ts';
import { itemsOf } from '../model/tracked.ts';
import { readRelease } from '../read/read-release.ts';
import { sortInputs } from '../read/sort-inputs.ts';

/**
 * Kinds, as group/version/Kind, that the fleet would use if the cluster listed all that it serves: some are used only
 * where they are listed, and a System that uses another one does not compile before.
 */
export function usedKinds(files: InputFiles, clusterPath: string, served: readonly string[]): ReadonlySet<string> {
  // Names of kinds and groups are much the same in all versions; the newest knows most.
  const newest = schemas(supportedMinors.at(-1) as string) as KubernetesSchemas;
  const custom = new Set(served.filter((id) => !isKubernetesGroup(newest, id.slice(0, id.lastIndexOf('/')))));
  const used = new Set<string>();
  const path = ['spec', 'customResources'];
  const edited = editYaml(new TextDecoder().decode(files.get(clusterPath)), [
    { path, remove: true },
    { path, value: [...custom] },
  ]);
  const assumed = 'problem' in edited ? files : new Map(files).set(clusterPath, new TextEncoder().encode(edited.text));
  compile(assumed, {
    compiler,
    schemas,
    assumeSealed: true,
    inspect: {
      wants: () => true,
      see: (_, { desired }) => {
        for (const { apiVersion, kind } of desired) used.add(`${apiVersion}/${kind}`);
      },
    },
  });
  for (const input of sortInputs(files, () => {}).releases) {
    const required = readRelease(files, input, true, () => {})?.document.value.spec.value.requires?.value.customResources;
    for (const { value } of itemsOf(required)) used.add(`${value.apiVersion.value}/${value.kind.value}`);
  }
  return new Set([...used].filter((id) => custom.has(id)));
}
