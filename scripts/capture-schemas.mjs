// Captures the schemas that Stowage validates against. Needs Go (to download modules) and the
// network; the files it writes are committed, so nobody else needs either.
//
//   node scripts/capture-schemas.mjs [kubernetes | custom-resources]
import { mkdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { convertCustomResource } from './capture/convert-custom-resource.mjs';
import { convertSwagger } from './capture/convert-swagger.mjs';
import { describeLifecycles } from './capture/describe-lifecycles.mjs';
import { withModule } from './capture/download-module.mjs';
import { readEnums } from './capture/read-enums.mjs';
import { readLifecycle } from './capture/read-lifecycle.mjs';
import { customResourceModules, kubernetesVersions, lifecycleModules } from './capture/versions.mjs';
import { writeDataFile } from './capture/write-data-file.mjs';

const schemasFolder = join(dirname(fileURLToPath(import.meta.url)), '..', 'schemas');
const wanted = process.argv[2];

mkdirSync(schemasFolder, { recursive: true });
if (wanted !== 'custom-resources') captureKubernetes();
if (wanted !== 'kubernetes') captureCustomResources();

function captureKubernetes() {
  const lifecycles = new Map();
  for (const module of lifecycleModules) {
    withModule(module, (folder) => {
      for (const [key, lifecycle] of readLifecycle(folder)) lifecycles.set(key, lifecycle);
    });
  }
  // Oldest first: what an earlier minor had and a later one lacks counts as removed.
  const seen = new Map();
  for (const [minor, version] of Object.entries(kubernetesVersions)) {
    const captured = withModule(`k8s.io/kubernetes@${version}`, (folder) => {
      const swagger = JSON.parse(readFileSync(join(folder, 'api/openapi-spec/swagger.json'), 'utf8'));
      const goSource = readFileSync(join(folder, 'pkg/generated/openapi/zz_generated.openapi.go'), 'utf8');
      return convertSwagger(swagger, readEnums(goSource));
    });
    const { kinds, removed } = describeLifecycles(captured.kinds, { lifecycles, seen, minor });
    report(`kubernetes-${minor}`, {
      minor,
      version,
      kinds: groupKinds(kinds),
      removed: groupKinds(removed),
      definitions: sortKeys(captured.definitions),
    });
  }
}

function captureCustomResources() {
  const captured = customResourceModules.flatMap(({ module, folder, files }) =>
    withModule(module, (root) =>
      files.flatMap((file) => convertCustomResource(parse(readFileSync(join(root, folder, file), 'utf8')))),
    ),
  );
  const definitions = Object.fromEntries(captured.map(({ definition, schema }) => [definition, schema]));
  report('custom-resources', {
    modules: customResourceModules.map(({ module }) => module),
    kinds: groupKinds(captured.map(({ schema, ...kind }) => kind)),
    definitions: sortKeys(definitions),
  });
}

function groupKinds(kinds) {
  const groups = {};
  for (const { apiVersion, kind, ...facts } of kinds) {
    groups[apiVersion] ??= {};
    groups[apiVersion][kind] = facts;
  }
  return sortKeys(Object.fromEntries(Object.entries(groups).map(([key, group]) => [key, sortKeys(group)])));
}

function report(name, content) {
  console.log(name, writeDataFile(join(schemasFolder, `${name}.jsonl`), content));
}

function sortKeys(record) {
  return Object.fromEntries(
    Object.keys(record)
      .sort()
      .map((key) => [key, record[key]]),
  );
}
