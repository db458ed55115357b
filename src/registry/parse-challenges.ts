/** A way in which a registry wants to be told who asks. */
export interface Challenge {
  /** In lower case, such as `bearer`. */
  readonly scheme: string;
  readonly parameters: Readonly<Record<string, string>>;
}

const letter = "[\\w!#$%&'*+.^`|~-]";
const value = `"(?:\\\\.|[^"\\\\])*"|${letter}+`;
const next = new RegExp(`[\\s,]*(${letter}+)(?:\\s*=\\s*(${value}))?(?!${letter}|\\s*=)`, 'y');

/** Reads a header `WWW-Authenticate`, which may hold several. What cannot be read ends it. */
export function parseChallenges(header: string): Challenge[] {
  const challenges: { scheme: string; parameters: Record<string, string> }[] = [];
  next.lastIndex = 0;
  for (let found = next.exec(header); found !== null; found = next.exec(header)) {
    const [, name = '', value] = found;
    const current = challenges.at(-1);
    if (value === undefined) challenges.push({ scheme: name.toLowerCase(), parameters: Object.create(null) });
    else if (current !== undefined) current.parameters[name.toLowerCase()] = unquote(value);
  }
  return challenges;
}

function unquote(value: string): string {
  return value.startsWith('"') ? value.slice(1, -1).replace(/\\(.)/g, '$1') : value;
}
