import type { DescribedEnvironment } from './fleet.mjs';

export function findPeer(name: string): string | undefined;
export function renderWithJsonnet(
  jsonnet: string,
  environments: readonly DescribedEnvironment[],
  folder: string,
): Map<string, unknown[]>;
