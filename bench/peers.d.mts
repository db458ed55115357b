import type { DescribedEnvironment } from './fleet.mjs';

export const peersFolder: string;
export function findPeer(name: string): string | undefined;
export function jsonnetWords(folder: string): string[];
export function renderWithJsonnet(
  jsonnet: string,
  environments: readonly DescribedEnvironment[],
  folder: string,
): Map<string, unknown[]>;
