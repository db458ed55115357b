import { checkScalar, describeValue, quote, wrongType } from './check-scalar.ts';
import { isStructured, resolveSchema } from './find-schema.ts';
import type { ChoiceSchema, KubernetesSchemas, ListSchema, MapSchema, ObjectSchema, ScalarType, Schema } from './schema-types.ts';

export type Path = (string | number)[];

export interface Violation {
  path: Path;
  problem: 'unknown-field' | 'wrong-type' | 'missing-field' | 'not-allowed' | 'unknown-kind';
  message: string;
  /** The names or values that would have been right. */
  known?: string[];
}

export interface Walk {
  schemas: KubernetesSchemas;
  /** Where the walk is; one list for the whole walk, copied only into violations. */
  path: Path;
  violations: Violation[];
}

export function checkValue(value: unknown, schema: Schema, walk: Walk): void {
  const resolved = resolveSchema(walk.schemas, schema);
  if (!isStructured(resolved)) {
    const complaint = checkScalar(resolved as ScalarType, value);
    if (complaint) walk.violations.push({ path: [...walk.path], ...complaint });
  } else if (resolved.type === 'object') checkObject(value, resolved, walk);
  else if (resolved.type === 'list') checkList(value, resolved, walk);
  else if (resolved.type === 'map') checkMap(value, resolved, walk);
  else if (resolved.type === 'choice') checkChoice(value, resolved, walk);
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  // Unlike a look at the prototype, this also knows objects from another JavaScript realm.
  return typeof value === 'object' && Object.prototype.toString.call(value) === '[object Object]';
}

function checkObject(value: unknown, schema: ObjectSchema, walk: Walk): void {
  if (!isRecord(value)) return complain(walk, wrongType('an object', value));
  for (const name in value) {
    const field = value[name];
    if (Object.hasOwn(schema.properties, name)) {
      // The API server reads null as "not set".
      if (field !== undefined && field !== null) checkAt(name, field, schema.properties[name] as Schema, walk);
    } else if (!schema.open && field !== undefined) {
      const known = Object.keys(schema.properties);
      complainAt(name, walk, { problem: 'unknown-field', message: `unknown field ${quote(name)}`, known });
    }
  }
  for (const name of schema.required ?? []) {
    if (Object.hasOwn(value, name) && value[name] !== undefined && value[name] !== null) continue;
    complainAt(name, walk, { problem: 'missing-field', message: `required field ${quote(name)} is missing` });
  }
}

function checkList(value: unknown, schema: ListSchema, walk: Walk): void {
  if (!Array.isArray(value)) return complain(walk, wrongType('a list', value));
  for (let index = 0; index < value.length; index += 1) checkAt(index, value[index], schema.items, walk);
}

function checkMap(value: unknown, schema: MapSchema, walk: Walk): void {
  if (!isRecord(value)) return complain(walk, wrongType('an object', value));
  if (schema.values === 'anything') return;
  for (const name in value) {
    if (value[name] !== undefined) checkAt(name, value[name], schema.values, walk);
  }
}

function checkChoice(value: unknown, schema: ChoiceSchema, walk: Walk): void {
  if (schema.values.includes(value as string)) return;
  const known = schema.values.filter((allowed) => allowed !== '').map(String);
  // "Always" for a field that takes other strings is a wrong value; a list would be a wrong type.
  const sameType = schema.values.some((allowed) => typeof allowed === typeof value);
  complain(walk, {
    problem: sameType ? 'not-allowed' : 'wrong-type',
    message: `expected one of ${known.join(', ')}, found ${describeValue(value)}`,
    known,
  });
}

function checkAt(step: string | number, value: unknown, schema: Schema, walk: Walk): void {
  walk.path.push(step);
  checkValue(value, schema, walk);
  walk.path.pop();
}

function complain(walk: Walk, violation: Omit<Violation, 'path'>): void {
  walk.violations.push({ path: [...walk.path], ...violation });
}

function complainAt(step: string | number, walk: Walk, violation: Omit<Violation, 'path'>): void {
  walk.violations.push({ path: [...walk.path, step], ...violation });
}
