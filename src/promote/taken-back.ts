import { deepEqual } from '../model/deep-equal.ts';
import { settingsOf } from './description.ts';
import type { Desk } from './desk.ts';
import { entriesOf, pastOf } from './earlier-entries.ts';
import type { Gate } from './gate.ts';
import type { Intent } from './intent.ts';
import type { State } from './read-state.ts';

/**
 * Whether the target had all that would be promoted, and has not any more: somebody took it back, and no schedule may
 * bring it again. Who promotes by hand knows.
 */
export async function takenBackGate(
  { environment, system, fields, release }: Intent,
  { description, base }: State,
  desk: Desk,
): Promise<Gate[]> {
  const described = description.environments.get(environment ?? '');
  if (described === undefined || settingsOf(described, system) === undefined) return [];
  const past = entriesOf(await pastOf(described.path, base, desk), system).slice(1);
  const taken = fields.filter((field) => field.taken);
  const had = past.find(({ settings }) => taken.every(({ path, source }) => deepEqual(valueAt(settings, path), source)));
  if (had === undefined) return [];
  const what = release === undefined ? 'this configuration' : release.after;
  const text = `${described.name} had ${what} at ${had.commit.slice(0, 7)} and was taken back: promote it by hand`;
  return [{ kind: 'wave', state: 'waiting', text }];
}

function valueAt(settings: unknown, path: readonly string[]): unknown {
  return path.reduce<unknown>(
    (value, key) =>
      typeof value === 'object' && value !== null && Object.hasOwn(value, key)
        ? (value as Record<string, unknown>)[key]
        : undefined,
    settings,
  );
}
