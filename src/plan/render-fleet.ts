import { compile } from '../compile/compile.ts';
import type { CompileOptions } from '../compile/compile-options.ts';
import type { CompiledSystem } from '../compile/compile-system.ts';
import { releaseId } from '../compile/shelf.ts';
import type { Unit } from '../compile/unit.ts';
import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { PlainObject } from '../model/desired-object.ts';
import type { InputFiles } from '../model/input-files.ts';
import { sortInputs } from '../read/sort-inputs.ts';
import { sealedValues } from '../resolve/sealed-values.ts';
import { becauseOf } from './because-of.ts';
import type { Excess, RenderedState } from './rendered-state.ts';

export interface RenderRequest {
  readonly name: string;
  readonly files: InputFiles;
  readonly options: Pick<CompileOptions, 'schemas' | 'compiler' | 'assume' | 'assumeRelease' | 'prove' | 'meaningOnly'>;
  /** Whether a generated path is asked about. */
  readonly selected: (path: string) => boolean;
  /** Reads the YAML of a generated file. */
  readonly parse: (text: string) => readonly PlainObject[];
}

/** A compiled fleet as what it means, with the units for those who render only what differs from them. */
export interface RenderedFleet {
  readonly state: RenderedState;
  readonly units: ReadonlyMap<string, Unit>;
  /** `environment/system` → what was compiled, with origins; of those that are as in `other`, nothing. */
  readonly systems: ReadonlyMap<string, CompiledSystem>;
  /** What is exceeded is no obstacle: the state tells it. */
  readonly diagnostics: readonly Diagnostic[];
  /** The same as the compiler tells it. */
  readonly exceeded: readonly Diagnostic[];
}

const exceeding: ReadonlySet<string> = new Set(['over-budget', 'over-capacity', 'scale-beyond-capacity']);

/** `other` has been rendered before: what follows from the same inputs as there is taken from it. */
export function renderFleet(request: RenderRequest, other?: RenderedFleet): RenderedFleet {
  const { files, name, options, selected, parse } = request;
  const compiled = new Map<string, CompiledSystem>();
  const { units, diagnostics } = compile(files, {
    ...options,
    ...(other === undefined ? {} : { remember: other.units }),
    inspect: {
      wants: () => false,
      see: (environment, seen) => compiled.set(`${environment}/${seen.resolved.name}`, seen),
    },
  });
  const whole = new Map(
    units.map((unit) => [unit.name, { ...unit, contents: unit.contents ?? other?.units.get(unit.name)?.contents }]),
  );
  const overlays = new Map<string, readonly PlainObject[]>();
  const runs = new Map<string, string>();
  const sealed = new Map<string, string>();
  for (const unit of units) {
    const overlay = unit.facts === undefined ? undefined : unit.name.slice('overlays/'.length);
    if (overlay === undefined || !selected(`${unit.name}/`)) continue;
    const seen = compiled.get(overlay);
    overlays.set(overlay, seen?.finished() ?? other?.state.overlays.get(overlay) ?? []);
    const base = unit.facts?.folders.find((folder) => folder.startsWith('base/'));
    if (base !== undefined) runs.set(overlay, base.slice('base/'.length));
    if (seen !== undefined) for (const [key, version] of sealedVersions(overlay, seen)) sealed.set(key, version);
  }
  const inputs = sortInputs(files, () => {});
  const releases = inputs.releases.filter(({ system, release }) => selected(`base/${system}/${release}/`));
  let applications: ReadonlyMap<string, PlainObject> | undefined;
  return {
    units: whole,
    systems: compiled,
    diagnostics: diagnostics.filter(({ code }) => !exceeding.has(code)),
    exceeded: diagnostics.filter(({ code }) => exceeding.has(code)),
    state: {
      name,
      overlays,
      runs,
      releases: new Map(releases.map(({ system, release, digest }) => [releaseId(system, release), digest])),
      // There is one for each overlay to read, and not everybody asks.
      get applications() {
        applications ??= applicationsOf(whole.values(), overlays, parse);
        return applications;
      },
      sealed,
      excess: diagnostics.filter(({ code }) => exceeding.has(code)).map(asExcess),
      becauseOf: (overlay, field) => becauseOf(compiled.get(overlay)?.desired ?? [], field),
    },
  };
}

/** Day and MAC of each sealed value that has them: they stay when it is only encrypted anew. */
function sealedVersions(overlay: string, { resolved }: CompiledSystem): [string, string][] {
  return [...resolved.secrets.values()].flatMap(({ name, sealed }) => {
    if (sealed === undefined) return [];
    return [...sealedValues(sealed).record].flatMap(([key, { since, mac }]): [string, string][] =>
      mac === undefined ? [] : [[`${overlay}/${name}/${key}`, `${since} ${mac}`]],
    );
  });
}

/** By the file that holds each: `argocd/<cluster>/<environment>/<system>.application.yaml`. */
export function applicationsOf(
  units: Iterable<Unit>,
  overlays: ReadonlyMap<string, unknown>,
  parse: RenderRequest['parse'],
): Map<string, PlainObject> {
  const applications = new Map<string, PlainObject>();
  for (const { uses, contents } of units) {
    if (uses === undefined || contents === undefined) continue;
    const own = parsedApplications.get(contents) ?? parseApplications(contents, parse);
    parsedApplications.set(contents, own);
    for (const [overlay, application] of own) if (overlays.has(overlay)) applications.set(overlay, application);
  }
  return applications;
}

/** Two states have most of their files in common. */
const parsedApplications = new WeakMap<ReadonlyMap<string, string>, ReadonlyMap<string, PlainObject>>();

function parseApplications(contents: ReadonlyMap<string, string>, parse: RenderRequest['parse']): Map<string, PlainObject> {
  const applications = new Map<string, PlainObject>();
  for (const [path, text] of contents) {
    const overlay = overlayOfApplication(path);
    const application = overlay === undefined ? undefined : parse(text)[0];
    if (overlay !== undefined && application !== undefined) applications.set(overlay, application);
  }
  return applications;
}

export function overlayOfApplication(path: string): string | undefined {
  const [, environment, system] = /^argocd\/[^/]+\/([^/]+)\/([^/]+)\.application\.yaml$/.exec(path) ?? [];
  return system === undefined ? undefined : `${environment}/${system}`;
}

function asExcess({ message, overlays = [] }: Diagnostic): Excess {
  return { text: message, overlays: overlays.map((folder) => folder.slice('overlays/'.length)) };
}
