import type { CompileOptions } from '../compile/compile-options.ts';
import type { Unit } from '../compile/unit.ts';
import { type Diagnostic, hasErrors } from '../diagnostics/diagnostic.ts';
import { compareText, sortDiagnostics } from '../diagnostics/sort-diagnostics.ts';
import type { InputFiles } from '../model/input-files.ts';
import { type RenderedFleet, renderFleet } from '../plan/render-fleet.ts';
import type { RenderedState } from '../plan/rendered-state.ts';
import { parseBuild } from '../verify/parse-build.ts';
import type { Refusal } from './refusal.ts';

/** A file as it is and as it is to be; undefined where it is not. */
export interface ChangedFile {
  readonly path: string;
  readonly before: string | undefined;
  readonly after: string | undefined;
}

/** A change of the description with all that follows from it. */
export interface ChangedFleet {
  /** Of the description, then generated ones. */
  readonly files: readonly ChangedFile[];
  readonly before: RenderedState;
  readonly after: RenderedState;
  /** Of overlays that are not what they were: what building them must give. */
  readonly toProve: readonly Unit[];
  readonly units: readonly Unit[];
  readonly diagnostics: readonly Diagnostic[];
}

type Options = Pick<CompileOptions, 'schemas' | 'compiler'>;

export function renderDescription(name: string, files: InputFiles, options: Options, other?: RenderedFleet): RenderedFleet {
  return renderFleet({ name, files, options: { ...options, prove: true }, selected: () => true, parse: parseBuild }, other);
}

/** The same compilation twice, and what is different. `before` has been compiled already. */
export function changeFleet(
  from: { readonly files: InputFiles; readonly rendered: RenderedFleet },
  to: InputFiles,
  name: string,
  options: Options,
): ChangedFleet | Refusal {
  const after = renderDescription(name, to, options, from.rendered);
  if (hasErrors(after.diagnostics))
    return { refused: 'the description would have errors', diagnostics: sortDiagnostics(after.diagnostics) };
  const known = new Set(from.rendered.exceeded.map(boundOf));
  const exceeded = after.exceeded.filter((one) => one.severity === 'error' && !known.has(boundOf(one)));
  if (exceeded.length > 0) return { refused: 'more would be asked for than there is', diagnostics: sortDiagnostics(exceeded) };
  const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
  const texts = (files: InputFiles) => new Map([...files].map(([path, bytes]) => [path, decoder.decode(bytes)]));
  const units = [...after.units.values()];
  return {
    files: [
      ...differences(texts(from.files), texts(to)),
      ...differences(contentsOf(from.rendered.units.values()), contentsOf(units)),
    ],
    before: from.rendered.state,
    after: after.state,
    toProve: units.filter((unit) => unit.expected !== undefined && from.rendered.units.get(unit.name)?.digest !== unit.digest),
    units,
    diagnostics: after.diagnostics,
  };
}

/** What is exceeded already, by whatever amount, is no reason against what may make it less. */
function boundOf({ code, place, message }: Diagnostic): string {
  return JSON.stringify([code, place.file.path, message.replace(/\b\d[\w.]*/g, '')]);
}

function contentsOf(units: Iterable<Unit>): Map<string, string> {
  return new Map([...units].flatMap((unit) => [...(unit.contents ?? [])]));
}

function differences(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): ChangedFile[] {
  return [...new Set([...before.keys(), ...after.keys()])]
    .sort(compareText)
    .map((path) => ({ path, before: before.get(path), after: after.get(path) }))
    .filter((file) => file.before !== file.after);
}
