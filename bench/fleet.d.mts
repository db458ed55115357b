export interface DescribedEnvironment {
  readonly name: string;
  readonly cluster: string;
  readonly region: string;
  readonly systems: Readonly<Record<string, Readonly<Record<string, string | number>>>>;
}

export const systems: readonly string[];
export const objectsPerSystem: number;
export function describeEnvironments(count: number, names?: readonly string[]): DescribedEnvironment[];
export function fleetFiles(count: number, names?: readonly string[]): Map<string, string>;
export function writeFleet(count: number, folder: string): void;
export function environmentPath(environment: DescribedEnvironment): string;
