export interface EnvEntry {
  readonly name: string;
  readonly value: string;
  readonly line: number;
}

/** `NAME=value`, one a line, as env files have it: comments, `export`, quotes. A line that is none is told by its number. */
export function parseEnvFile(text: string): { readonly entries: readonly EnvEntry[]; readonly wrong: readonly number[] } {
  const entries: EnvEntry[] = [];
  const wrong: number[] = [];
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  for (let index = 0; index < lines.length; index += 1) {
    const line = index + 1;
    const written = lines[index] as string;
    if (/^\s*(#|$)/.test(written)) continue;
    const [, name, given] = /^\s*(?:export\s+)?([A-Za-z0-9._/-]+)\s*=(.*)$/.exec(written) ?? [];
    if (name === undefined || given === undefined) {
      wrong.push(line);
      continue;
    }
    const rest = given.trimStart();
    const quote = rest[0] === '"' || rest[0] === "'" ? rest[0] : undefined;
    if (quote === undefined) {
      entries.push({ name, value: given.replace(/\s+#.*$/, '').trim(), line });
      continue;
    }
    // A quoted value may go on over lines, as keys in PEM do.
    let body = rest.slice(1);
    let end = closing(body, quote);
    while (end === -1 && index + 1 < lines.length) {
      index += 1;
      body += `\n${lines[index]}`;
      end = closing(body, quote);
    }
    if (end === -1 || !/^\s*(#.*)?$/.test(body.slice(end + 1))) wrong.push(line);
    else entries.push({ name, value: quote === "'" ? body.slice(0, end) : withoutEscapes(body.slice(0, end)), line });
  }
  return { entries, wrong };
}

function closing(body: string, quote: string): number {
  for (let at = 0; at < body.length; at += 1) {
    if (quote === '"' && body[at] === '\\') at += 1;
    else if (body[at] === quote) return at;
  }
  return -1;
}

const escapes: Record<string, string> = { n: '\n', r: '\r', t: '\t', '"': '"', '\\': '\\', $: '$' };

function withoutEscapes(text: string): string {
  return text.replace(/\\(.)/gs, (all, letter: string) => escapes[letter] ?? all);
}
