import * as z from 'zod';
import { compareText } from '../diagnostics/sort-diagnostics.ts';
import type { PlainObject } from '../model/desired-object.ts';
import { asMap } from '../model/pod-specs.ts';
import type { Owner } from './difference.ts';
import type { Step, Steps } from './steps.ts';

/** What one manager owns of an object: a tree with `f:` for fields, `k:` for elements, `v:` for values, `.` for itself. */
export interface Ownership {
  readonly owner: Owner;
  readonly fields: PlainObject;
}

const entry = z.object({
  manager: z.string().default('unknown'),
  operation: z.enum(['Apply', 'Update']),
  time: z.string().nullish(),
  subresource: z.string().nullish(),
  fieldsV1: z.record(z.string(), z.unknown()).nullish(),
});

const longestName = 128;

/** The managers of an object, the last one to write first. */
export function ownershipsOf(object: PlainObject): Ownership[] {
  const fields = asMap(object.metadata)?.managedFields;
  if (!Array.isArray(fields)) return [];
  return fields
    .flatMap((one) => {
      const { data } = entry.safeParse(one);
      if (data?.fieldsV1 == null) return [];
      const { manager, operation, time, subresource, fieldsV1 } = data;
      const owner: Owner = {
        manager: manager.replaceAll(/[^\x20-\x7e]/g, '?').slice(0, longestName),
        operation,
        ...(time != null && { since: time }),
        ...(subresource != null && subresource !== '' && { subresource }),
      };
      return [{ owner, fields: fieldsV1 }];
    })
    .sort((a, b) => compareText(b.owner.since ?? '', a.owner.since ?? ''));
}

/** Whether the tree has what the steps lead to, or a value that holds all of it, such as a list that goes as one. */
export function owns({ fields }: Ownership, steps: Steps): boolean {
  let node: PlainObject | undefined = fields;
  for (const step of steps) {
    // Below what is owned as one value nothing is told apart.
    if (node === undefined || (Object.keys(node).length === 0 && node !== fields)) return node !== undefined;
    const next = childOf(node, step);
    if (next === undefined) return false;
    node = next;
  }
  return node !== undefined;
}

function childOf(node: PlainObject, step: Step): PlainObject | undefined {
  if ('key' in step) return asMap(node[`f:${step.key}`]);
  if ('index' in step) return asMap(node[`i:${step.index}`]);
  if ('value' in step) return asMap(node[`v:${JSON.stringify(step.value)}`]);
  const { match } = step;
  const key = Object.keys(node).find((name) => {
    const fields = name.startsWith('k:') ? parseKey(name.slice(2)) : undefined;
    return (
      fields !== undefined && Object.entries(match).every(([field, value]) => value === undefined || fields[field] === value)
    );
  });
  return key === undefined ? undefined : asMap(node[key]);
}

/** One step of a tree as a step of an object; nothing for the mark of a whole. */
export function stepOf(name: string): Step | undefined {
  const rest = name.slice(2);
  if (name.startsWith('f:')) return { key: rest };
  if (name.startsWith('k:')) {
    const match = parseKey(rest);
    return match === undefined ? undefined : { match };
  }
  if (name.startsWith('v:')) return { value: parseJson(rest) };
  return name.startsWith('i:') ? { index: Number(rest) } : undefined;
}

function parseKey(text: string): PlainObject | undefined {
  return asMap(parseJson(text));
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
