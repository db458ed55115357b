// The one step of the action that does something. It starts processes by lists of words, never by a text for a shell.

import { check } from './check.mjs';
import { drift } from './drift.mjs';
import { readInputs } from './inputs.mjs';
import { promote } from './promote.mjs';
import { publish } from './publish.mjs';
import { tell, write } from './report.mjs';

const commands = { check, plan: check, publish, promote, drift };
const inputs = readInputs(process.env);
if ('problem' in inputs) {
  tell(`::error::${inputs.problem}`);
  process.exitCode = 2;
} else {
  const { code, changed, hazards, text } = commands[inputs.command](inputs);
  write(process.env.GITHUB_STEP_SUMMARY, text);
  write(process.env.GITHUB_OUTPUT, `changed=${changed}\nhazards=${hazards}\n`);
  process.exitCode = code;
}
