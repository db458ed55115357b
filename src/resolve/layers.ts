import type { Report } from '../diagnostics/diagnostic.ts';
import { didYouMean } from '../diagnostics/suggest.ts';
import type { SystemSettings } from '../language/environment.ts';
import { placeOf } from '../model/origin.ts';
import { type Place, wholeFile } from '../model/source-file.ts';
import { atPath, BareMap, childOf, isTrackedMap, itemsOf, type Tracked, type TrackedMap } from '../model/tracked.ts';
import type { Release } from '../read/read-release.ts';
import { mergeLayers } from './merge-layers.ts';

/** The words that System, profiles and environment share, laid over each other and not yet evaluated. */
export interface Layers {
  readonly parameters: TrackedMap;
  readonly env: TrackedMap;
  readonly config: TrackedMap;
  readonly components: TrackedMap;
  readonly objects: TrackedMap;
}

const shared = ['env', 'config', 'components', 'objects'] as const;

export function gatherLayers(release: Release, settings: Tracked<SystemSettings> | undefined): Layers {
  const spec = childOf(release.document as Tracked, 'spec') as Tracked;
  const [, ...upper] = layersOf(release, settings);
  // Null removes an entry; a word with nothing behind it says nothing, rather than removing all that it names.
  const said = (layer: Tracked, word: string) => (childOf(layer, word)?.value === null ? undefined : childOf(layer, word));
  const merged = (word: string, lowest: Tracked | undefined) =>
    mapOf(upper.reduce((lower, layer) => mergeLayers(lower, said(layer, word)), lowest));
  const [env, config, components, objects] = shared.map((word) => merged(word, childOf(spec, word))) as [
    TrackedMap,
    TrackedMap,
    TrackedMap,
    TrackedMap,
  ];
  return { env, config, components, objects, parameters: merged('parameters', declaredDefaults(spec)) };
}

/** The System itself, and what an environment lays over it: of that, what the System knows by name. */
export function layersOf(release: Release, settings: Tracked | undefined): Tracked[] {
  const spec = childOf(release.document as Tracked, 'spec') as Tracked;
  const upper = [...chosenProfiles(spec, settings), ...(settings === undefined ? [] : [settings])];
  return [spec, ...upper.map((layer) => withKnownNames(spec, layer))];
}

/** The System with all of its profiles, chosen or not, and what an environment lays over it. */
export function everyLayer(spec: Tracked, settings?: Tracked): Tracked[] {
  return [spec, ...Object.values(mapOf(childOf(spec, 'profiles'))), ...(settings === undefined ? [] : [settings])];
}

/** The names that layers have for what stands at a path. */
export function namesAt(layers: readonly Tracked[], path: readonly string[]): string[] {
  return [...new Set(layers.flatMap((layer) => Object.keys(mapOf(atPath(layer, path)))))];
}

/** The defaults of the declarations, as the lowest layer of values. */
function declaredDefaults(spec: Tracked): Tracked | undefined {
  const declared = childOf(spec, 'parameters');
  if (!isTrackedMap(declared)) return undefined;
  const value = new BareMap();
  for (const name in declared.value) {
    const fallback = childOf(declared.value[name], 'default');
    if (fallback !== undefined) value[name] = fallback;
  }
  return { value, origin: declared.origin };
}

/** Before anything is resolved: without what a profile says the rest would be wrong in ways that nobody wrote. */
export function checkProfiles(release: Release, settings: Tracked<SystemSettings>, report: Report): void {
  const known = mapOf(atPath(release.document as Tracked, ['spec', 'profiles']));
  for (const { value: name, origin } of itemsOf(settings.value.profiles as Tracked<string[]> | undefined)) {
    if (Object.hasOwn(known, name)) continue;
    const message = `System ${release.system} has no profile \`${name}\``;
    reportName(report, 'unknown-profile', message, placeOf(origin), name, Object.keys(known), release);
  }
}

export function chosenProfiles(spec: Tracked, settings: Tracked | undefined): Tracked[] {
  const known = mapOf(childOf(spec, 'profiles'));
  return itemsOf(childOf(settings, 'profiles') as Tracked<string[]> | undefined).flatMap((name) => {
    const profile = Object.hasOwn(known, name.value) ? known[name.value] : undefined;
    return profile === undefined ? [] : [relabel(profile, `profile ${name.value}`)];
  });
}

// Profiles are read with their System and stay the same for every environment that chooses them.
const relabelled = new WeakMap<Tracked, Tracked>();

function relabel(tree: Tracked, layer: string): Tracked {
  const known = relabelled.get(tree);
  if (known !== undefined) return known;
  const origin = tree.origin.kind === 'spec' ? { ...tree.origin, layer } : tree.origin;
  let value = tree.value as unknown;
  if (Array.isArray(value)) value = value.map((item) => relabel(item, layer));
  else if (isTrackedMap(tree)) {
    const copy = new BareMap();
    for (const key in tree.value) copy[key] = relabel(tree.value[key] as Tracked, layer);
    value = copy;
  }
  const result = { value, origin } as Tracked;
  relabelled.set(tree, result);
  return result;
}

// A profile or environment changes what the System has; it cannot name what the System does not know.
const namesOf = [
  ['components', 'unknown-component', 'component'],
  ['parameters', 'unknown-parameter', 'parameter'],
  ['env', 'unknown-reference', 'group of environment variables'],
  ['config', 'unknown-reference', 'config entry'],
] as const;

/** Whether the System knows all that one of its profiles names, chosen or not, or an environment. */
export function checkNames(release: Release, layer: Tracked, report: Report): boolean {
  const spec = childOf(release.document as Tracked, 'spec') as Tracked;
  let complete = true;
  for (const [word, code, noun] of namesOf) {
    const known = mapOf(childOf(spec, word));
    const named = mapOf(childOf(layer, word));
    for (const name in named) {
      if (Object.hasOwn(known, name)) continue;
      complete = false;
      const node = named[name] as Tracked;
      const place = node.origin.kind === 'spec' ? (node.origin.key ?? node.origin.place) : undefined;
      reportName(report, code, `System ${release.system} has no ${noun} \`${name}\``, place, name, Object.keys(known), release);
    }
  }
  return complete;
}

/** A component of a name that is not known would be one of its own, with problems of its own. */
function withKnownNames(spec: Tracked, layer: Tracked): Tracked {
  const changed: TrackedMap = {};
  for (const [word] of namesOf) {
    const known = mapOf(childOf(spec, word));
    const named = childOf(layer, word);
    if (named === undefined || Object.keys(mapOf(named)).every((name) => Object.hasOwn(known, name))) continue;
    const kept = Object.entries(mapOf(named)).filter(([name]) => Object.hasOwn(known, name));
    changed[word] = { ...named, value: Object.fromEntries(kept) };
  }
  return Object.keys(changed).length === 0 ? layer : { ...layer, value: { ...mapOf(layer), ...changed } };
}

function reportName(
  report: Report,
  code: 'unknown-profile' | 'unknown-component' | 'unknown-parameter' | 'unknown-reference',
  message: string,
  place: Place | undefined,
  written: string,
  known: readonly string[],
  release: Release,
): void {
  const hint = didYouMean(written, known);
  const described = `the System is described here${release.release === 'head' ? '' : ` (release ${release.release})`}`;
  report({
    code,
    severity: 'error',
    message,
    place: place ?? wholeFile(release.file),
    ...(place?.file.path === release.file.path ? {} : { related: [{ place: wholeFile(release.file), message: described }] }),
    ...(hint === undefined ? {} : { hint }),
  });
}

export function mapOf(tree: Tracked | undefined): TrackedMap {
  return isTrackedMap(tree) ? tree.value : {};
}
