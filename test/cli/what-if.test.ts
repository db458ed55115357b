import { beforeAll, describe, expect, test } from 'vitest';
import { type Files, readTree, temporaryFolder, withFiles } from '../support/fleet-files.ts';
import { stowage } from '../support/run-cli.ts';
import { smallFleet } from '../support/small-fleet.ts';

const removed = `  objects:
    levels:
      apiVersion: flowcontrol.apiserver.k8s.io/v1beta3
      kind: PriorityLevelConfiguration
      metadata: {name: shop}
      spec: {type: Exempt}
`;
const unknown = `  objects:
    alias:
      apiVersion: v1
      kind: Pod
      metadata: {name: alias}
      spec:
        hostnameOverride: shop
        securityContext: {runAsNonRoot: true, seccompProfile: {type: RuntimeDefault}}
        containers:
          - name: web
            image: example/web:1.0.0
            env: [{name: V, value: "\${cluster.kubernetes}"}]
            securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}
`;
const old = (path: string) => String(smallFleet.get(path)).replace('"1.35"', '"1.31"');
const withObjects = (objects: string): Files =>
  withFiles(smallFleet, {
    'systems/shop/system.yaml': `${smallFleet.get('systems/shop/system.yaml')}${objects}`,
    'clusters/prod/cluster.yaml': old('clusters/prod/cluster.yaml'),
  });
const ask = (fleet: string, version: string, ...more: string[]) =>
  stowage(['compile', '--what-if', `kubernetes=${version}`, ...more], { in: fleet });

describe('--what-if', () => {
  let fleet: string;
  beforeAll(() => {
    fleet = temporaryFolder(withObjects(removed));
  });

  test('names removed kinds by cluster, with what replaces them, and writes nothing', () => {
    const before = readTree(fleet, { own: true });
    const { code, out, err } = ask(fleet, '1.36', '-e', 'prod');
    expect(code).toBe(1);
    expect(out).toBe(`cluster prod, Kubernetes 1.36 in place of 1.31 (prod)

systems/shop/system.yaml:17:19: error: PriorityLevelConfiguration/shop: Kubernetes 1.36 no longer has (removed in 1.32) flowcontrol.apiserver.k8s.io/v1beta3 PriorityLevelConfiguration; use flowcontrol.apiserver.k8s.io/v1 PriorityLevelConfiguration [unknown-kubernetes-kind]
  17 |       apiVersion: flowcontrol.apiserver.k8s.io/v1beta3
     |                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^

  1 error; with errors there are no files to compare

`);
    expect(err).toBe('1 error with Kubernetes 1.36\n');
    expect(readTree(fleet, { own: true })).toEqual(before);
  });

  test('warns of deprecated kinds, with the version that removes them', () => {
    const { code, out, err } = ask(fleet, '1.31');
    expect(code).toBe(0);
    expect(out).toContain('cluster dev, Kubernetes 1.31 in place of 1.35 (dev)\n\n');
    expect(out).toContain('cluster prod, Kubernetes 1.31 as it is (prod)\n\n');
    expect(out.match(/warning: .* is deprecated since Kubernetes 1.29 and removed in 1.32 /g)).toHaveLength(2);
    expect(out).toContain('→ use flowcontrol.apiserver.k8s.io/v1 PriorityLevelConfiguration');
    expect(err).toBe('1 warning with Kubernetes 1.31\n');
  });

  test('says nothing of environments and systems that were not selected', () => {
    const { code, out } = ask(fleet, '1.36', '-s', 'stock', '-e', 'dev');
    expect(code).toBe(0);
    expect(out).toBe(`cluster dev, Kubernetes 1.36 in place of 1.35 (dev)
  no problems; 0 of 3 generated files would differ

`);
  });
});

test('--what-if finds fields that a version does not have, and files that would differ', () => {
  const fleet = temporaryFolder(withObjects(unknown));
  const newer = ask(fleet, '1.36', '-q');
  expect(newer).toEqual({ code: 0, out: '', err: '' });
  const { out } = ask(fleet, '1.36', '-e', 'dev');
  expect(out).toBe(`cluster dev, Kubernetes 1.36 in place of 1.35 (dev)
  update overlays/dev/shop/objects.yaml
  no problems; 1 of 10 generated files would differ

`);
  const older = ask(fleet, '1.30', '-e', 'dev');
  expect(older.code).toBe(1);
  expect(older.out).toContain('error: Pod/alias: unknown field "hostnameOverride"');
});

test('--what-if tells problems of the descriptions once, before all clusters', () => {
  const system = String(smallFleet.get('systems/stock/system.yaml')).replace('spec:\n', 'spec:\n  paramters: {}\n');
  const fleet = temporaryFolder(withFiles(smallFleet, { 'systems/stock/system.yaml': system }));
  const { code, out, err } = ask(fleet, '1.36');
  expect(code).toBe(1);
  expect(out.match(/unknown-field/g)).toHaveLength(1);
  expect(out.indexOf('unknown-field')).toBeLessThan(out.indexOf('cluster dev'));
  expect(out.match(/with errors there are no files to compare/g)).toHaveLength(2);
  expect(err).toBe('1 error with Kubernetes 1.36\n');
});

test('--what-if takes one fact, and versions that are known', () => {
  const fleet = temporaryFolder(smallFleet);
  expect(ask(fleet, '1.37')).toEqual({
    code: 2,
    out: '',
    err: 'error: there are no schemas of Kubernetes `1.37` here\n  → supported are 1.29, 1.30, 1.31, 1.32, 1.33, 1.34, 1.35, 1.36\n',
  });
  expect(stowage(['compile', '--what-if', 'metricsServer=true'], { in: fleet })).toEqual({
    code: 2,
    out: '',
    err: 'error: --what-if knows no fact `metricsServer`\n  → it takes `kubernetes=<version>`\n',
  });
});
