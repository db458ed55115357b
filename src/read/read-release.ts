import type { Report } from '../diagnostics/diagnostic.ts';
import type { SystemDocument } from '../language/system.ts';
import { digestOf } from '../model/digest.ts';
import type { InputFiles } from '../model/input-files.ts';
import { type SourceFile, wholeFile } from '../model/source-file.ts';
import { atPath, type Tracked } from '../model/tracked.ts';
import { type DocumentKind, kinds, readDocument, type Surveyed, surveyDocument, whole } from './read-document.ts';
import { readText } from './read-text.ts';
import { headRelease, type ReleaseInput } from './sort-inputs.ts';

export interface Release extends Surveyed {
  readonly system: string;
  readonly release: string;
  readonly folder: string;
  readonly digest: string;
  readonly file: SourceFile;
  readonly document: Tracked<SystemDocument>;
  readonly files: ReadonlyMap<string, SourceFile>;
}

const trustedSystem: DocumentKind = { kind: 'System', schema: undefined };

export function readRelease(...asked: Parameters<typeof surveyRelease>): Release | undefined {
  return whole(surveyRelease(...asked));
}

/** `trusted`: it was compiled without a problem before, and need not be held against the schema again. */
export function surveyRelease(files: InputFiles, input: ReleaseInput, trusted: boolean, report: Report): Release | undefined {
  const layer = input.release === headRelease ? `system ${input.system}` : `system ${input.system} ${input.release}`;
  const read = surveyDocument<SystemDocument>(
    files,
    input.documentPath,
    layer,
    trusted ? trustedSystem : kinds.system,
    input.system,
    report,
  );
  if (input.sealPath !== undefined) checkSeal(files, input, input.sealPath, report);
  else if (input.release !== headRelease) {
    report({
      code: 'release-edited',
      severity: 'error',
      message: `${input.folder} has no release.yaml`,
      place: wholeFile({ path: input.documentPath, text: '' }),
      hint: `take it back (\`git checkout\` the folder); ${whereNotInGit(input)}`,
    });
  }
  const contents = new Map<string, SourceFile>();
  for (const [name, path] of input.files) {
    const file = readText(files, path, report);
    if (file !== undefined) contents.set(name, file);
  }
  if (read === undefined || contents.size !== input.files.size) return undefined;
  return { system: input.system, release: input.release, folder: input.folder, digest: input.digest, files: contents, ...read };
}

/** The digest that a release carries: over names and bytes of its files, wherever the folder lies. */
export function releaseDigest(files: InputFiles, input: Pick<ReleaseInput, 'documentPath' | 'files'>): string {
  const parts: [string, string][] = [
    ['system.yaml', input.documentPath],
    ...[...input.files].map(([name, path]): [string, string] => [`files/${name}`, path]),
  ];
  return `sha256:${digestOf(...parts.flatMap(([name, path]) => [name, files.get(path) ?? '']))}`;
}

function checkSeal(files: InputFiles, input: ReleaseInput, sealPath: string, report: Report): void {
  const seal = readDocument(files, sealPath, 'release', kinds.release, input.release, report);
  const digest = atPath(seal?.document, ['spec', 'digest']);
  if (seal === undefined || digest?.value === releaseDigest(files, input)) return;
  report({
    code: 'release-edited',
    severity: 'error',
    message: `release ${input.release} of ${input.system} has been edited after it was frozen`,
    place: digest?.origin.kind === 'spec' ? digest.origin.place : wholeFile(seal.file),
    hint: `take the edit back (\`git checkout\` the folder) and make a new release with it instead; ${whereNotInGit(input)}`,
  });
}

/** Nobody has what was frozen then, and it may be frozen anew. */
function whereNotInGit({ system, release }: ReleaseInput): string {
  return `where it is not in git yet, remove the folder and run \`stowage release ${system} ${release}\` again`;
}
