import type { ResolvedSystem } from '../resolve/resolved.ts';

/** What to type. */
export function sealCommand(system: ResolvedSystem, secret: string, key?: string): string {
  return `\`stowage seal -e ${String(system.environment)} -s ${system.name} ${secret}${key === undefined ? '' : `/${key}`}\``;
}
