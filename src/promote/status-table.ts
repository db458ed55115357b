import { headRelease } from '../read/sort-inputs.ts';
import { type ChangeResult, carryOut } from './carry-out.ts';
import { settingsOf } from './description.ts';
import type { Desk } from './desk.ts';
import { entriesOf, type PastEnvironment, pastOf } from './earlier-entries.ts';
import { wavesOf } from './pipeline.ts';
import type { Selected } from './selected.ts';
import type { Surroundings } from './surroundings.ts';

/** One system in one environment of its pipeline. */
export interface StatusRow {
  readonly system: string;
  readonly environment: string;
  /** Counted from 0. */
  readonly wave: number;
  readonly release: string;
  /** ISO 8601: when the branch got this release; null where its history does not say. */
  readonly since: string | null;
  /** What would come next; null where it has all that the wave before has. */
  readonly next: string | null;
  readonly pullRequest: number | null;
  /** Where it is to be seen; null where its host has no pages. */
  readonly url: string | null;
  /** What it waits for, in words. */
  readonly waits: readonly string[];
}

/** The pipelines as they stand: what runs where since when, what would come next, and what that waits for. */
export async function statusTable(selected: Selected, around: Surroundings, desk: Desk): Promise<StatusRow[]> {
  const { description, base } = around.state;
  const known = new Map<string, Promise<PastEnvironment[]>>();
  const past = (path: string) => {
    const asked = known.get(path) ?? pastOf(path, base, desk);
    known.set(path, asked);
    return asked;
  };
  const rows: StatusRow[] = [];
  const systems = [...new Set(description.inputs.releases.map(({ system }) => system))].sort();
  for (const system of systems) {
    if (selected.system?.includes(system) === false) continue;
    for (const [wave, environments] of wavesOf(description, system).entries())
      for (const environment of environments)
        if (selected.environment?.includes(environment) !== false)
          rows.push(await row({ system, environment, wave }, around, past, desk));
  }
  return rows;
}

async function row(
  { system, environment, wave }: Pick<StatusRow, 'system' | 'environment' | 'wave'>,
  around: Surroundings,
  past: (path: string) => Promise<PastEnvironment[]>,
  desk: Desk,
): Promise<StatusRow> {
  const described = around.state.description.environments.get(environment);
  const release = (described === undefined ? undefined : settingsOf(described, system)?.release) ?? headRelease;
  const entries = described === undefined ? [] : entriesOf(await past(described.path), system);
  const changed = entries.findIndex(({ settings }) => (settings.release ?? headRelease) !== release);
  const first = (changed < 0 ? entries : entries.slice(0, changed)).at(-1);
  const pull = around.promotions.get(`${environment}/${system}`);
  const next =
    wave === 0
      ? undefined
      : await carryOut({ kind: 'promote', system, to: environment, include: [] }, desk, { dryRun: true, due: true }, around);
  return {
    system,
    environment,
    wave,
    release,
    since: first === undefined ? null : new Date(first.time * 1000).toISOString(),
    next: next?.proposal?.intent.title ?? null,
    pullRequest: pull?.number ?? null,
    url: pull?.url ?? null,
    waits: next === undefined ? [] : waitsFor(next, pull !== undefined),
  };
}

function waitsFor(next: ChangeResult, pending: boolean): string[] {
  if (next.outcome === 'refused') return [next.reason ?? 'refused'];
  if (next.outcome !== 'preview') return [];
  const held = [...next.gates.map(({ text }) => text), ...(next.reason === undefined ? [] : [next.reason])];
  return held.length > 0 ? held : [pending ? 'the pull request is not merged' : 'nobody has promoted it'];
}
