import { type Diagnostic, hasErrors } from '../diagnostics/diagnostic.ts';
import { compareText } from '../diagnostics/sort-diagnostics.ts';
import type { InputFiles } from '../model/input-files.ts';
import { argocdFolder, overlayFolder } from '../model/output-paths.ts';
import { type ClusterInput, sortInputs } from '../read/sort-inputs.ts';
import type { AssumedFacts } from './assume-facts.ts';
import { type Compilation, compile } from './compile.ts';
import type { CompileOptions } from './compile-options.ts';
import { createShelf } from './shelf.ts';

/** What would become of a fleet if its clusters had other facts. */
export interface WhatIf {
  readonly clusters: readonly ClusterOutcome[];
  /** Problems that no cluster is to blame for: nothing can be said of files before they are solved. */
  readonly diagnostics: readonly Diagnostic[];
}

export interface ClusterOutcome {
  readonly name: string;
  /** The version that it states; none where its description does not say. */
  readonly kubernetes: string | undefined;
  readonly environments: readonly string[];
  /** Generated files against those of the facts as they are; none while there are errors. */
  readonly files: FileChanges | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

export interface FileChanges {
  readonly created: readonly string[];
  readonly updated: readonly string[];
  readonly removed: readonly string[];
  readonly unchanged: number;
}

/** The same compilation twice, as things are and as they are assumed to be, and the difference by cluster. */
export function whatIf(
  files: InputFiles,
  options: Pick<CompileOptions, 'schemas' | 'compiler'>,
  assume: AssumedFacts,
  selected: (path: string) => boolean,
): WhatIf {
  const before = textsOf(compile(files, options));
  const assumed = compile(files, { ...options, assume });
  const after = textsOf(assumed);
  const general = assumed.diagnostics.filter(({ overlays }) => overlays === undefined);
  const inputs = sortInputs(files, () => {});
  const shelf = createShelf(inputs, options, () => {});

  const outcomeOf = (cluster: ClusterInput): ClusterOutcome[] => {
    const running = inputs.environments.flatMap((input) => {
      const systems = input.cluster === cluster.name ? shelf.environment(input)?.document.value.spec.value.systems : undefined;
      const folders = Object.keys(systems?.value ?? {}).map((system) => overlayFolder(input.name, system));
      const chosen = folders.filter((folder) => selected(`${folder}/`));
      return chosen.length === 0 ? [] : [{ name: input.name, folders: chosen }];
    });
    if (running.length === 0) return [];
    const folders = new Set(running.flatMap((environment) => environment.folders));
    const diagnostics = assumed.diagnostics.filter(({ overlays }) => overlays?.some((overlay) => folders.has(overlay)));
    const own = (path: string) =>
      selected(path) && (path.startsWith(`${argocdFolder(cluster.name)}/`) || folders.has(path.split('/').slice(0, 3).join('/')));
    return [
      {
        name: cluster.name,
        kubernetes: shelf.cluster(cluster.name)?.document.value.spec.value.kubernetes.value,
        environments: running.map(({ name }) => name),
        files: hasErrors([...general, ...diagnostics]) ? undefined : compareTexts(before, after, own),
        diagnostics,
      },
    ];
  };
  return { clusters: inputs.clusters.flatMap(outcomeOf), diagnostics: general };
}

function textsOf(compilation: Compilation): Map<string, string> {
  return new Map(compilation.units.flatMap((unit) => [...(unit.contents ?? [])]));
}

function compareTexts(
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
  own: (path: string) => boolean,
): FileChanges {
  const paths = [...new Set([...before.keys(), ...after.keys()])].filter(own).sort(compareText);
  const both = paths.filter((path) => before.has(path) && after.has(path));
  const updated = both.filter((path) => before.get(path) !== after.get(path));
  return {
    created: paths.filter((path) => !before.has(path)),
    updated,
    removed: paths.filter((path) => !after.has(path)),
    unchanged: both.length - updated.length,
  };
}
