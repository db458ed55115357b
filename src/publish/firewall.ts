import type { Hazard } from '../plan/hazards/hazard.ts';
import type { Block } from './block.ts';

const shown = 8;

/** What would be deleted, replaced or lost goes on only where somebody named it: `Kind/name`, or with its overlay before it. */
export function firewall(hazards: readonly Hazard[], allowed: readonly string[]): Block | undefined {
  const stopped = hazards.filter(
    ({ blocking, object, overlay }) => blocking && !allowed.includes(object) && !allowed.includes(`${overlay}/${object}`),
  );
  if (stopped.length === 0) return undefined;
  const lines = stopped.slice(0, shown).map(({ kind, overlay, object, text }) => `\n  ${kind} ${overlay}/${object}: ${text}`);
  const more = stopped.length > shown ? `\n  and ${stopped.length - shown} more` : '';
  const names = [...new Set(stopped.map(({ object }) => object))];
  const options = names.slice(0, shown).map((name) => `--allow-delete ${name}`);
  return {
    reason: `it deletes, replaces or loses what nobody has agreed to:${lines.join('')}${more}`,
    advice: `if that is meant, name each: ${options.join(' ')}${names.length > shown ? ' …' : ''}`,
  };
}
