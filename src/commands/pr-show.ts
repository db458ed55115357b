import type { CommitStatus, Forge, PersonReview, PullRequest } from '../forge/forge.ts';
import { withoutMarker } from '../publish/marker.ts';
import { Failure } from '../store/fail.ts';
import { type CommandContext, type CommonOptions, exitCodes } from './command-context.ts';
import { printable } from './printable.ts';
import { pullToJson } from './pull-to-json.ts';

/** A pull request with what people and checks say of it. */
export async function showOne(
  pull: PullRequest,
  forge: Forge,
  options: CommonOptions,
  { out, err, palette }: CommandContext,
): Promise<number> {
  const reviews = await forge.reviews(pull.number);
  const statuses = await forge.statuses(pull.head.sha).catch((error: unknown) => {
    // Not every token may see checks, and the rest is worth seeing without.
    if (!(error instanceof Failure)) throw error;
    err(`${error.message}${error.hint === undefined ? '' : `\n  → ${error.hint}`}\n`);
    return null;
  });
  if (options.json === true) {
    out(`${JSON.stringify({ command: 'pr', pullRequest: pullToJson(pull), reviews, statuses }, null, 2)}\n`);
    return exitCodes.clean;
  }
  const lines = [
    palette.strong(`#${pull.number} ${printable(pull.title)}`),
    `${pull.state}, ${pull.head.branch} at ${pull.head.sha.slice(0, 12)} into ${pull.base}${pull.labels.length === 0 ? '' : `, ${pull.labels.join(', ')}`}`,
    ...reviews.map((review) => `  ${describeReview(review, pull.head.sha)}`),
    ...(statuses ?? []).map((status) => `  ${describeStatus(status)}`),
  ];
  out(`${lines.join('\n')}\n\n${printable(withoutMarker(pull.body))}\n`);
  return exitCodes.clean;
}

function describeReview({ by, state, sha }: PersonReview, head: string): string {
  const verdict = state === 'approved' ? 'approved by' : 'changes requested by';
  return `${verdict} ${oneLine(by)}${sha === head ? '' : ` at ${sha.slice(0, 12)}, which is not what is offered now`}`;
}

function describeStatus({ context, state, description }: CommitStatus): string {
  return `${state} ${oneLine(context)}${description === '' ? '' : `: ${oneLine(description)}`}`;
}

function oneLine(text: string): string {
  return printable(text).replaceAll('\n', ' ');
}
