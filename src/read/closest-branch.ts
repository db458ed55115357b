import type * as z from 'zod';

type Issue = z.core.$ZodIssue;

/** Of a union, the branch whose complaints lie inside the value is the one that was meant. */
export function closestBranch(branches: readonly (readonly Issue[])[]): readonly Issue[] | undefined {
  const inside = branches.filter((issues) =>
    issues.every((issue) => issue.path.length > 0 || issue.code === 'unrecognized_keys'),
  );
  return inside.sort((a, b) => a.length - b.length)[0];
}
