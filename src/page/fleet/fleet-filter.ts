import type { Cell, EnvironmentRow } from '../../report/report.ts';
import type { Route } from '../base/route.ts';
import { needsAttention } from './cell-signs.ts';
import type { FleetRow, FleetTable } from './fleet-table.ts';

/** What of the fleet is looked for; empty words choose all. */
export interface FleetFilter {
  readonly find: string;
  readonly cluster: string;
  readonly stage: string;
  readonly system: string;
  readonly profile: string;
  readonly attention: boolean;
}

export function filterOf({ query }: Pick<Route, 'query'>): FleetFilter {
  const { find = '', cluster = '', stage = '', system = '', profile = '', attention = '' } = query;
  return { find, cluster, stage, system, profile, attention: attention === 'needed' };
}

/** Which cells answer a filter, for each environment one letter for each column: `1` does, `0` does not, `-` has none. */
export type FleetMasks = ReadonlyMap<string, string>;

export interface Filtered {
  readonly masks: FleetMasks;
  readonly environments: number;
  readonly overlays: number;
}

/** An environment is shown as long as one of its systems answers. */
export function filterFleet({ waves }: FleetTable, filter: FleetFilter): Filtered {
  const words = filter.find.toLowerCase().split(/\s+/).filter(Boolean);
  const masks = new Map<string, string>();
  for (const { rows } of waves)
    for (const row of rows) masks.set(row.environment.name, environmentAnswers(row, filter) ? maskOf(row, filter, words) : '');
  const all = [...masks.values()];
  return {
    masks,
    environments: all.filter(isShown).length,
    overlays: all.reduce((sum, mask) => sum + [...mask].filter((letter) => letter === '1').length, 0),
  };
}

export function isShown(mask: string): boolean {
  return mask.includes('1');
}

function maskOf({ environment, cells }: FleetRow, filter: FleetFilter, words: readonly string[]): string {
  return cells
    .map((cell) => (cell === undefined ? '-' : cellAnswers(cell, filter) && said(environment, cell, words) ? '1' : '0'))
    .join('');
}

function environmentAnswers({ environment }: FleetRow, { cluster, stage }: FleetFilter): boolean {
  return (cluster === '' || environment.cluster === cluster) && (stage === '' || environment.stage === stage);
}

function cellAnswers(cell: Cell, { system, profile, attention }: FleetFilter): boolean {
  if (system !== '' && cell.system !== system) return false;
  if (profile !== '' && !cell.profiles.includes(profile)) return false;
  return !attention || needsAttention(cell);
}

function said({ name, cluster, stage }: EnvironmentRow, cell: Cell, words: readonly string[]): boolean {
  if (words.length === 0) return true;
  const text = [name, cluster, stage, cell.system, cell.release, cell.namespace, ...cell.profiles].join('\n').toLowerCase();
  return words.every((word) => text.includes(word));
}
