import { convention } from '../model/origin.ts';
import { entriesOf, type Tracked } from '../model/tracked.ts';
import type { Environment } from '../read/read-documents.ts';

/** A release that every environment is taken to run of a System, whatever it names. */
export interface AssumedRelease {
  readonly system: string;
  readonly release: string;
}

/** An environment that does not run the System stays as it is. */
export function assumeRelease(environment: Environment, { system, release }: AssumedRelease): Environment {
  const spec = environment.document.value.spec;
  const systems = entriesOf(spec.value.systems as Tracked<Record<string, unknown>>).map(([name, settings]) => {
    if (name !== system) return [name, settings];
    const named = { value: release, origin: convention('assumed in place of what the environment names') };
    return [name, { ...settings, value: { ...(settings.value as object), release: named } }];
  });
  const changed = { ...spec.value, systems: { ...spec.value.systems, value: Object.fromEntries(systems) } };
  const document = { ...environment.document.value, spec: { ...spec, value: changed } };
  return { ...environment, document: { ...environment.document, value: document } as Environment['document'] };
}
