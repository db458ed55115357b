import { didYouMean } from '../diagnostics/suggest.ts';
import type { Description } from './description.ts';
import { type Refusal, refuse } from './refusal.ts';

/** What of all is meant; everything where nothing is said. */
export interface Selected {
  readonly environment?: readonly string[] | undefined;
  readonly system?: readonly string[] | undefined;
}

/** A selection of what does not exist would find nothing to do, and say so for ever. */
export function unknownSelected(
  { environment = [], system = [] }: Selected,
  { environments, inputs }: Pick<Description, 'environments' | 'inputs'>,
): Refusal | undefined {
  const systems = [...new Set(inputs.releases.map((release) => release.system))];
  const strange = environment.find((name) => !environments.has(name));
  if (strange !== undefined)
    return refuse(`there is no environment \`${strange}\``, didYouMean(strange, [...environments.keys()]));
  const unknown = system.find((name) => !systems.includes(name));
  if (unknown !== undefined) return refuse(`there is no System \`${unknown}\``, didYouMean(unknown, systems));
  const running = environment.flatMap((name) => Object.keys(environments.get(name)?.spec.systems ?? {}));
  if (environment.length === 0 || system.length === 0 || system.some((name) => running.includes(name))) return undefined;
  const advice = running.length === 0 ? undefined : `what runs there: ${[...new Set(running)].join(', ')}`;
  return refuse(`no ${system.join(' or ')} runs in ${environment.join(' or ')}`, advice);
}
