import { asCode } from '../plan/escape-markdown.ts';
import type { ChangeSet } from './change-set.ts';
import type { Review } from './publish-request.ts';

const listed = 300;

/** A review of the files alone. */
export function describeFiles({ name, files }: ChangeSet, inputs: string): Review {
  const lines = files.slice(0, listed).map(({ action, path }) => `- ${action} ${asCode(path)}`);
  const more = files.length > listed ? [`- and ${files.length - listed} more`] : [];
  return {
    title: `${name}: ${files.length} ${files.length === 1 ? 'file changes' : 'files change'}`,
    body: [`Compiled from ${asCode(inputs)}.`, '', ...lines, ...more].join('\n'),
    block: undefined,
  };
}
