import type * as z from 'zod';
import type { Report } from '../diagnostics/diagnostic.ts';
import { clusterSchema } from '../language/cluster.ts';
import { driftBaselineSchema } from '../language/drift-baseline.ts';
import { environmentDocumentSchema } from '../language/environment.ts';
import { fleetSchema } from '../language/fleet.ts';
import { releaseSchema } from '../language/release.ts';
import { systemSchema } from '../language/system.ts';
import type { InputFiles } from '../model/input-files.ts';
import { type SourceFile, wholeFile } from '../model/source-file.ts';
import { atPath, childOf, type Tracked, untrack } from '../model/tracked.ts';
import { checkShape } from './check-shape.ts';
import { type FieldPath, leaveOutMisfits, type Rest } from './leave-out-misfits.ts';
import { readTree } from './read-tree.ts';
import { withoutRemovals } from './without-removals.ts';

export interface DocumentKind {
  readonly kind: string;
  /** None for what is known to fit. */
  readonly schema: z.ZodType | undefined;
}

// Building a schema costs milliseconds and most runs need only some of them.
export const kinds = {
  system: lazily('System', () => systemSchema('written')),
  environment: lazily('Environment', environmentDocumentSchema),
  cluster: lazily('Cluster', clusterSchema),
  fleet: lazily('Fleet', fleetSchema),
  release: lazily('Release', releaseSchema),
  driftBaseline: lazily('DriftBaseline', driftBaselineSchema),
};

function lazily(kind: string, build: () => z.ZodType): DocumentKind {
  let schema: z.ZodType | undefined;
  return {
    kind,
    get schema() {
      schema ??= build();
      return schema;
    },
  };
}

/** What was held against the schema of its kind before. */
const fitting = new WeakSet<Tracked>();

export interface Surveyed {
  /** What does not fit: it was told. */
  readonly leftOut: readonly FieldPath[];
}

export interface Readable<Document> extends Surveyed {
  readonly file: SourceFile;
  readonly document: Tracked<Document>;
}

/** A file as a document of the kind that belongs there. */
export function readDocument<Document>(...asked: Parameters<typeof surveyDocument>): Readable<Document> | undefined {
  return whole(surveyDocument<Document>(...asked));
}

export function whole<Read extends Surveyed>(read: Read | undefined): Read | undefined {
  return read !== undefined && isWhole(read) ? read : undefined;
}

export function isWhole({ leftOut }: Surveyed): boolean {
  return leftOut.length === 0;
}

/** The same without what does not fit, for who wants to know what else is wrong with it. */
export function surveyDocument<Document>(
  files: InputFiles,
  path: string,
  layer: string,
  expected: DocumentKind,
  name: string | undefined,
  report: Report,
): Readable<Document> | undefined {
  const read = readTree(files, path, layer, report);
  if (read === undefined) return undefined;
  const { file, tree } = read;
  const kind = childOf(tree, 'kind');
  if (kind?.value !== expected.kind) {
    const place = kind?.origin.kind === 'spec' ? kind.origin.place : wholeFile(file);
    report({
      code: 'unknown-kind',
      severity: 'error',
      message: `${path} must be of kind ${expected.kind}`,
      place,
      hint: `write \`kind: ${expected.kind}\` and \`apiVersion: stowage.dev/v1\``,
    });
    return undefined;
  }
  const { schema } = expected;
  const rest =
    schema === undefined || fitting.has(tree) ? { tree, leftOut: [] } : fittingPart(tree, expected.kind, schema, file, report);
  if (rest === undefined) return undefined;
  const declared = atPath(tree, ['metadata', 'name']);
  if (name !== undefined && declared?.value !== name && declared?.origin.kind === 'spec') {
    report({
      code: 'misplaced-file',
      severity: 'error',
      message: `${path} is about \`${name}\`, and its metadata.name is \`${String(declared.value)}\``,
      place: declared.origin.place,
      hint: 'rename the one or the other',
    });
    return undefined;
  }
  return { file, document: rest.tree as Tracked<Document>, leftOut: rest.leftOut };
}

function fittingPart(tree: Tracked, kind: string, schema: z.ZodType, file: SourceFile, report: Report): Rest | undefined {
  if (checkShape(withoutRemovals(tree, kind, schema), schema, file, report)) {
    fitting.add(tree);
    return { tree, leftOut: [] };
  }
  return leaveOutMisfits(tree, (part) => schema.safeParse(untrack(withoutRemovals(part, kind, schema))).error?.issues ?? []);
}
