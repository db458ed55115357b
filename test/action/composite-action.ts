import { spawn } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { repository, temporaryFolder } from '../support/fleet-files.ts';
import type { Ended } from '../support/run-cli.ts';
import { type Action, actionSchema, type Workflow, workflowSchema } from './workflow-schema.ts';

export const action: Action = actionSchema.parse(parse(readFileSync(join(repository, 'action.yml'), 'utf8')));

export function readWorkflow(text: string): Workflow {
  return workflowSchema.parse(parse(text));
}

export interface Run extends Ended {
  readonly summary: string;
  readonly outputs: Readonly<Record<string, string>>;
}

/** What a runner gives to expressions; those of a workflow see no `inputs` of the action. */
export type Contexts = Readonly<Record<string, string>>;

/** The last step of a workflow, the one that uses this action, as a runner runs it: inputs, then environment, then bash. */
export async function runWorkflow(
  text: string,
  { event, contexts, variables, folder }: { event: object; contexts: Contexts; variables: Contexts; folder: string },
): Promise<Run> {
  const { jobs } = readWorkflow(text);
  const given = Object.values(jobs)[0]?.steps.at(-1)?.with ?? {};
  const inputs = Object.fromEntries(
    Object.entries(action.inputs).map(([name, { default: usual = '' }]) => [
      `inputs.${name}`,
      evaluate(String(given[name] ?? usual), contexts),
    ]),
  );
  const place = temporaryFolder();
  const files = { event: join(place, 'event.json'), summary: join(place, 'summary'), outputs: join(place, 'outputs') };
  writeFileSync(files.event, JSON.stringify(event));
  for (const path of [files.summary, files.outputs]) writeFileSync(path, '');
  const step = action.runs.steps.at(-1);
  const env = Object.fromEntries(
    Object.entries(step?.env ?? {}).map(([name, value]) => [
      name,
      evaluate(value, { ...inputs, 'github.action_path': repository }),
    ]),
  );
  const runner = { GITHUB_EVENT_PATH: files.event, GITHUB_STEP_SUMMARY: files.summary, GITHUB_OUTPUT: files.outputs };
  const ended = await inBash(step?.run ?? '', folder, { ...variables, ...runner, ...env });
  const outputs = readFileSync(files.outputs, 'utf8').trim().split('\n');
  return {
    ...ended,
    summary: readFileSync(files.summary, 'utf8'),
    outputs: Object.fromEntries(outputs.map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)])),
  };
}

/** The little of the expression language that the workflows use. */
function evaluate(text: string, contexts: Contexts): string {
  return text.replace(/\$\{\{ (.+?) \}\}/g, (_, expression: string) =>
    expression
      .split(' || ')
      .map((name) => contexts[name] ?? '')
      .reduce((first, second) => first || second),
  );
}

function inBash(script: string, cwd: string, variables: Contexts): Promise<Ended> {
  const { PATH, HOME } = process.env;
  const child = spawn('bash', ['--noprofile', '--norc', '-eo', 'pipefail', '-c', script], {
    cwd,
    env: { PATH, HOME, ...variables },
  });
  let [out, err] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    err += text;
  });
  return new Promise((resolve, reject) => {
    child.once('error', reject).once('close', (code) => resolve({ code, out, err }));
  });
}
