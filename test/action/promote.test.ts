import { spawnSync } from 'node:child_process';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { repository, temporaryFolder } from '../support/fleet-files.ts';
import { action } from './composite-action.ts';

/** Stands for the CLI: writes down what it was called with, and answers what the test says. */
const stand = `const { readFileSync, writeFileSync } = require('node:fs');
const { STOWAGE_TOKEN, ARGOCD_AUTH_TOKEN } = process.env;
writeFileSync(__dirname + '/call.json', JSON.stringify({ words: process.argv.slice(2), STOWAGE_TOKEN, ARGOCD_AUTH_TOKEN }));
const { code, out, err } = JSON.parse(readFileSync(__dirname + '/answer.json', 'utf8'));
process.stdout.write(typeof out === 'string' ? out : JSON.stringify(out));
process.stderr.write(err);
process.exitCode = code;
`;

const folder = temporaryFolder(new Map([['bin/stowage.cjs', stand]]));
cpSync(join(repository, 'action'), join(folder, 'action'), { recursive: true });

/** The scripts of the action as its last step starts them, with a stand-in for the CLI. */
function run(answer: { code: number; out: unknown; err?: string }, given: Readonly<Record<string, string>> = {}) {
  writeFileSync(join(folder, 'bin/answer.json'), JSON.stringify({ err: '', ...answer }));
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
      INPUT_COMMAND: 'promote',
      STOWAGE_TOKEN: 'of the host',
      ARGOCD_AUTH_TOKEN: 'of Argo CD',
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
    call: JSON.parse(readFileSync(join(folder, 'bin/call.json'), 'utf8')) as { words: string[] },
  };
}

test('promotes what is due with both tokens, and says each thing that it did', () => {
  const results = [
    { outcome: 'opened', key: 'prod-eu/shop', pullRequest: { number: 7, url: 'https://git.example.com/7' } },
    { outcome: 'waiting', key: 'prod-us/shop', reason: 'it is frozen' },
  ];
  const { code, out, summary, outputs, call } = run({ code: 0, out: { results } });
  expect({ code, outputs }).toEqual({ code: 0, outputs: 'changed=true\nhazards=0\n' });
  expect(call).toEqual({
    words: ['promote', '--all', '--due', '--json'],
    STOWAGE_TOKEN: 'of the host',
    ARGOCD_AUTH_TOKEN: 'of Argo CD',
  });
  const said = 'opened prod-eu/shop #7 https://git.example.com/7\nwaiting prod-us/shop: it is frozen\n';
  expect(summary).toBe(`## Stowage\n\n\`\`\`text\n${said}\`\`\`\n`);
  expect(out).toMatch(/^::stop-commands::([0-9a-f]{32})\nopened [\s\S]*\n::\1::\n$/);
});

test('counts what is blocked, and a dry run changes nothing', () => {
  const results = [
    { outcome: 'opened', key: 'a/b' },
    { outcome: 'blocked', key: 'a/c', reason: 'no', advice: 'wait' },
  ];
  const { code, outputs, summary, call } = run({ code: 1, out: { results } }, { INPUT_DRY_RUN: 'true' });
  expect({ code, outputs }).toEqual({ code: 1, outputs: 'changed=false\nhazards=1\n' });
  expect(summary).toContain('blocked a/c: no; wait\n');
  expect(call.words).toContain('--dry-run');
});

test('says so when nothing is due, and repeats what went wrong', () => {
  expect(run({ code: 0, out: { results: [] } })).toMatchObject({ code: 0, summary: expect.stringContaining('nothing is due') });
  const failed = run({ code: 3, out: '', err: 'error: the host does not answer\n' });
  expect(failed).toMatchObject({ code: 3, outputs: 'changed=false\nhazards=0\n' });
  expect(failed.summary).toContain('the host does not answer');
});

test('no other command is given the token of Argo CD', () => {
  const { call } = run({ code: 0, out: { results: [] } }, { INPUT_COMMAND: 'publish' });
  expect(call).toMatchObject({ words: ['publish', '--json'], STOWAGE_TOKEN: 'of the host' });
  expect(call).not.toHaveProperty('ARGOCD_AUTH_TOKEN');
});
