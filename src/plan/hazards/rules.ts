import { changedImmutableFields } from './changed-immutable-fields.ts';
import { deletions } from './deletions.ts';
import type { HazardKind, HazardRule } from './hazard.ts';
import { lostVolumes } from './lost-volumes.ts';
import { removedVersions } from './removed-versions.ts';
import { restarts } from './restarts.ts';
import { scaledToZero } from './scaled-to-zero.ts';
import { widenedNetwork } from './widened-network.ts';
import { widenedPermissions } from './widened-permissions.ts';
import { widenedPrivileges } from './widened-privileges.ts';

export const hazardRules: readonly HazardRule[] = [
  deletions,
  changedImmutableFields,
  lostVolumes,
  widenedPrivileges,
  widenedPermissions,
  widenedNetwork,
  scaledToZero,
  removedVersions,
  restarts,
];

/** In the order in which they are told. */
export const hazardOrder: readonly HazardKind[] = [
  'delete',
  'immutable',
  'volume',
  'privilege',
  'network',
  'scale-to-zero',
  'capacity',
  'crd-version',
  'restart',
];

/** What cannot be undone by going back to the state before. */
export const blockingKinds: ReadonlySet<HazardKind> = new Set(['delete', 'immutable', 'volume']);
