import { uncarriedCharacter } from '../read/uncarried-character.ts';
import type { YamlEdit } from './yaml-edit.ts';

export type Path = readonly (string | number)[];
export type PlainMap = Readonly<Record<string, unknown>>;

export function isPlainMap(value: unknown): value is PlainMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Undefined where nothing is. */
export function getPlain(value: unknown, path: Path): unknown {
  return path.reduce((within: unknown, part) => childOf(within, part), value);
}

/** What the edit makes of the data, which the text has to say afterwards. */
export function editPlain(value: unknown, path: Path, edit: YamlEdit): unknown {
  const [part, ...rest] = path;
  if (part === undefined) return 'value' in edit ? edit.value : undefined;
  const old = childOf(value, part);
  const child = editPlain(old, rest, edit);
  if (child === undefined && old === undefined) return value;
  const list = value === undefined || value === null ? (part === 0 ? [] : undefined) : value;
  if (Array.isArray(list)) return list.toSpliced(part as number, 1, ...(child === undefined ? [] : [child]));
  const map = isPlainMap(value) ? value : {};
  if (child !== undefined) return { ...map, [part]: child };
  return Object.fromEntries(Object.entries(map).filter(([key]) => key !== String(part)));
}

/** The value as JSON has it, or what about it cannot be written. */
export function toPlain(value: unknown): { readonly value: unknown } | { readonly unwritable: string } {
  if (value === null || value === undefined) return { value: null };
  if (typeof value === 'boolean') return { value };
  if (typeof value === 'number') return Number.isFinite(value) ? { value } : { unwritable: `the number ${value}` };
  if (typeof value === 'string') {
    const uncarried = uncarriedCharacter(value);
    if (uncarried !== undefined) return { unwritable: `a text with the character ${uncarried.name}` };
    return /\p{Surrogate}/u.test(value) ? { unwritable: 'a text with half a character' } : { value };
  }
  if (typeof value !== 'object') return { unwritable: `a ${typeof value}` };
  const entries = Object.entries(value).filter(([, child]) => child !== undefined || Array.isArray(value));
  const children = entries.map(([key, child]) => [key, toPlain(child)] as const);
  for (const [, child] of children) if ('unwritable' in child) return child;
  const plain = children.map(([key, child]) => [key, (child as { value: unknown }).value] as const);
  return { value: Array.isArray(value) ? plain.map(([, child]) => child) : Object.fromEntries(plain) };
}

function childOf(value: unknown, part: string | number): unknown {
  if (Array.isArray(value)) return typeof part === 'number' ? value[part] : undefined;
  return isPlainMap(value) && Object.hasOwn(value, String(part)) ? value[String(part)] : undefined;
}
