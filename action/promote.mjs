import { describe, parse } from './answer.mjs';
import { fenced, tellQuoted } from './report.mjs';
import { stowage } from './stowage.mjs';

/** Offers and merges what is due; what waits for its time or for a person is no reason to fail. */
export function promote(inputs) {
  const words = ['promote', '--all', '--due', '--json', ...(inputs.dryRun ? ['--dry-run'] : [])];
  const { code, out, err } = stowage(words, inputs, { token: inputs.token, argocdToken: inputs.argocdToken });
  const answer = parse(out);
  const told = answer === undefined ? err : describe(answer, 'nothing is due');
  tellQuoted(told, inputs);
  const results = answer?.results ?? [];
  const count = (...outcomes) => results.filter(({ outcome }) => outcomes.includes(outcome)).length;
  const changed = !inputs.dryRun && count('opened', 'updated', 'merged', 'closed') > 0;
  return { code, changed, hazards: count('blocked'), text: `## Stowage\n\n${fenced(told)}` };
}
