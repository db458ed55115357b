import type { AssumedFacts } from '../compile/assume-facts.ts';
import { supportedMinors } from '../kubernetes/load-schemas.ts';
import { UsageError } from './command-context.ts';

/** What `--what-if` says. */
export function parseAssumption(text: string): AssumedFacts {
  const [, key, value = ''] = /^([^=]*)=(.*)$/.exec(text) ?? [undefined, text];
  if (key !== 'kubernetes') throw new UsageError(`--what-if knows no fact \`${key}\``, 'it takes `kubernetes=<version>`');
  if (!supportedMinors.includes(value))
    throw new UsageError(`there are no schemas of Kubernetes \`${value}\` here`, `supported are ${supportedMinors.join(', ')}`);
  return { kubernetes: value };
}
