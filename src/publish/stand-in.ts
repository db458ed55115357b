import type { PullRequestText } from '../forge/forge.ts';
import type { Commit } from '../git/commit.ts';
import { asCode } from '../plan/escape-markdown.ts';
import { withMarker } from './marker.ts';

/** The text for a commit that another run pushed, out of what the commit itself says; the next run tells it whole. */
export function standIn(key: string, { message }: Commit): Pick<PullRequestText, 'title' | 'body'> {
  const [subject = '', ...rest] = message.split('\n');
  const lines = rest
    .join('\n')
    .trim()
    .split('\n\n')[0]
    ?.split('\n')
    .map((line) => `- ${asCode(line)}`);
  const body = `Two runs published this at once. It changes:\n\n${(lines ?? []).join('\n')}\n\nThe next \`stowage publish\` describes it in full.`;
  return { title: subject, body: withMarker(body, { key, content: '', commit: '' }) };
}
