import type { YamlEdit } from '../edit/yaml-edit.ts';
import type { KubernetesSchemas } from '../kubernetes/schema-types.ts';
import type { DesiredObject } from '../model/desired-object.ts';
import type { Origin } from '../model/origin.ts';
import { atPath, type Tracked } from '../model/tracked.ts';
import { parsePath } from '../plan/field-path.ts';
import { settingsFor } from './language-settings.ts';
import type { LocatedField } from './locate-field.ts';
import { patchBodies } from './patch-for.ts';
import { writtenPath } from './written-path.ts';

/** One way to make the description say it; whether it does is seen by compiling. */
export interface Candidate {
  readonly edits: readonly YamlEdit[];
  readonly isPatch: boolean;
}

export interface FieldToAbsorb {
  readonly object: DesiredObject;
  readonly located: LocatedField;
  readonly field: string;
  /** Undefined: the field is to go. */
  readonly value: unknown;
  readonly reason: string;
}

/** Where it may be said. */
export interface Entry {
  readonly document: Tracked;
  readonly path: string;
  readonly system: string;
  /** How many patches it has so far; undefined where it says nothing of them. */
  readonly patches: number | undefined;
  readonly schemas: KubernetesSchemas;
}

/** The smallest first: where the environment says it, in a word of the language, and as a patch. */
export function absorbCandidates(field: FieldToAbsorb, entry: Entry): Candidate[] {
  const { object, located, value } = field;
  const { origin } = located.rest.length === 0 ? (atPath(object.tree, located.address) ?? {}) : {};
  const written = origin === undefined ? [] : writtenEdits(origin, value, entry);
  const path = ['spec', 'systems', entry.system];
  const settings = settingsFor(object, parsePath(field.field), value);
  const component = [...path, 'components', String(object.component)];
  const said = settings.map(({ path: word, value: to }): YamlEdit => ({ path: [...component, ...word], value: to }));
  const configs = configEdits(field, entry.system);
  const removed = said.flatMap(({ path: at }): YamlEdit[] =>
    atPath(entry.document, at) === undefined ? [] : [{ path: at, remove: true }],
  );
  return [
    ...written.map((edit) => ({ edits: [edit], isPatch: false })),
    ...(value === undefined && removed.length > 0 ? [{ edits: removed, isPatch: false }] : []),
    ...(said.length === 0 ? [] : [{ edits: said, isPatch: false }]),
    ...configs.map((edit) => ({ edits: [edit], isPatch: false })),
    ...patchEdits(field, entry, path).map((edit) => ({ edits: [edit], isPatch: true })),
  ];
}

/** Where the environment wrote the value, or what it is computed from. */
function writtenEdits(origin: Origin, value: unknown, entry: Entry): YamlEdit[] {
  if (origin.kind !== 'spec') return [];
  const own = origin.expression === undefined ? pathOf(origin, entry) : undefined;
  if (own !== undefined) return editsAt(own, value, entry);
  const sources = (origin.from ?? []).flatMap((source) => {
    const path = pathOf(source, entry);
    return path === undefined ? [] : editsAt(path, value, entry);
  });
  if (sources.length > 0 || value === undefined) return sources;
  const [, parameter] = /^\$\{(?:string\()?parameters\.(\w+)\)?\}$/.exec((origin.expression ?? '').trim()) ?? [];
  return parameter === undefined
    ? []
    : spellings(value).map((spelled) => ({ path: ['spec', 'systems', entry.system, 'parameters', parameter], value: spelled }));
}

function pathOf(origin: Origin, { document, path }: Entry): (string | number)[] | undefined {
  return origin.kind === 'spec' && origin.place.file.path === path ? writtenPath(document, origin.place) : undefined;
}

function editsAt(path: readonly (string | number)[], value: unknown, { document }: Entry): YamlEdit[] {
  // Of a JSON patch the operation is known, and its value is what counts.
  const isOperation = path.at(-2) === 'json';
  const at = isOperation && atPath(document, [...path, 'value']) !== undefined ? [...path, 'value'] : path;
  if (value !== undefined) return spellings(value).map((spelled) => ({ path: at, value: spelled }));
  return [
    { path: at, remove: true },
    { path: at, value: null },
  ];
}

/** Texts of Kubernetes may be numbers and yes or no in the description. */
function spellings(value: unknown): unknown[] {
  if (typeof value !== 'string') return [value];
  if (/^-?(0|[1-9]\d{0,14})(\.\d+)?$/.test(value)) return [value, Number(value)];
  return value === 'true' || value === 'false' ? [value, value === 'true'] : [value];
}

/** A file of a ConfigMap that the System describes, whose name begins with that of the System where it says so. */
function configEdits({ object, field, value }: FieldToAbsorb, system: string): YamlEdit[] {
  const [data, key, ...more] = parsePath(field);
  if (object.kind !== 'ConfigMap' || data !== 'data' || key === undefined || more.length > 0) return [];
  const names = [object.name, ...(object.name.startsWith(`${system}-`) ? [object.name.slice(system.length + 1)] : [])];
  return names.map((name) => ({ path: ['spec', 'systems', system, 'config', name, key], value: value ?? null }));
}

function patchEdits(field: FieldToAbsorb, entry: Entry, path: readonly string[]): YamlEdit[] {
  const { object, located, value, reason } = field;
  const { kind, name } = object;
  const bodies = patchBodies({ object: object.plain, located, value, schemas: entry.schemas });
  return bodies.map((body) => {
    const patch = { target: { kind, name }, reason, ...body };
    return entry.patches === undefined
      ? { path: [...path, 'patches'], value: [patch] }
      : { path: [...path, 'patches', entry.patches], value: patch };
  });
}
