/** A string cut into literal text and expressions. `$${` is a literal `${`. */
export type TemplatePart =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'expression'; readonly source: string; readonly start: number };

export type Template = { readonly parts: readonly TemplatePart[] } | { readonly unclosedAt: number };

// So many are not there at once: most are from texts that were edited since, whole files among them.
const mostRemembered = 10_000;
const cache = new Map<string, Template>();

export function parseTemplate(text: string): Template {
  const known = cache.get(text);
  if (known !== undefined) return known;
  const template = parse(text);
  if (cache.size >= mostRemembered) cache.clear();
  cache.set(text, template);
  return template;
}

function parse(text: string): Template {
  const parts: TemplatePart[] = [];
  let literal = '';
  let at = 0;
  while (at < text.length) {
    if (text.startsWith('$${', at)) {
      literal += '${';
      at += 3;
    } else if (text.startsWith('${', at)) {
      const end = closingBrace(text, at + 2);
      if (end < 0) return { unclosedAt: at };
      if (literal !== '') parts.push({ kind: 'text', text: literal });
      literal = '';
      parts.push({ kind: 'expression', source: text.slice(at + 2, end), start: at + 2 });
      at = end + 1;
    } else {
      literal += text[at];
      at += 1;
    }
  }
  if (literal !== '' || parts.length === 0) parts.push({ kind: 'text', text: literal });
  return { parts };
}

/** Braces of map literals nest, and those in CEL strings do not count. */
function closingBrace(text: string, from: number): number {
  let depth = 0;
  let quote: string | undefined;
  for (let at = from; at < text.length; at += 1) {
    const character = text[at] as string;
    if (quote !== undefined) {
      if (character === '\\') at += 1;
      else if (character === quote) quote = undefined;
    } else if (character === '"' || character === "'") quote = character;
    else if (character === '{') depth += 1;
    else if (character === '}') {
      if (depth === 0) return at;
      depth -= 1;
    }
  }
  return -1;
}

export function hasExpression(text: string): boolean {
  return text.includes('${');
}
