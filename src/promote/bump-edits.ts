import { didYouMean } from '../diagnostics/suggest.ts';
import type { YamlEdit } from '../edit/yaml-edit.ts';
import type { EnvironmentDocument } from '../language/environment.ts';
import type { SystemDocument } from '../language/system.ts';
import { printImageReference } from '../model/image-reference.ts';
import { adviceForExpression } from './followed-image.ts';
import { containerNames, findImagePlaces, type ImagePlace, type Layer, mapIn } from './image-places.ts';
import { type Bump, type BumpProblem, targetOf } from './parse-bump.ts';

export interface BumpEdits {
  /** Empty where every image is there already. */
  readonly edits: readonly YamlEdit[];
  /** What the person should know who has asked for it. */
  readonly notes: readonly string[];
}

/** How the images are set in the System as it is being worked on: `systems/<system>/system.yaml`. */
export function headBumpEdits(system: SystemDocument, bumps: readonly Bump[]): BumpEdits | BumpProblem {
  const layers = layersOf(system);
  const document = `System \`${system.metadata.name}\``;
  return collect(bumps, (bump) => {
    const unknown = unknownTarget(layers, bump, document);
    if (unknown !== undefined) return unknown;
    const places = findImagePlaces(layers, bump);
    const chosen = chooseInHead(places, layers[0], bump, document);
    if ('problem' in chosen) return chosen;
    const others = places.filter((place) => place !== chosen && place.image !== undefined);
    const notes = others.map(({ layer }) => `${layer.name} has an image of \`${targetOf(bump)}\` of its own, which stays`);
    const inOne = 'or bump it in one environment with -e <environment>';
    return editAt([...chosen.layer.path, ...chosen.path, 'image'], chosen.image, bump, { document, otherwise: inOne, notes });
  });
}

/**
 * How the images are set in an environment's entry of a System, which lays over all that the System says. The System
 * is that of the release which runs there.
 */
export function environmentBumpEdits(
  environment: EnvironmentDocument,
  system: SystemDocument,
  bumps: readonly Bump[],
): BumpEdits | BumpProblem {
  const { systems } = environment.spec;
  const { name } = system.metadata;
  const document = `environment \`${environment.metadata.name}\``;
  const entry = Object.hasOwn(systems, name) ? systems[name] : undefined;
  if (entry === undefined) return problem(`${document} does not run System \`${name}\``, didYouMean(name, Object.keys(systems)));
  const profiles = entry.profiles ?? [];
  const own: Layer = { name: document, path: ['spec', 'systems', name, 'components'], components: entry.components ?? {} };
  const layers = [...layersOf(system, profiles), own];
  return collect(bumps, (bump) => {
    const unknown = unknownTarget(layers, bump, `System \`${name}\` as it runs in ${document}`);
    if (unknown !== undefined) return unknown;
    const places = findImagePlaces(layers, bump);
    const path = places[0]?.path ?? [bump.component];
    const there = places.find(({ layer }) => layer === own);
    const removed = removedAt(own, path);
    if (removed !== undefined)
      return problem(`${document} takes \`${targetOf(bump)}\` away: ${removed} is null`, 'take that out first, if it shall run');
    const notes = isExternal(layers, bump.component)
      ? [`\`${bump.component}\` lies outside of the cluster in ${document}, where its image is not used`]
      : [];
    const outOfThere = `or take it out of ${document} first`;
    return editAt([...own.path, ...path, 'image'], there?.image, bump, { document, otherwise: outOfThere, notes });
  });
}

/** The System and its profiles: those that were chosen, in that order, or all. */
function layersOf({ spec }: SystemDocument, chosen?: readonly string[]): Layer[] {
  const profiles = spec.profiles ?? {};
  const names = (chosen ?? Object.keys(profiles)).filter((name) => Object.hasOwn(profiles, name));
  return [
    { name: 'the System', path: ['spec', 'components'], components: spec.components },
    ...names.map((name) => ({
      name: `profile \`${name}\``,
      path: ['spec', 'profiles', name, 'components'],
      components: profiles[name]?.components ?? {},
    })),
  ];
}

function unknownTarget(layers: readonly Layer[], { component, container }: Bump, where: string): BumpProblem | undefined {
  const known = Object.keys(layers[0]?.components ?? {});
  if (!known.includes(component)) return problem(`${where} has no component \`${component}\``, didYouMean(component, known));
  if (container === undefined) return undefined;
  const containers = containerNames(layers, component);
  if (containers.includes(container)) return undefined;
  return problem(
    `component \`${component}\` of ${where} has no init or side container \`${container}\``,
    didYouMean(container, containers) ?? `it has none: its own image is \`${component}=…\``,
  );
}

/** The System's own place, unless it leaves the image to a profile. */
function chooseInHead(
  places: readonly ImagePlace[],
  system: Layer | undefined,
  bump: Bump,
  document: string,
): ImagePlace | BumpProblem {
  const target = targetOf(bump);
  const [first] = places;
  const written = places.filter(({ image }) => image !== undefined);
  const own = written.find(({ layer }) => layer === system);
  const [only, ...more] = own === undefined ? written : [own];
  if (more.length > 0) {
    const names = written.map(({ layer }) => layer.name).join(' and ');
    return problem(
      `${document} leaves the image of \`${target}\` to ${names}, and each has its own`,
      'bump it in one environment with -e <environment>, or edit the profile that is meant',
    );
  }
  if (only !== undefined) return only;
  const spec = mapIn(first?.layer.components, bump.component);
  const [without] = (['external', 'createdBy'] as const).filter((word) => spec?.[word] !== undefined);
  if (first !== undefined && without === undefined) return first;
  return problem(
    `${document} has no image of \`${target}\`${without === undefined ? '' : `: it is \`${without}\``}`,
    'there is nothing to bump; an environment that runs it by itself may have one: -e <environment>',
  );
}

function removedAt(layer: Layer, path: readonly string[]): string | undefined {
  let at: unknown = layer.components;
  for (const [depth, key] of path.entries()) {
    const map = at as Readonly<Record<string, unknown>> | undefined;
    at = map !== undefined && Object.hasOwn(map, key) ? map[key] : undefined;
    if (at === null) return [...layer.path, ...path.slice(0, depth + 1)].join('.');
  }
  return undefined;
}

function isExternal(layers: readonly Layer[], component: string): boolean {
  const said = layers
    .map(({ components }) => mapIn(components, component)?.external)
    .filter((external) => external !== undefined);
  return said.length > 0 && said.at(-1) !== null;
}

interface Told {
  readonly document: string;
  /** What else may be done where an expression stands. */
  readonly otherwise: string;
  readonly notes: readonly string[];
}

function editAt(path: readonly string[], before: string | undefined, bump: Bump, told: Told): BumpEdits | BumpProblem {
  const value = printImageReference(bump.reference);
  if (before === value) return { edits: [], notes: [`\`${targetOf(bump)}\` has this image already`, ...told.notes] };
  const advice = before === undefined ? undefined : adviceForExpression(before, bump);
  if (advice !== undefined)
    return problem(
      `the image of \`${targetOf(bump)}\` is an expression: ${told.document} has \`${before}\` at ${path.join('.')}`,
      `${advice}, ${told.otherwise}`,
    );
  return { edits: [{ path, value }], notes: told.notes };
}

function collect(bumps: readonly Bump[], work: (bump: Bump) => BumpEdits | BumpProblem): BumpEdits | BumpProblem {
  const edits: YamlEdit[] = [];
  const notes: string[] = [];
  for (const bump of bumps) {
    const result = work(bump);
    if ('problem' in result) return result;
    edits.push(...result.edits);
    notes.push(...result.notes);
  }
  return { edits, notes };
}

function problem(text: string, hint: string | undefined): BumpProblem {
  return { problem: text, ...(hint !== undefined && { hint }) };
}
