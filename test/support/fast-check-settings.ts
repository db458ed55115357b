import fc from 'fast-check';

/**
 * The same fleets in every run, so that a red build stays red. `FC_SEED=$RANDOM npx vitest run test/properties`
 * looks elsewhere, `FC_RUNS=10` ten times as long; on failure fast-check prints the seed and the path to it.
 */
export const seed = Number(process.env.FC_SEED ?? 20260822);
const factor = Number(process.env.FC_RUNS ?? 1);

export function settings(runs: number): { seed: number; numRuns: number; endOnFailure: boolean } {
  return { seed, numRuns: Math.ceil(runs * factor), endOnFailure: process.env.FC_SHRINK === undefined };
}

fc.configureGlobal({ verbose: 0 });
