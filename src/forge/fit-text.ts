/** What GitHub takes as the text of a pull request or of a comment. */
const longestText = 65_536;

/** Where the text says something to the next run. */
const hiddenEnd = /(\s*<!--[^<>]*-->)?\s*$/;

const pointer = '\n\n_The rest is left out: it is longer than this host takes._\n';

/** A text that is too long ends after a whole line, outside of code, and says so. */
export function fitText(text: string, limit = longestText): string {
  if (text.length <= limit) return text;
  const hidden = hiddenEnd.exec(text)?.[0].trim() ?? '';
  const end = hidden === '' ? pointer : `${pointer}\n${hidden}\n`;
  const room = text.slice(0, limit - end.length - 100);
  const kept = room.includes('\n') ? room.slice(0, room.lastIndexOf('\n')) : room.replace(/[\ud800-\udbff]$/, '');
  const fence = openFence(kept);
  return `${kept}${fence === undefined ? '' : `\n${fence}`}${end}`;
}

function openFence(text: string): string | undefined {
  let open: string | undefined;
  for (const [, fence = '', info] of text.matchAll(/^(`{3,90})(.*)$/gm))
    if (open === undefined) open = fence;
    else if (fence.length >= open.length && info?.trim() === '') open = undefined;
  return open;
}
