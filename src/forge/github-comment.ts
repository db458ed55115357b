import { markerLine } from './comment-marker.ts';
import { doOnce } from './do-once.ts';
import { fitText } from './fit-text.ts';
import type { GitHub } from './github-client.ts';

/** Keeps one comment with the marker at what is to be said. */
export async function writeComment(
  { octokit, repository, options }: GitHub,
  number: number,
  marker: string,
  text: string,
): Promise<void> {
  const first = markerLine(marker);
  const body = fitText(`${first}\n${text}`);
  const place = { ...repository, issue_number: number };
  const find = async () => {
    const all = await octokit.paginate(octokit.rest.issues.listComments, { ...place, per_page: 100 });
    return all.find((comment) => comment.body?.startsWith(first));
  };
  const written =
    (await find()) ??
    (await doOnce(async () => (await octokit.rest.issues.createComment({ ...place, body })).data, find, options));
  // GitHub may give lines back with other ends than they were sent with.
  if (written.body?.replaceAll('\r\n', '\n').trimEnd() === body.trimEnd()) return;
  await octokit.rest.issues.updateComment({ ...repository, comment_id: written.id, body });
}
