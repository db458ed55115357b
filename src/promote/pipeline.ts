import { type Description, settingsOf } from './description.ts';

/** Environments in the order in which they get what is new; those of one wave beside each other. */
export type Waves = readonly (readonly string[])[];

/** The waves of one system: its own, else those of all, without environments that do not run it. */
export function wavesOf({ spec, environments }: Pick<Description, 'spec' | 'environments'>, system: string): Waves {
  const own = spec.promotion?.systems;
  const written = own !== undefined && Object.hasOwn(own, system) ? own[system] : spec.promotion?.pipeline;
  const runs = (name: string) => {
    const environment = environments.get(name);
    return environment !== undefined && settingsOf(environment, system) !== undefined;
  };
  return (written ?? []).map((wave) => (typeof wave === 'string' ? [wave] : wave).filter(runs)).filter((wave) => wave.length > 0);
}

/** The position of an environment; -1 where the waves do not have it. */
export function waveOf(waves: Waves, environment: string): number {
  return waves.findIndex((wave) => wave.includes(environment));
}

/** Every system and environment that something can be promoted to, in the order of the waves. */
export function destinations(description: Description): { readonly system: string; readonly environment: string }[] {
  const systems = [...new Set(description.inputs.releases.map(({ system }) => system))].sort();
  return systems.flatMap((system) =>
    wavesOf(description, system)
      .slice(1)
      .flatMap((wave) => wave.map((environment) => ({ system, environment }))),
  );
}
