import { type CST, isScalar, Scalar, visit } from 'yaml';
import type { OpenDocument } from './open-document.ts';
import { entriesOf, isCollectionToken, valueIn } from './tokens.ts';

/** How the person writes, for what is new. */
export interface DocumentStyle {
  readonly lineBreak: '\n' | '\r\n';
  /** How much further to the right the map in a map begins. */
  readonly step: number;
  /** The same of the list in a map, which may have its dashes below the key. */
  readonly listStep: number;
  readonly quote: '"' | "'";
  /** A space inside of the braces of a map. */
  readonly padded: boolean;
  /** In braces, with double quotes around everything: whoever reads this may be no YAML reader. */
  readonly quoteAll: boolean;
}

export function styleOf(open: OpenDocument): DocumentStyle {
  let step: number | undefined;
  let listStep: number | undefined;
  let padded: boolean | undefined;
  let plain = false;
  let [single, double, keys, quotedKeys] = [0, 0, 0, 0];
  visit(open.document, {
    Map(_, { srcToken }) {
      if (srcToken?.type === 'flow-collection' && entriesOf(srcToken).length > 0) padded ??= isPadded(open.text, srcToken);
      if (srcToken?.type !== 'block-map') return;
      for (const entry of entriesOf(srcToken)) {
        const value = valueIn(entry);
        if (!isCollectionToken(value) || value.type === 'flow-collection') continue;
        if (value.type === 'block-map') step ??= value.indent - srcToken.indent;
        else listStep ??= value.indent - srcToken.indent;
      }
    },
    Pair(_, { key }) {
      keys += 1;
      if (isScalar(key) && key.type === Scalar.QUOTE_DOUBLE) quotedKeys += 1;
    },
    Scalar(position, { type, value }) {
      if (position === 'key') return;
      plain ||= type === Scalar.PLAIN && typeof value === 'string';
      if (type === Scalar.QUOTE_SINGLE) single += 1;
      if (type === Scalar.QUOTE_DOUBLE) double += 1;
    },
  });
  return {
    lineBreak: /^[^\n]*\r\n/.test(open.text) ? '\r\n' : '\n',
    step: step ?? 2,
    listStep: listStep ?? step ?? 2,
    quote: double > single ? '"' : "'",
    padded: padded ?? true,
    quoteAll: open.document.contents?.srcToken?.type === 'flow-collection' && keys > 0 && keys === quotedKeys && !plain,
  };
}

export function isPadded(text: string, token: CST.FlowCollection): boolean {
  return /\s/.test(text[token.offset + 1] ?? '');
}
