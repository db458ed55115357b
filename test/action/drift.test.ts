import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect, test } from 'vitest';
import { repository, temporaryFolder } from '../support/fleet-files.ts';
import { action } from './composite-action.ts';

/** Stands for the CLI: writes down what it was called with and what it could read, and answers what the test says. */
const stand = `const { readFileSync, statSync, writeFileSync } = require('node:fs');
const { KUBECONFIG, STOWAGE_TOKEN, ARGOCD_AUTH_TOKEN, STOWAGE_KUBECONFIG } = process.env;
const file = KUBECONFIG?.startsWith('/') ? { text: readFileSync(KUBECONFIG, 'utf8'), mode: statSync(KUBECONFIG).mode & 0o777 } : null;
writeFileSync(__dirname + '/call.json', JSON.stringify({ words: process.argv.slice(2), KUBECONFIG, STOWAGE_TOKEN, ARGOCD_AUTH_TOKEN, STOWAGE_KUBECONFIG, file }));
const { code, out, err } = JSON.parse(readFileSync(__dirname + '/answer.json', 'utf8'));
process.stdout.write(out);
process.stderr.write(err);
process.exitCode = code;
`;

const folder = temporaryFolder(new Map([['bin/stowage.cjs', stand]]));
cpSync(join(repository, 'action'), join(folder, 'action'), { recursive: true });
const temporary = join(folder, 'temporary');
mkdirSync(temporary);

function run(answer: { code: number; out?: string; err?: string }, given: Readonly<Record<string, string>> = {}) {
  writeFileSync(join(folder, 'bin/answer.json'), JSON.stringify({ out: '', err: '', ...answer }));
  for (const name of ['summary', 'outputs']) writeFileSync(join(folder, name), '');
  const usual = Object.entries(action.inputs).map(([name, input]) => [
    `INPUT_${name.toUpperCase().replaceAll('-', '_')}`,
    input.default,
  ]);
  const { status, stdout } = spawnSync(process.execPath, [join(folder, 'action/run.mjs')], {
    cwd: folder,
    encoding: 'utf8',
    env: {
      ...Object.fromEntries(usual),
      INPUT_COMMAND: 'drift',
      STOWAGE_TOKEN: 'of the host',
      ARGOCD_AUTH_TOKEN: 'of Argo CD',
      STOWAGE_KUBECONFIG: 'contexts: []\n',
      RUNNER_TEMP: temporary,
      GITHUB_STEP_SUMMARY: join(folder, 'summary'),
      GITHUB_OUTPUT: join(folder, 'outputs'),
      ...given,
    },
  });
  return {
    code: status,
    out: stdout,
    summary: readFileSync(join(folder, 'summary'), 'utf8'),
    outputs: readFileSync(join(folder, 'outputs'), 'utf8'),
    call: JSON.parse(readFileSync(join(folder, 'bin/call.json'), 'utf8')),
  };
}

test('looks with the kubeconfig in a file that nobody else reads, which is gone afterwards', () => {
  const { code, outputs, call } = run({ code: 0, out: '## Drift\n\nnone\n' });
  expect({ code, outputs }).toEqual({ code: 0, outputs: 'changed=false\nhazards=0\n' });
  expect(call).toEqual({
    words: ['drift', '--markdown', '--issue'],
    KUBECONFIG: expect.any(String),
    STOWAGE_TOKEN: 'of the host',
    file: { text: 'contexts: []\n', mode: 0o600 },
  });
  expect(relative(temporary, call.KUBECONFIG)).not.toMatch(/^\.\./);
  expect(existsSync(call.KUBECONFIG)).toBe(false);
  expect(readdirSync(temporary)).toEqual([]);
});

test('without one takes that of the runner', () => {
  expect(run({ code: 0 }, { STOWAGE_KUBECONFIG: '', KUBECONFIG: 'of the runner' }).call).toMatchObject({
    KUBECONFIG: 'of the runner',
    file: null,
  });
});

test('fails with what is new, and shows the report where the runner keeps it', () => {
  const { code, out, outputs, summary } = run({ code: 1, out: '## Drift\n\n::error::2 new\n' });
  expect({ code, outputs }).toEqual({ code: 1, outputs: 'changed=true\nhazards=0\n' });
  expect(summary).toBe('## Drift\n\n::error::2 new\n');
  expect(out).toMatch(/^::stop-commands::([0-9a-f]{32})\n## Drift\n\n::error::2 new\n::\1::\n$/);
});

test('what could not be seen is told beside the report, and is no drift', () => {
  const { code, outputs, summary } = run({ code: 3, out: '## Drift\n', err: 'error: cannot reach east\n' });
  expect({ code, outputs }).toEqual({ code: 3, outputs: 'changed=false\nhazards=0\n' });
  expect(summary).toBe('## Drift\n\n```text\nerror: cannot reach east\n```\n');
});

test('looks at some clusters only where these are named', () => {
  const { words } = run({ code: 0 }, { INPUT_CLUSTERS: 'east  west' }).call;
  expect(words).toEqual(['drift', '--markdown', '--issue', '--cluster=east', '--cluster=west']);
});

test('on trial touches no issue', () => {
  expect(run({ code: 0 }, { INPUT_DRY_RUN: 'true' }).call.words).toEqual(['drift', '--markdown']);
});
