/** What the body of a tracking issue says to the next run; people do not see it. */
export interface IssueMarker {
  /** The cluster. */
  readonly drift: string;
  /** Digest of what the issue says, but for the time. */
  readonly content: string;
  /** Keys of the differences that were told, one behind the other; left out where there are too many. */
  readonly known?: string;
  /** We closed it: nothing was left. */
  readonly settled?: true;
}

const pattern = /<!-- stowage (\{[^<>]*\}) -->/g;

/** By which a host finds the issues of a cluster. */
export function markerOf(cluster: string): string {
  return `<!-- stowage {"drift":${JSON.stringify(cluster)},`;
}

export function withIssueMarker(text: string, { drift, ...rest }: IssueMarker): string {
  return `${text.trimEnd()}\n\n<!-- stowage ${JSON.stringify({ drift, ...rest })} -->\n`;
}

/** The last one counts: what stands before it may quote what others wrote. */
export function readIssueMarker(body: string, cluster: string): IssueMarker | undefined {
  const last = [...body.matchAll(pattern)].at(-1)?.[1];
  if (last === undefined) return undefined;
  try {
    const marker = JSON.parse(last) as IssueMarker;
    return marker.drift === cluster && typeof marker.content === 'string' ? marker : undefined;
  } catch {
    return undefined;
  }
}
