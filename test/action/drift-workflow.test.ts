import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { resourceName } from '../../src/kubernetes/resource-name.ts';
import { validateObject } from '../../src/kubernetes/validate-object.ts';
import { objectsOf, renders } from '../fleet/fleet.ts';
import { schemasOf } from '../kubernetes/schemas-of.ts';
import { referenceInputs, temporaryFolder, withFiles } from '../support/fleet-files.ts';
import { stowage } from '../support/run-cli.ts';
import { smallFleet } from '../support/small-fleet.ts';
import { cronWorkflowSchema } from './cron-workflow-schema.ts';

// biome-ignore lint/suspicious/noExplicitAny: whatever lies in a Kubernetes object
type Any = any;

const image = 'registry.example.com/tools/stowage:1.2';
const init = (folder: string) => stowage(['init', '--argo-workflows', '--image', image], { in: folder });

function documentsOf(text: string): Any[] {
  return parseAllDocuments(text).map((document) => document.toJS());
}

function find(documents: Any[], kind: string, name = 'stowage-drift'): Any {
  return documents.find((document) => document.kind === kind && document.metadata.name === name);
}

describe('in the fleet of this repository', () => {
  const inputs = referenceInputs();
  const folder = temporaryFolder(inputs);
  const ended = init(folder);
  const versionOf = (cluster: string) =>
    /kubernetes: "(.*?)"/.exec(new TextDecoder().decode(inputs.get(`clusters/${cluster}/cluster.yaml`)))?.[1] ?? '';

  test('every cluster has a file, and what is to be done with them is told', () => {
    const clusters = [...inputs.keys()].flatMap((path) => /^clusters\/(.*)\/cluster.yaml$/.exec(path)?.[1] ?? []);
    const files = clusters.map((cluster) => `stowage-drift-${cluster}.yaml`);
    expect(ended).toMatchObject({ code: 0, err: '' });
    expect(readdirSync(join(folder, 'argo-workflows'))).toEqual([...files, 'stowage-promote.yaml']);
    expect(ended.out).toContain(`next: make the Secret that ${files.map((name) => `argo-workflows/${name}`).join(', ')} name, `);
  });

  describe.each(['dev', 'prod-eu'])('%s', (cluster) => {
    const text = readFileSync(join(folder, `argo-workflows/stowage-drift-${cluster}.yaml`), 'utf8');
    const documents = documentsOf(text);
    const { metadata, spec } = cronWorkflowSchema.parse(documents.at(-1));
    const { workflowSpec } = spec;
    const container = workflowSpec.templates[0].container as Any;
    const environments = [...inputs.keys()].flatMap((path) => {
      const [, own, name = ''] = /^clusters\/(.*)\/(.*)\.yaml$/.exec(path) ?? [];
      return own === cluster && name !== 'cluster' ? [name] : [];
    });
    const declared: Any[] = renders
      .filter(({ environment }) => environments.includes(environment))
      .flatMap(({ name }) => objectsOf(name));

    test('holds nothing that its Kubernetes does not know, the pod that it starts included', () => {
      const { serviceAccountName, automountServiceAccountToken, securityContext, volumes } = workflowSpec;
      const podSpec = { serviceAccountName, automountServiceAccountToken, securityContext, volumes };
      const pod = {
        apiVersion: 'v1',
        kind: 'Pod',
        metadata: { name: 'x' },
        spec: { ...podSpec, containers: [{ name: 'main', ...container }] },
      };
      for (const object of [...documents.slice(0, -1), pod])
        expect({ kind: object.kind, violations: validateObject(object, schemasOf(versionOf(cluster))) }).toMatchObject({
          violations: [],
        });
    });

    test('looks once a day, as the account of the pod on its own cluster', () => {
      expect(metadata).toEqual({ name: 'stowage-drift', namespace: 'stowage-drift' });
      expect(spec).toMatchObject({ schedules: ['17 4 * * *'], concurrencyPolicy: 'Forbid' });
      expect(container.command.at(-1)).toMatch(
        /\nexec stowage drift --cluster "\$FLEET_CLUSTER" --context inClusterContext --issue\n$/,
      );
      expect(container.env).toContainEqual({ name: 'FLEET_CLUSTER', value: cluster });
    });

    test('has two accounts: one that looks and one that reports to Argo Workflows, each with its own token', () => {
      expect(workflowSpec).toMatchObject({
        serviceAccountName: 'stowage-drift',
        automountServiceAccountToken: false,
        executor: { serviceAccountName: 'stowage-drift-executor' },
      });
      expect(find(documents, 'Role', 'stowage-drift-executor').rules).toEqual([
        { apiGroups: ['argoproj.io'], resources: ['workflowtaskresults'], verbs: ['create', 'patch'] },
      ]);
      expect(container.volumeMounts).toContainEqual({
        name: 'mounted',
        mountPath: '/var/run/secrets/kubernetes.io/serviceaccount',
        readOnly: true,
      });
      expect(JSON.stringify(workflowSpec.volumes)).toContain('"serviceAccountToken":{"path":"token"');
    });

    test('may list every kind that is declared there, and try changes of them', () => {
      const rules: Any[] = find(documents, 'ClusterRole').rules;
      const rightsOf = (group: string, resource: string) =>
        rules.filter((rule) => rule.apiGroups[0] === group && rule.resources.includes(resource)).flatMap(({ verbs }) => verbs);
      expect(declared.length).toBeGreaterThan(20);
      for (const { apiVersion, kind } of declared) {
        const group = apiVersion.includes('/') ? apiVersion.split('/')[0] : '';
        const verbs = group === 'rbac.authorization.k8s.io' ? ['list'] : ['list', 'patch'];
        expect({ kind, verbs: rightsOf(group, resourceName(kind)) }).toEqual({ kind, verbs });
      }
      expect(rightsOf('argoproj.io', 'applications')).toEqual(['list', 'patch']);
      expect(rightsOf('', 'nodes')).toEqual([]);
      expect(new Set(rules.flatMap(({ verbs }) => verbs))).toEqual(new Set(['list', 'patch']));
    });

    test('may list Secrets in the namespaces of its systems only', () => {
      const roles = documents.filter(({ kind, roleRef }) => kind === 'RoleBinding' && roleRef.name === 'stowage-drift-secrets');
      const namespaces = declared.flatMap(({ metadata: { namespace } }) => namespace ?? []);
      expect(roles.length).toBeGreaterThan(0);
      for (const role of roles) expect(namespaces).toContain(role.metadata.namespace);
      for (const { kind, metadata: own } of declared)
        if (kind === 'SealedSecret') expect(roles.map((role) => role.metadata.namespace)).toContain(own.namespace);
    });

    test('is refused all but dry runs', () => {
      expect(find(documents, 'ValidatingAdmissionPolicy').spec.matchConditions[0].expression).toBe(
        "request.userInfo.username == 'system:serviceaccount:stowage-drift:stowage-drift'",
      );
      expect(text).toContain('a policy refuses it all but the trying');
    });
  });
});

describe('a fleet', () => {
  test('that promotes nothing still looks for drift', () => {
    const folder = temporaryFolder(smallFleet);
    expect(init(folder)).toMatchObject({ code: 0, err: '' });
    expect(readdirSync(join(folder, 'argo-workflows'))).toEqual(['stowage-drift-dev.yaml', 'stowage-drift-prod.yaml']);
    expect(init(folder)).toMatchObject({ code: 0, out: 'the files for Argo Workflows are there already\n' });
  });

  test('on a Kubernetes without policies looks only, and its file says what that means', () => {
    const path = 'clusters/dev/cluster.yaml';
    const folder = temporaryFolder(withFiles(smallFleet, { [path]: String(smallFleet.get(path)).replace('1.35', '1.29') }));
    expect(init(folder)).toMatchObject({ code: 0, err: '' });
    const text = readFileSync(join(folder, 'argo-workflows/stowage-drift-dev.yaml'), 'utf8');
    const documents = documentsOf(text);
    expect(find(documents, 'ValidatingAdmissionPolicy')).toBeUndefined();
    expect(find(documents, 'ClusterRole').rules.flatMap(({ verbs }: Any) => verbs)).not.toContain('patch');
    expect(text).toContain('differences are told unconfirmed');
  });

  test('that does not compile has no file that would be wrong', () => {
    const path = 'systems/shop/system.yaml';
    const folder = temporaryFolder(withFiles(smallFleet, { [path]: String(smallFleet.get(path)).replace('image:', 'imago:') }));
    expect(init(folder)).toMatchObject({ code: 3, err: expect.stringContaining('the fleet does not compile') });
    expect(existsSync(join(folder, 'argo-workflows'))).toBe(false);
  });
});

test('the script asks for drift on its cluster, in the folder of the fleet', () => {
  const folder = temporaryFolder(smallFleet);
  init(folder);
  const workflow = cronWorkflowSchema.parse(
    documentsOf(readFileSync(join(folder, 'argo-workflows/stowage-drift-prod.yaml'), 'utf8')).at(-1),
  );
  const [program = '', ...words] = workflow.spec.workflowSpec.templates[0].container.command;
  const work = temporaryFolder(
    new Map([
      ['bin/git', '#!/bin/sh\nmkdir -p fleet/fleets/eu\n'],
      ['bin/stowage', '#!/bin/sh\npwd\nprintf "%s|" "$@"\n'],
    ]),
  );
  for (const name of ['git', 'stowage']) chmodSync(join(work, 'bin', name), 0o755);
  const { stdout, status } = spawnSync(program, words, {
    cwd: work,
    encoding: 'utf8',
    env: {
      PATH: `${join(work, 'bin')}:${process.env.PATH}`,
      FLEET_HOST: 'https://git.example.com',
      FLEET_REPOSITORY: 'https://git.example.com/a.git',
      FLEET_BRANCH: 'main',
      FLEET_FOLDER: 'fleets/eu',
      FLEET_CLUSTER: 'prod',
      STOWAGE_TOKEN: 'x',
    },
  });
  expect({ status, stdout }).toEqual({
    status: 0,
    stdout: `${join(work, 'fleet/fleets/eu')}\ndrift|--cluster|prod|--context|inClusterContext|--issue|`,
  });
});
