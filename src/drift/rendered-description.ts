import { join } from 'node:path';
import { hasErrors } from '../diagnostics/diagnostic.ts';
import type { RemoteBranch } from '../git/fetch-published.ts';
import type { PlainObject } from '../model/desired-object.ts';
import { digestOf } from '../model/digest.ts';
import { type RenderedFleet, type RenderRequest, renderFleet } from '../plan/render-fleet.ts';
import { cacheFolder } from '../store/cache-folder.ts';
import { type RenderedUnit, readRendering, writeRendering } from '../store/rendering-memory.ts';

export interface RenderedDescription {
  readonly compiled: RenderedFleet;
  /** What is in the files of Argo CD, by path. */
  readonly argocd: ReadonlyMap<string, readonly PlainObject[]>;
}

/**
 * What the description compiles to. What follows from the same inputs as in an earlier run is not compiled again,
 * until somebody asks for lines of it: most runs find that nothing differs.
 */
export function renderedDescription(
  request: RenderRequest,
  { url, branch, path: folder }: RemoteBranch & { readonly path: string },
  environment: NodeJS.ProcessEnv,
): RenderedDescription {
  // One for each repository, as of what is fetched from it: clones of it come and go.
  const path = join(cacheFolder(environment), 'renderings', `${digestOf(url, branch, folder).slice(0, 24)}.json`);
  const before = readRendering(path);
  const compiled = renderFleet(request, before.size === 0 ? undefined : asFleet(before));
  if (hasErrors(compiled.diagnostics)) return { compiled, argocd: new Map() };
  const rendered = [...compiled.units.values()].flatMap((unit) => asRendered(unit, compiled, before, request.parse));
  const isKnown = rendered.every(({ unit }) => unit.key === undefined || before.get(unit.name)?.unit.key === unit.key);
  if (!isKnown) writeRendering(path, rendered);
  const argocd = new Map(rendered.flatMap(({ documents = [] }) => documents));
  if (compiled.systems.size > 0 && before.size === 0) return { compiled, argocd };

  let anew: RenderedFleet | undefined;
  const { name, overlays, runs, releases, becauseOf } = compiled.state;
  const lines: RenderedFleet['state']['becauseOf'] = (overlay, field) => {
    if (compiled.systems.has(overlay)) return becauseOf?.(overlay, field) ?? [];
    anew ??= renderFleet(request);
    return anew.state.becauseOf?.(overlay, field) ?? [];
  };
  const known = { ...(runs && { runs }), ...(releases && { releases }) };
  return { compiled: { ...compiled, state: { name, overlays, ...known, becauseOf: lines } }, argocd };
}

function asFleet(before: ReadonlyMap<string, RenderedUnit>): RenderedFleet {
  const overlays = [...before].flatMap(([name, { objects }]) =>
    objects === undefined ? [] : [[overlayOf(name), objects] as const],
  );
  return {
    units: new Map([...before].map(([name, { unit }]) => [name, unit])),
    systems: new Map(),
    diagnostics: [],
    exceeded: [],
    state: { name: 'before', overlays: new Map(overlays) },
  };
}

/** An overlay of which nobody asked what it means is not remembered: nothing must not pass for no objects. */
function asRendered(
  unit: RenderedUnit['unit'],
  { state }: RenderedFleet,
  before: ReadonlyMap<string, RenderedUnit>,
  parse: RenderRequest['parse'],
): RenderedUnit[] {
  const earlier = before.get(unit.name);
  const same = earlier?.unit.digest === unit.digest ? earlier : undefined;
  if (unit.facts !== undefined) {
    const objects = state.overlays.get(overlayOf(unit.name)) ?? (earlier?.unit.key === unit.key ? earlier?.objects : undefined);
    return objects === undefined ? [] : [{ unit, objects }];
  }
  if (!unit.name.startsWith('argocd/')) return [{ unit }];
  const documents = same?.documents ?? [...(unit.contents ?? [])].map(([path, text]) => [path, parse(text)] as const);
  return [{ unit, documents }];
}

function overlayOf(unit: string): string {
  return unit.slice('overlays/'.length);
}
