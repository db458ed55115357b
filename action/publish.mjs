import { describe, parse } from './answer.mjs';
import { fenced, tellQuoted } from './report.mjs';
import { stowage } from './stowage.mjs';

/** Offers what is compiled; what is blocked fails the job, after everything else was offered. */
export function publish(inputs) {
  const words = [
    ...(inputs.group === '' ? [] : [`--group=${inputs.group}`]),
    ...inputs.environments.map((name) => `--environment=${name}`),
    ...inputs.allowDelete.map((name) => `--allow-delete=${name}`),
    ...(inputs.dryRun ? ['--dry-run'] : []),
  ];
  const { code, out, err } = stowage(['publish', '--json', ...words], inputs, { token: inputs.token });
  const answer = parse(out);
  const told = answer === undefined ? err : describe(answer, 'the config repository holds what the fleet describes');
  tellQuoted(told, inputs);
  const results = answer?.results ?? [];
  const count = (...outcomes) => results.filter(({ outcome }) => outcomes.includes(outcome)).length;
  const changed = !inputs.dryRun && count('opened', 'updated', 'closed') > 0;
  return { code, changed, hazards: count('blocked'), text: `## Stowage\n\n${fenced(told)}` };
}
