import type { Key } from './key.ts';

interface Selected {
  readonly environment?: readonly string[];
  readonly system?: readonly string[];
}

/** Whether a key is one that was asked for by `-e` and `-s`. */
export function selectsKey({ environment = [], system = [] }: Selected): (key: Key) => boolean {
  const has = (names: readonly string[], name: string) => names.length === 0 || names.includes(name);
  return (key) => {
    switch (key.scope) {
      case 'system':
        return has(environment, key.environment) && has(system, key.system);
      case 'environment':
        return has(environment, key.environment) && system.length === 0;
      case 'base':
        return environment.length === 0 && has(system, key.system);
      default:
        return environment.length + system.length === 0;
    }
  };
}
