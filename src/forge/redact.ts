/** Tokens by their look: one that was made during the run is known to nobody here. */
const looksSecret = /\b(gh[a-z]_|github_pat_)\w+|\beyJ[\w-]+\.[\w-]+\.[\w-]+/g;

const longest = 300;

/** What a host said, fit to be shown: one line, short, and without what must not be seen. */
export function redact(said: string, secrets: readonly string[]): string {
  let text = said;
  for (const secret of secrets)
    for (const form of [secret, encodeURIComponent(secret), Buffer.from(secret).toString('base64')])
      text = text.replaceAll(form, '…');
  const line = text
    .replace(looksSecret, '…')
    .replace(/[\s\x00-\x1f\x7f-\x9f\u2028\u2029]+/g, ' ')
    .trim();
  return line.length > longest ? `${line.slice(0, longest)}…` : line;
}
