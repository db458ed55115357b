import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const releaseFunction = /func \(in \*(\w+)\) APILifecycle(Deprecated|Removed)\(\) .*\{\n\treturn (\d+), (\d+)\n/g;
const replacementFunction =
  /func \(in \*(\w+)\) APILifecycleReplacement\(\) .*\{\n\treturn schema\.GroupVersionKind\{Group: "(.*)", Version: "(.*)", Kind: "(.*)"\}\n/g;

/** Map from `apiVersion kind` to `{apiVersion, kind, deprecatedIn, removedIn, replacement}`. */
export function readLifecycle(folder) {
  const lifecycles = new Map();
  for (const group of readdirSync(folder, { withFileTypes: true })) {
    if (!group.isDirectory()) continue;
    for (const version of readdirSync(join(folder, group.name))) {
      const file = join(folder, group.name, version, 'zz_generated.prerelease-lifecycle.go');
      if (existsSync(file)) readPackage(join(folder, group.name, version), file, lifecycles);
    }
  }
  return lifecycles;
}

function readPackage(folder, file, lifecycles) {
  const register = readFileSync(join(folder, 'register.go'), 'utf8');
  const group = /GroupName = "(.*)"/.exec(register)[1];
  const version = /GroupVersion\{Group: GroupName, Version: "(.*)"\}/.exec(register)[1];
  const apiVersion = group === '' ? version : `${group}/${version}`;
  const source = readFileSync(file, 'utf8');
  const entryOf = (kind) => {
    const key = `${apiVersion} ${kind}`;
    if (!lifecycles.has(key)) lifecycles.set(key, { apiVersion, kind });
    return lifecycles.get(key);
  };
  for (const [, kind, event, major, minor] of source.matchAll(releaseFunction)) {
    entryOf(kind)[event === 'Removed' ? 'removedIn' : 'deprecatedIn'] = `${major}.${minor}`;
  }
  for (const [, kind, newGroup, newVersion, newKind] of source.matchAll(replacementFunction)) {
    const newApiVersion = newGroup === '' ? newVersion : `${newGroup}/${newVersion}`;
    entryOf(kind).replacement = { apiVersion: newApiVersion, kind: newKind };
  }
}
