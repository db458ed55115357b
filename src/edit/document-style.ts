import { isScalar, Scalar, visit } from 'yaml';
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
  /** Every key is in double quotes: whoever reads this may be no YAML reader. */
  readonly likeJson: boolean;
}

export function styleOf(open: OpenDocument): DocumentStyle {
  let step: number | undefined;
  let listStep: number | undefined;
  let [single, double, keys, quotedKeys] = [0, 0, 0, 0];
  visit(open.document, {
    Map(_, { srcToken }) {
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
    Scalar(position, { type }) {
      if (position === 'key') return;
      if (type === Scalar.QUOTE_SINGLE) single += 1;
      if (type === Scalar.QUOTE_DOUBLE) double += 1;
    },
  });
  return {
    lineBreak: /^[^\n]*\r\n/.test(open.text) ? '\r\n' : '\n',
    step: step ?? 2,
    listStep: listStep ?? step ?? 2,
    quote: double > single ? '"' : "'",
    likeJson: keys > 0 && keys === quotedKeys,
  };
}
