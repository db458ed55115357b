/** A commit as git keeps it, without signature. */
export interface Commit {
  readonly id: string;
  readonly tree: string;
  readonly parents: readonly string[];
  /** Seconds and zone. */
  readonly authored: string;
  readonly committed: string;
  readonly message: string;
}

export function parseCommit(id: string, text: string): Commit {
  const end = text.indexOf('\n\n');
  const lines = text.slice(0, end < 0 ? undefined : end).split('\n');
  const values = (name: string) => lines.filter((line) => line.startsWith(`${name} `)).map((line) => line.slice(name.length + 1));
  const date = (name: string) => (values(name)[0] ?? '').replace(/^.*> /, '');
  return {
    id,
    tree: values('tree')[0] ?? '',
    parents: values('parent'),
    authored: date('author'),
    committed: date('committer'),
    message: end < 0 ? '' : text.slice(end + 2),
  };
}
