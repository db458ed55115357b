/** What the CLI printed as JSON; undefined where it had no more to say than an error. */
export function parse(text) {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** A line for each thing that was found or done. */
export function describe({ results = [], stale = [], diagnostics = [] }, nothing) {
  const lines = [
    ...diagnostics.map(({ file, line, message, code }) => `${file}${line === undefined ? '' : `:${line}`}: ${message} [${code}]`),
    ...stale.map((path) => `${path} is not what the description says: run \`stowage compile\` and commit`),
    ...results.map(({ outcome, key, pullRequest, reason, advice }) => {
      const where = pullRequest === undefined ? '' : ` #${pullRequest.number} ${pullRequest.url ?? ''}`;
      const why = [reason, advice].filter(Boolean).join('; ');
      return `${outcome} ${key}${where}${why === '' ? '' : `: ${why}`}`.trimEnd();
    }),
  ];
  return lines.length === 0 ? nothing : lines.join('\n');
}
