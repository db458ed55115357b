import fc from 'fast-check';

/** A document as people write them, in which every comment names the entry that it is about. */
export interface WrittenDocument {
  readonly text: string;
}

type Pick = (choices: number) => number;

/**
 * Keys and items are numbered in the order in which they are written. `# about 7` stands above an entry and
 * `# behind 7` on its line; a comment inside of a collection names the collection's entry.
 */
export const arbitraryDocument: fc.Arbitrary<WrittenDocument> = fc
  .array(fc.noBias(fc.nat({ max: 1_000_000 })), { minLength: 120, maxLength: 120, size: 'max' })
  .map((numbers) => {
    let at = 0;
    return writeDocument((choices) => {
      at += 1;
      return (((numbers[at % numbers.length] as number) + at * 7) % 1_000_003) % choices;
    });
  });

/** Texts that an editor prints the same way, so that an edit there and back gives them again, and others. */
const scalars = [
  '1',
  'text',
  'two words',
  "'single'",
  '"double"',
  "'it''s'",
  '"a\\tb"',
  'true',
  '2.5',
  'null',
  'https://example.com:80/a#b',
  'größe',
  '-x',
  "'2.10'",
  '0x1f',
  '~',
  'yes',
  '"\\u00e4"',
  '!!str 5',
  '1e3',
];
const keyForms = [
  (id: number) => `k${id}`,
  (id: number) => `"k ${id}"`,
  (id: number) => `'k: ${id}'`,
  (id: number) => `ключ${id}`,
  (id: number) => `k.${id}/x`,
  (id: number) => `"${id}"`,
];

function writeDocument(pick: Pick): WrittenDocument {
  let count = 0;
  const anchors: string[] = [];
  const anchoredMaps: string[] = [];
  const step = 1 + pick(4);
  const listStep = pick(3) === 0 ? 0 : 1 + pick(3);
  const next = () => {
    count += 1;
    return count;
  };
  const pad = (column: number) => ' '.repeat(column);
  const behind = (id: number) => (pick(4) === 0 ? `${pad(1 + pick(3))}# behind ${id}` : '');
  const above = (id: number, column: number): string => {
    const blank = pick(5) === 0 ? (pick(3) === 0 ? '\n\n' : '\n') : '';
    return (
      blank +
      (pick(4) === 0 ? `${pad(column)}# about ${id}: 'x' {\n` : '') +
      (pick(12) === 0 ? `${pad(column)}# about ${id}, too\n` : '')
    );
  };

  const flow = (depth: number, column: number, id: number): string => {
    const isMap = pick(2) === 0;
    const space = pick(2) === 0 ? ' ' : '';
    const open = isMap ? '{' : '[';
    const close = isMap ? '}' : ']';
    const size = pick(4);
    if (size === 0) return pick(8) === 0 ? `${open} ${close}` : open + close;
    const entry = () => {
      const own = next();
      const value = depth > 0 && pick(3) === 0 ? flow(depth - 1, column, own) : (scalars[pick(scalars.length)] as string);
      if (!isMap) return { own, text: value };
      const key = (keyForms[pick(keyForms.length)] as (id: number) => string)(own);
      return { own, text: pick(10) === 0 ? `${key}:` : `${key}: ${value}` };
    };
    const entries = Array.from({ length: size }, entry);
    const trailing = pick(4) === 0 ? ',' : '';
    if (pick(3) > 0)
      return open + space + entries.map(({ text }) => text).join(pick(4) === 0 ? ' ,  ' : ', ') + trailing + space + close;
    const indent = pad(column + 1 + pick(4));
    const lines = entries.map(({ own, text }, index) => {
      const comment = pick(4) === 0 ? `${indent}# about ${own}\n` : '';
      return `${comment}${indent}${text}${index < size - 1 ? ',' : trailing}${behind(own)}\n`;
    });
    const last = pick(6) === 0 ? `${indent}# in ${id}\n` : '';
    return `${open}${pick(5) === 0 ? ` # in ${id}` : ''}\n${lines.join('')}${last}${pad(column + 1)}${close}`;
  };

  const block = (id: number, column: number): string => {
    const sign = ['|', '>', '|-', '>-', '|+'][pick(5)] as string;
    const lines = ['first', '# no comment', '', 'a: b', '  deeper', 'last'].slice(0, 1 + pick(6));
    const indent = pad(column + 1 + pick(4));
    return ` ${sign}${behind(id)}\n${lines.map((line) => (line === '' ? '\n' : `${indent}${line}\n`)).join('')}`;
  };

  /** What stands behind a colon or dash, to the end of its last line. */
  const value = (depth: number, id: number, column: number, inList: boolean): string => {
    const kind = pick(14);
    if (kind === 0 && anchors.length > 0) return ` *${anchors[pick(anchors.length)]}${behind(id)}\n`;
    if (kind === 1) return `${behind(id)}\n`;
    if (kind === 2) return block(id, column + (inList ? 1 : 0));
    if (kind === 3) return `${pad(1 + pick(3))}one\n${pad(column + 2)}two${behind(id)}\n`;
    if (kind < 7) return ` ${flow(2, column, id)}${behind(id)}\n`;
    if (kind < 10 && depth > 0) {
      const anchor = pick(6) === 0 ? ` &a${id}` : '';
      const map = pick(3) > 0;
      const deeper = column + (map || inList ? step : listStep);
      const lines = map ? blockMap(depth - 1, id, deeper) : blockList(depth - 1, deeper);
      if (anchor !== '') anchors.push(`a${id}`);
      if (anchor !== '' && map) anchoredMaps.push(`a${id}`);
      return `${anchor}${behind(id)}\n${lines}`;
    }
    const anchor = pick(12) === 0 ? `&a${id} ` : '';
    if (anchor !== '') anchors.push(`a${id}`);
    const scalar = scalars[pick(scalars.length)] as string;
    return `${pad(1 + (pick(6) === 0 ? 2 : 0))}${anchor}${scalar}${behind(id)}\n`;
  };

  const blockMap = (depth: number, id: number, column: number): string => {
    const merge = depth > 0 && anchoredMaps.length > 0 && pick(4) === 0;
    const first = merge
      ? `${pad(column)}<<: *${anchoredMaps[pick(anchoredMaps.length)]}${pick(3) === 0 ? ` # in ${id}` : ''}\n`
      : '';
    const entries = Array.from({ length: 1 + pick(4) + (column === 0 ? pick(4) : 0) }, () => {
      const own = next();
      const key = (keyForms[pick(keyForms.length)] as (id: number) => string)(own);
      return `${above(own, column)}${pad(column)}${key}:${value(depth, own, column, false)}`;
    });
    const last = pick(8) === 0 ? `${pad(column)}# in ${id}\n` : '';
    return first + entries.join('') + last;
  };

  const blockList = (depth: number, column: number): string => {
    const items = Array.from({ length: 1 + pick(4) }, () => {
      const own = next();
      const dash = `${above(own, column)}${pad(column)}-`;
      const gap = 1 + pick(3);
      if (depth === 0 || pick(3) > 0) return dash + value(depth, own, column, true);
      return `${dash}${pad(gap)}${blockMap(depth - 1, own, column + 1 + gap).replace(/^\s*(#.*\n\s*)*/, '')}`;
    });
    return items.join('');
  };

  const head = ['', '', '# head\n', '# head\n\n', '---\n', '--- # head\n', '%YAML 1.2\n---\n'][pick(7)] as string;
  const tail = ['', '', '\n', '# tail\n', '\n# tail\n', '...\n'][pick(6)] as string;
  const written = head + blockMap(3, 0, 0) + tail;
  const cut = pick(4) === 0 ? written.replace(/\n$/, '') : written;
  const broken = pick(4) === 0 ? cut.replaceAll('\n', '\r\n') : cut;
  return { text: pick(8) === 0 ? `\uFEFF${broken}` : broken };
}
