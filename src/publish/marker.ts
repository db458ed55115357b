/** What the body of a pull request says to the next run; people do not see it. */
export interface Marker {
  readonly key: string;
  /** Digest of what the pull request changes, whatever it is based on. */
  readonly content: string;
  /** Digest of what stood there before: while that is so, the branch need not be made anew on a newer one. */
  readonly on?: string;
  /** The commit that the text describes. */
  readonly commit: string;
  /** We closed it, or are about to: there was nothing left to change. */
  readonly obsolete?: true;
  /** How the change was asked for. */
  readonly recipe?: unknown;
}

const pattern = /<!-- stowage (\{[^<>]*\}) -->/g;

export function withMarker(body: string, marker: Marker): string {
  // What people said may be in it, and must not end the comment.
  const json = JSON.stringify(marker).replaceAll('<', '\\u003c').replaceAll('>', '\\u003e');
  return `${body}\n\n<!-- stowage ${json} -->\n`;
}

export function readMarker(body: string): Marker | undefined {
  const match = ourMark(body);
  if (match === undefined) return undefined;
  try {
    const marker = JSON.parse(match[1] as string) as Marker;
    return typeof marker.content === 'string' && typeof marker.commit === 'string' ? marker : undefined;
  } catch {
    return undefined;
  }
}

export function withoutMarker(body: string): string {
  const match = ourMark(body);
  if (match === undefined) return body.trimEnd();
  return `${body.slice(0, match.index)}${body.slice(match.index + match[0].length)}`.trimEnd();
}

/** The last one: what stands before it may quote values of a description, which can say anything. */
function ourMark(body: string): RegExpExecArray | undefined {
  return [...body.matchAll(pattern)].at(-1);
}
