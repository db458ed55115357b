import { type CST, type Document, type ParsedNode, parseDocument } from 'yaml';
import { limits } from '../read/limits.ts';
import { lineOf, type Problem } from './problem.ts';

export interface OpenDocument {
  readonly text: string;
  readonly document: Document.Parsed<ParsedNode>;
  /** What a reader gets that follows aliases and merge keys. */
  readonly plain: unknown;
}

/** A value as it stands in the text; comments and commas around it belong to the collection that holds it. */
export type ValueToken = CST.FlowScalar | CST.BlockScalar | CST.BlockMap | CST.BlockSequence | CST.FlowCollection;
export type CollectionToken = CST.BlockMap | CST.BlockSequence | CST.FlowCollection;
export type Entry = CST.CollectionItem;

export function openDocument(text: string): OpenDocument | Problem {
  try {
    const document = parseDocument(text, {
      version: '1.2',
      // Read as a merge key, `<<` cannot be changed by accident; a reader that takes it for a name sees the same texts.
      merge: true,
      strict: true,
      uniqueKeys: true,
      prettyErrors: false,
      logLevel: 'error',
      keepSourceTokens: true,
    });
    const error = document.errors[0];
    if (error !== undefined) {
      const several = error.code === 'MULTIPLE_DOCS';
      const what = several
        ? 'a second document begins here; put each into a file of its own'
        : `${error.message}; correct this first`;
      return { problem: `line ${lineOf(text, error.pos[0])}: ${what}` };
    }
    return { text, document, plain: document.toJS({ maxAliasCount: limits.aliases }) };
  } catch (error) {
    // Deep nesting ends the stack, and aliases of aliases are counted; neither is what a person writes.
    return { problem: `the document cannot be read: ${error instanceof Error ? error.message : String(error)}` };
  }
}
