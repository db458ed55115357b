import { spawn } from 'node:child_process';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { supportedMinors } from '../../src/kubernetes/load-schemas.ts';
import { validateObject } from '../../src/kubernetes/validate-object.ts';
import { token } from '../forge/token.ts';
import { schemasOf } from '../kubernetes/schemas-of.ts';
import { temporaryFolder } from '../support/fleet-files.ts';
import { commitAll, git, gitFolder } from '../support/git-folder.ts';
import { stowage } from '../support/run-cli.ts';
import { cronWorkflowSchema } from './cron-workflow-schema.ts';

const image = `registry.example.com:5000/tools/stowage:1.2@sha256:${'a'.repeat(64)}`;
const path = 'argo-workflows/stowage-promote.yaml';

const fleet = (url: string, promotion = '{pipeline: [dev, prod]}') => `apiVersion: stowage.dev/v1
kind: Fleet
metadata: {name: shops}
spec:
  repository: {url: "${url}"}
  promotion: ${promotion}
`;

function init(url: string, folder = '.') {
  const root = gitFolder(new Map([[join(folder, 'stowage.yaml'), fleet(url)]]));
  const ended = stowage(['init', folder, '--argo-workflows', '--image', image], { in: root });
  expect(ended).toMatchObject({ code: 0, err: '' });
  const file = readFileSync(join(root, folder, path), 'utf8');
  const documents = parseAllDocuments(file).map((document) => document.toJS() as Record<string, unknown>);
  const { metadata, spec } = cronWorkflowSchema.parse(documents.at(-1));
  const { workflowSpec } = spec;
  return {
    ended,
    written: file,
    documents,
    name: metadata.name,
    spec,
    workflowSpec,
    container: workflowSpec.templates[0].container,
  };
}

describe('the file', () => {
  const {
    documents,
    name,
    spec,
    workflowSpec,
    container,
    written: file,
    ended,
  } = init('https://git.example.com/shops.git', 'fleets/EU_1');

  test('is told of, with what is still to be done', () => {
    expect(ended.out).toBe(
      `  create ${path}\nnext: make the Secret that ${path} names, and apply the file where Argo Workflows runs\n`,
    );
  });

  test('promotes every quarter of an hour, one run at a time', () => {
    expect(name).toBe('stowage-promote-fleets-eu-1');
    expect(spec).toMatchObject({ schedules: ['*/15 * * * *'], timezone: 'Etc/UTC', concurrencyPolicy: 'Forbid' });
    expect(workflowSpec.templates[0].name).toBe(workflowSpec.entrypoint);
    expect(container).toMatchObject({ image, workingDir: '/work' });
  });

  test.each(supportedMinors)('holds nothing that Kubernetes %s does not know, the pod that it starts included', (minor) => {
    const { serviceAccountName, automountServiceAccountToken, securityContext, volumes } = workflowSpec;
    const podSpec = { serviceAccountName, automountServiceAccountToken, securityContext, volumes };
    const pod = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name },
      spec: { ...podSpec, containers: [{ name: 'main', ...container }] },
    };
    for (const object of [...documents.slice(0, -1), pod])
      expect({ kind: object.kind, violations: validateObject(object, schemasOf(minor)) }).toMatchObject({ violations: [] });
  });

  test('starts a pod that the restricted profile of Pod Security lets in', () => {
    expect(workflowSpec.securityContext).toMatchObject({ runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } });
    expect(container.securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    });
    expect(container.resources).toHaveProperty('limits.memory');
  });

  test('gives the account of its executor what that needs, and the container none', () => {
    expect(documents.map(({ kind }) => kind)).toEqual(['ServiceAccount', 'Secret', 'Role', 'RoleBinding', 'CronWorkflow']);
    expect(workflowSpec.executor.serviceAccountName).toBe(name);
    expect(documents[2]).toHaveProperty('rules', [
      { apiGroups: ['argoproj.io'], resources: ['workflowtaskresults'], verbs: ['create', 'patch'] },
    ]);
    // Where it holds a value of its own, it may be committed no longer.
    expect(documents[1]).not.toHaveProperty('data');
    expect(file).toContain('--from-file=token=');
  });

  test('has tokens of a Secret only', () => {
    const tokens = container.env.filter((each) => /TOKEN/.test(each.name));
    expect(tokens).toEqual([
      { name: 'STOWAGE_TOKEN', valueFrom: { secretKeyRef: { name: 'stowage-promote', key: 'token' } } },
      {
        name: 'ARGOCD_AUTH_TOKEN',
        valueFrom: { secretKeyRef: { name: 'stowage-promote', key: 'argocd-token', optional: true } },
      },
    ]);
  });
});

describe('the container', () => {
  const site = temporaryFolder();
  const tokens: (string | undefined)[] = [];
  /** A repository that is read with the token only, as plain files. */
  const server = createServer((request, answer) => {
    tokens.push(request.headers.authorization);
    const expected = `Basic ${Buffer.from(`x-access-token:${token}`).toString('base64')}`;
    const asked = join(site, new URL(request.url ?? '/', 'http://x').pathname);
    if (request.headers.authorization !== expected) answer.writeHead(401, { 'www-authenticate': 'Basic realm="x"' }).end();
    else if (!existsSync(asked)) answer.writeHead(404).end();
    else answer.end(readFileSync(asked));
  });
  let url: string;

  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/shops.git`;
    const source = gitFolder(new Map([['fleets/eu/stowage.yaml', fleet(url)]]));
    commitAll(source);
    git(source, 'branch', '--force', '--move', 'main');
    git(site, 'clone', '--quiet', '--bare', source, join(site, 'shops.git'));
    git(join(site, 'shops.git'), 'update-server-info');
  });

  afterAll(() => server.close());

  /** Its command with stand-ins on the path: git that writes down its words, and a CLI that says where it is. */
  async function run(secret: string) {
    const { container } = init(url, 'fleets/eu');
    const work = temporaryFolder(
      new Map([
        ['bin/git', `#!/bin/sh\nprintf '%s\\n' "$@" >> "$HOME/words"\nPATH="\${PATH#*:}" exec git "$@"\n`],
        ['bin/stowage', '#!/bin/sh\npwd\nhead -2 stowage.yaml\necho "$@"\n'],
      ]),
    );
    for (const name of ['git', 'stowage']) chmodSync(join(work, 'bin', name), 0o755);
    const [program = '', ...words] = container.command;
    const plain = container.env.filter(({ value }) => value !== undefined);
    const child = spawn(program, words, {
      cwd: work,
      env: {
        ...Object.fromEntries(plain.map(({ name, value }) => [name, value])),
        PATH: `${join(work, 'bin')}:${process.env.PATH}`,
        HOME: work,
        TMPDIR: work,
        STOWAGE_TOKEN: secret,
      },
    });
    const ended = new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
    const [out, err, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
    return { code, out, err, words: readFileSync(join(work, 'words'), 'utf8'), config: join(work, 'fleet/.git/config'), work };
  }

  test('clones with the token, which stands in no argument and in no file, and promotes in the folder of the fleet', async () => {
    const { code, out, err, words, config, work } = await run(token);
    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toBe(`${join(work, 'fleet/fleets/eu')}\napiVersion: stowage.dev/v1\nkind: Fleet\npromote --all --due\n`);
    expect(words).toContain('clone');
    expect(words + readFileSync(config, 'utf8')).not.toContain(token);
  });

  test('stops where the repository does not take the token, and repeats it nowhere', async () => {
    const { code, out, err } = await run('ghp_of_somebody_else');
    expect({ code, out }).toEqual({ code: 128, out: '' });
    expect(err).toContain('Authentication failed');
    expect(err).not.toContain('ghp_of_somebody_else');
  });

  test('gives the token to no other host', async () => {
    const before = tokens.length;
    const work = temporaryFolder();
    const { container } = init('https://git.example.com/shops.git');
    const [program = '', flag = '', script = ''] = container.command;
    const other = spawn(program, [flag, script], {
      cwd: work,
      env: {
        PATH: process.env.PATH,
        HOME: work,
        GIT_TERMINAL_PROMPT: '0',
        FLEET_HOST: 'https://git.example.com',
        FLEET_REPOSITORY: url,
        FLEET_BRANCH: 'main',
        FLEET_FOLDER: '.',
        STOWAGE_TOKEN: token,
      },
    });
    const code = await new Promise((resolve, reject) => other.once('error', reject).once('close', resolve));
    expect(code).toBe(128);
    expect(tokens.slice(before).length).toBeGreaterThan(0);
    expect(tokens.slice(before).every((authorization) => authorization === undefined)).toBe(true);
  });
});

describe('init', () => {
  const call = (description: string, ...words: string[]) => {
    const folder = temporaryFolder(new Map([['stowage.yaml', description]]));
    return { folder, ...stowage(['init', '--argo-workflows', ...words], { in: folder }) };
  };

  test('asks for an image of one version', () => {
    const description = fleet('https://git.example.com/shops.git');
    expect(call(description)).toMatchObject({
      code: 2,
      err: expect.stringContaining('--argo-workflows and --image go together'),
    });
    for (const name of ['stowage', 'a/b', 'a/b@sha256:12', 'A/b:1', 'a/b:1 c', 'a/b:{{x}}'])
      expect(call(description, '--image', name), name).toMatchObject({ code: 2, err: expect.stringContaining('names no image') });
    for (const name of ['stowage:1', 'localhost:5000/stowage:1', `a.example/b/c@sha256:${'0'.repeat(64)}`])
      expect(call(description, '--image', name), name).toMatchObject({ code: 0 });
  });

  test.each([
    ['nothing is promoted', fleet('https://git.example.com/shops.git').replace(/ {2}promotion.*\n/, ''), 'has no `promotion`'],
    ['stowage.yaml has problems', fleet('https://git.example.com/shops.git', 'never'), 'stowage.yaml has problems'],
    ['the address is no web address', fleet('git@git.example.com:shops.git'), 'cannot clone the address'],
    ['the address has a password in it', fleet('https://me:word@git.example.com/shops.git'), 'cannot clone the address'],
  ])('refuses where %s', (_, description, said) => {
    const { code, err, folder } = call(description, '--image', image);
    expect({ code, err }).toEqual({ code: 3, err: expect.stringContaining(said) });
    expect(existsSync(join(folder, path))).toBe(false);
  });

  test('keeps what is there, and overwrites nothing that somebody changed', () => {
    const { folder } = call(fleet('https://git.example.com/shops.git'), '--image', image);
    const again = () => stowage(['init', '--argo-workflows', '--image', image], { in: folder });
    expect(again()).toMatchObject({ code: 0, out: 'the files for Argo Workflows are there already\n' });
    writeFileSync(join(folder, path), '# mine\n');
    expect(again()).toMatchObject({ code: 2, err: expect.stringContaining(`${path} exists already; nothing was written`) });
  });
});
