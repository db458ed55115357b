import type { SystemSettings } from '../../../src/language/environment.ts';
import { type Description, settingsOf } from '../../../src/promote/description.ts';
import { classOf } from '../../../src/promote/field-class.ts';
import { differingFields } from '../../../src/promote/fields-of.ts';
import { releaseDigest } from '../../../src/read/read-release.ts';

/** What an environment's entry of a system says in fields of one class, as text that can be compared. */
export function fieldsOfClass(
  wanted: 'carry' | 'hold' | 'local',
  description: Description,
  environment: string,
  system: string,
): string {
  const settings = entryOf(description, environment, system);
  const words = description.release(system, settings.release ?? 'head');
  const fields = differingFields(settings, {}).filter(({ path }) => classOf(path, words).class === wanted);
  return JSON.stringify(fields.map(({ name, source }) => [name, source]).sort());
}

/** What promotion carries as a set, with the release as what it holds rather than as what it is called. */
export function promotedSet(description: Description, environment: string, system: string): string {
  const { release = 'head', ...rest } = entryOf(description, environment, system);
  const words = description.release(system, release);
  const fields = differingFields(rest, {}).filter(({ path }) => classOf(path, words).class === 'carry');
  const input = description.inputs.releases.find((one) => one.system === system && one.release === release);
  const digest = input === undefined ? 'none' : releaseDigest(description.files, input);
  return JSON.stringify([digest, ...fields.map(({ name, source }) => [name, source]).sort()]);
}

function entryOf(description: Description, environment: string, system: string): SystemSettings {
  const described = description.environments.get(environment);
  const settings = described === undefined ? undefined : settingsOf(described, system);
  if (settings === undefined) throw new Error(`${environment} does not run ${system}`);
  return settings;
}
