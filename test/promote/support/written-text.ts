import { isMap, isScalar, type Pair, parseDocument } from 'yaml';

/** Comments of a text, in its order. */
export function commentsOf(text: string): string[] {
  return text.split(/\r?\n/).flatMap((line) => /(?:^|\s)#.*$/.exec(line)?.[0].trim() ?? []);
}

/** A text without some of its fields, and without what stands between fields. */
export function textBeside(text: string, paths: readonly (readonly string[])[]): string {
  const document = parseDocument(text, { keepSourceTokens: true });
  const stretches = paths.flatMap((path) => {
    const pair = pairAt(document.contents, path);
    const [key, value] = [rangeOf(pair?.key), rangeOf(pair?.value)];
    return key === undefined || value === undefined ? [] : [[key[0], value[1]] as const];
  });
  let rest = text;
  for (const [from, until] of stretches.sort(([one], [other]) => other - one)) rest = rest.slice(0, from) + rest.slice(until);
  return rest.replaceAll(/[\s,]/g, '');
}

function pairAt(node: unknown, [name, ...rest]: readonly string[]): Pair | undefined {
  if (!isMap(node)) return undefined;
  const pair = node.items.find(({ key }) => isScalar(key) && key.value === name);
  return rest.length === 0 ? pair : pairAt(pair?.value, rest);
}

function rangeOf(node: unknown): readonly [number, number, number] | undefined {
  const { range } = (node ?? {}) as { range?: [number, number, number] | null };
  return range ?? undefined;
}
