import type { Description } from '../promote/description.ts';
import { sortInputs } from '../read/sort-inputs.ts';

/** In place of a description that could not be read yet: a fleet of that name with nothing in it. */
export function noDescription(name: string): Description {
  const files = new Map<string, Uint8Array>();
  return {
    name,
    files,
    inputs: sortInputs(files, () => {}),
    spec: { repository: { url: '' } },
    environments: new Map(),
    clusters: new Map(),
    release: () => undefined,
  };
}
