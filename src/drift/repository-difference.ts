import { overlayOfApplication } from '../plan/render-fleet.ts';
import type { Difference } from './difference.ts';
import { differenceDigest, differenceId } from './difference-id.ts';
import { type DriftedFile, isByHand } from './published-file.ts';
import type { ObjectDrift } from './published-objects.ts';

/** What a difference is of. */
export interface About {
  readonly cluster: string;
  readonly overlay: string;
  /** Files that somebody edited by hand and that it may come from. */
  readonly edited: readonly string[];
}

const takesBack = 'take the edit back with `stowage drift --revert`, or carry it into the description and publish that';
const publishes = '`stowage publish` offers what the description compiles to';

export function overlayDifference({ cluster, overlay, edited }: About, isMeant: boolean): Difference {
  return {
    id: differenceId({ between: 'repository', cluster, overlay }),
    between: 'repository',
    what: 'unpublished',
    cluster,
    overlay,
    because: [],
    summary: isMeant
      ? 'the description runs it here, and the repository does not have it'
      : 'the repository has it, and the description does not run it here',
    advice: isMeant || edited.length === 0 ? publishes : takesBack,
    digest: differenceDigest('unpublished', isMeant ? 'absent' : 'present'),
  };
}

export function objectDifference(drift: ObjectDrift, { cluster, overlay, edited }: About): Difference {
  const { object, field, address, side, declared, live, hashed, concealed, because } = drift;
  return {
    id: differenceId({ between: 'repository', cluster, overlay, object, field }),
    between: 'repository',
    what: 'unpublished',
    cluster,
    overlay,
    object,
    ...(field === undefined ? {} : { field, address: address ?? [] }),
    ...(declared === undefined ? {} : { declared }),
    ...(live === undefined ? {} : { live }),
    ...(concealed ? { concealed: true as const } : {}),
    because,
    summary: `${sideText(side, field)}${edited.length === 0 ? '' : `; edited by hand: ${edited.slice(0, 3).join(', ')}`}`,
    advice: edited.length === 0 ? publishes : takesBack,
    digest: differenceDigest('unpublished', hashed),
  };
}

function sideText(side: ObjectDrift['side'], field: string | undefined): string {
  if (side === 'declared') return 'the description has it, and the repository does not';
  if (side === 'live') return 'the repository has it, and the description does not';
  return field === undefined ? 'the repository has another' : 'the repository has another value than the description';
}

const troubles = {
  missing: 'the file is not in the repository',
  obsolete: 'the description has no such file any more',
  outdated: 'it was compiled from another description',
  edited: 'a generated file that somebody edited by hand',
  foreign: 'a file that Stowage did not write, where generated files lie',
} as const;

/** Its id ends with the path, which stands in place of a field. */
export function fileDifference(file: DriftedFile, cluster: string): Difference {
  const { path, trouble, sameMeaning, theirs } = file;
  const overlay = overlayOfApplication(path) ?? /^overlays\/([^/]+\/[^/]+)\//.exec(path)?.[1];
  const owner = overlay === undefined ? {} : { overlay };
  return {
    id: differenceId({ between: 'repository', cluster, ...owner, field: path }),
    between: 'repository',
    what: 'unpublished',
    cluster,
    ...owner,
    field: path,
    because: [],
    summary: `${troubles[trouble]}${sameMeaning ? '; it means the same' : ''}`,
    advice: isByHand(file) ? takesBack : publishes,
    digest: differenceDigest('unpublished', theirs),
  };
}
