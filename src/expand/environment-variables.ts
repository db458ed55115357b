import { didYouMean } from '../diagnostics/suggest.ts';
import type { DesiredObject } from '../model/desired-object.ts';
import type { Origin } from '../model/origin.ts';
import { placeOf } from '../model/origin.ts';
import { BareMap, childOf, isTrackedMap, reshape, type Tracked, type TrackedMap, trackAll } from '../model/tracked.ts';
import { checkOneOf } from '../resolve/check-one-of.ts';
import { asWritten } from '../resolve/config-files.ts';
import { mapOf } from '../resolve/layers.ts';
import { groupsOf } from '../resolve/resolve-system.ts';
import type { ResolvedComponent } from '../resolve/resolved.ts';
import { holdsSecret, type SecretReference, splitSecretText } from '../resolve/secret-text.ts';
import { desiredObject, type Expansion, keepsBareName } from './expansion.ts';

export interface ContainerEnvironment {
  readonly env: unknown;
  readonly envFrom: unknown;
  /** A text in which secrets may stand, as a container sees it: `$(NAME)` in their place. */
  text(tracked: Tracked<string>): unknown;
}

const valueSources = ['fieldRef', 'resourceFieldRef', 'configMapKeyRef', 'secretKeyRef'];

/** The variables of a container: shared groups by ConfigMap, secrets by reference, composed values in the pod. */
export function containerEnvironment(
  written: Tracked | undefined,
  component: ResolvedComponent,
  expansion: Expansion,
): ContainerEnvironment {
  const { $from: _, ...own } = mapOf(written);
  const groups = written === component.spec.value.env ? groupsOf(component).filter((group) => groupExists(group, expansion)) : [];
  const fromGroups = new Map<string, Tracked>();
  const inConfigMaps = new Set<string>();
  const envFrom: unknown[] = [];
  for (const group of groups) {
    const entries = mapOf(expansion.system.groups.get(group.value) as Tracked | undefined);
    if (plainEntries(entries).length > 0) {
      expansion.useGroup(group.value, component.key);
      envFrom.push(trackAll({ configMapRef: { name: groupConfigMapName(group.value, expansion) } }, group.origin));
    }
    for (const [name, value] of Object.entries(entries)) {
      if (!isPlain(value)) {
        fromGroups.set(name, value);
        continue;
      }
      inConfigMaps.add(name);
      // What stands in the pod beats all ConfigMaps, also that of a group which comes later.
      fromGroups.delete(name);
    }
  }
  const variables = { ...Object.fromEntries(fromGroups), ...own };
  for (const [name, value] of Object.entries(variables))
    if (isTrackedMap(value))
      checkOneOf(valueSources, `environment variable \`${name}\` takes its value from`, value, expansion.report);
  const names = new VariableNames(variables, inConfigMaps, expansion);
  const composed = Object.entries(variables).map(([name, value]) => entryFor(name, value, names));
  return {
    get env() {
      const all = [...names.helpers(), ...inOrderOfUse(composed)];
      return listOf(all, written);
    },
    envFrom: listOf(envFrom, childOf(written, '$from')),
    text: (tracked) => (holdsSecret(tracked.value) ? { value: names.compose(tracked), origin: tracked.origin } : tracked),
  };
}

/** Nothing where there are none; without `env` it is the container's own arguments that need variables. */
function listOf(entries: readonly unknown[], written: Tracked | undefined): unknown {
  if (entries.length === 0) return undefined;
  return written === undefined ? entries : reshape(written, entries);
}

/** Gives each secret that a composed value needs a variable: the one that already holds it, else a helper. */
class VariableNames {
  readonly #known = new Map<string, string>();
  readonly #helpers = new Map<string, { reference: SecretReference; origin: Origin }>();
  readonly #taken: Set<string>;
  readonly #expansion: Expansion;

  constructor(variables: TrackedMap, inConfigMaps: ReadonlySet<string>, expansion: Expansion) {
    this.#expansion = expansion;
    this.#taken = new Set([...Object.keys(variables), ...inConfigMaps]);
    for (const [name, value] of Object.entries(variables)) {
      const only = onlySecret(value);
      if (only !== undefined && !this.#known.has(idOf(only))) this.#known.set(idOf(only), name);
    }
  }

  compose(tracked: Tracked<string>): string {
    return splitSecretText(tracked.value)
      .map((part) => (typeof part === 'string' ? part : `$(${this.#nameOf(part, tracked.origin)})`))
      .join('');
  }

  reference(reference: SecretReference): unknown {
    this.#expansion.useSecret(reference.secret);
    return { secretKeyRef: { name: this.#expansion.system.secrets.get(reference.secret)?.name, key: reference.key } };
  }

  helpers(): unknown[] {
    return [...this.#helpers].map(([name, { reference, origin }]) =>
      trackAll({ name, valueFrom: this.reference(reference) }, origin),
    );
  }

  #nameOf(reference: SecretReference, origin: Origin): string {
    const known = this.#known.get(idOf(reference));
    if (known !== undefined) return known;
    const plain = `${reference.secret}_${reference.key}`.toUpperCase().replace(/[^A-Z0-9]+/g, '_');
    let name = plain;
    while (this.#taken.has(name)) name = `SECRET_${name}`;
    this.#known.set(idOf(reference), name);
    this.#taken.add(name);
    this.#helpers.set(name, { reference, origin });
    return name;
  }
}

function idOf(reference: SecretReference): string {
  return `${reference.secret}/${reference.key}`;
}

function onlySecret(value: Tracked): SecretReference | undefined {
  if (typeof value.value !== 'string' || !holdsSecret(value.value)) return undefined;
  const parts = splitSecretText(value.value);
  const [only] = parts;
  return parts.length === 1 && typeof only === 'object' ? only : undefined;
}

interface Entry {
  readonly name: string;
  /** What Kubernetes expands $(NAME) in; a reference has nothing to expand. */
  readonly text: string | undefined;
  readonly entry: unknown;
}

function entryFor(name: string, value: Tracked, names: VariableNames): Entry {
  const entry = (rest: object) => trackAll({ name, ...rest }, value.origin);
  if (isTrackedMap(value)) return { name, text: undefined, entry: entry({ valueFrom: value }) };
  const only = onlySecret(value);
  if (only !== undefined) return { name, text: undefined, entry: entry({ valueFrom: names.reference(only) }) };
  const written = asWritten(value);
  const text = holdsSecret(written) ? names.compose({ value: written, origin: value.origin } as Tracked<string>) : written;
  return { name, text, entry: entry({ value: text }) };
}

/**
 * Kubernetes expands only what stands before: references that a text uses come first, then the texts,
 * then the other references. Texts are what environments change, so an overlay has few to list before them.
 */
function inOrderOfUse(entries: readonly Entry[]): unknown[] {
  const used = new Set(entries.flatMap(({ text }) => [...(text ?? '').matchAll(/\$\(([^)]+)\)/g)].map((match) => match[1])));
  const rank = ({ name, text }: Entry) => (text !== undefined ? 1 : used.has(name) ? 0 : 2);
  return [0, 1, 2].flatMap((wanted) => entries.filter((entry) => rank(entry) === wanted).map((entry) => entry.entry));
}

function isPlain(value: Tracked): boolean {
  return !isTrackedMap(value) && !(typeof value.value === 'string' && holdsSecret(value.value));
}

function plainEntries(entries: TrackedMap): [string, Tracked][] {
  return Object.entries(entries).filter(([, value]) => isPlain(value));
}

function groupConfigMapName(group: string, expansion: Expansion): string {
  return `${expansion.system.prefix}${group}`;
}

function groupExists(group: Tracked<string>, expansion: Expansion): boolean {
  const { groups } = expansion.system;
  if (groups.has(group.value)) return true;
  const place = placeOf(group.origin);
  const hint = didYouMean(group.value, [...groups.keys()]);
  if (place !== undefined)
    expansion.report({
      code: 'unknown-reference',
      severity: 'error',
      message: `there is no group of environment variables \`${group.value}\``,
      place,
      ...(hint === undefined ? {} : { hint }),
    });
  return false;
}

/** The ConfigMap with the plain values of a group. */
export function groupConfigMap(group: string, users: readonly ResolvedComponent[], expansion: Expansion): DesiredObject {
  const tree = expansion.system.groups.get(group) as Tracked;
  const data = new BareMap();
  for (const [name, value] of plainEntries(mapOf(tree))) data[name] = { value: asWritten(value), origin: value.origin };
  const [only] = users;
  const head = {
    apiVersion: 'v1',
    kind: 'ConfigMap',
    name: groupConfigMapName(group, expansion),
    topic: users.length === 1 && only !== undefined ? only.key : 'config',
    hashed: !keepsBareName(users),
  };
  const object = desiredObject(head, { data: reshape(tree, data) }, expansion.system, tree.origin);
  return { ...object, component: users.length === 1 ? only?.key : undefined };
}
