import type * as z from 'zod';

/** What the schema allows at a path, unions and optionals taken apart; expressions are left out. */
export function schemasAt(schema: z.ZodType, path: readonly PropertyKey[]): z.ZodType[] {
  return path.reduce<z.ZodType[]>((schemas, key) => schemas.flatMap((candidate) => step(candidate, key)), alternatives(schema));
}

export function fieldsOf(schemas: readonly z.ZodType[]): string[] {
  return schemas.flatMap((schema) => Object.keys(definition(schema).shape ?? {}));
}

/** Whether all that these allow are maps with fields of other names, and values that are no maps. */
export function haveNoField(schemas: readonly z.ZodType[], key: string): boolean {
  return (
    schemas.length > 0 &&
    schemas.every((schema) => {
      const { type, shape, catchall } = definition(schema);
      if (shape === undefined) return !openTypes.has(type);
      return !Object.hasOwn(shape, key) && catchall !== undefined && definition(catchall).type === 'never';
    })
  );
}

/** What may be a map with keys of any name. */
const openTypes = new Set(['record', 'any', 'unknown', 'custom', 'pipe', 'intersection']);

/** `a whole number`, `text or a list`, `Deployment or StatefulSet`. */
export function describeExpectation(schemas: readonly z.ZodType[]): string {
  const wanted = schemas.flatMap((schema) => {
    const { type, values, entries } = definition(schema);
    if (type === 'literal') return (values ?? []).map((value) => `\`${String(value)}\``);
    if (type === 'enum') return Object.values(entries ?? {}).map((value) => `\`${String(value)}\``);
    return [typeNames[type === 'number' && isInteger(schema) ? 'int' : type] ?? type];
  });
  return [...new Set(wanted)].join(' or ');
}

interface Definition {
  readonly type: string;
  readonly shape?: Record<string, z.ZodType>;
  readonly catchall?: z.ZodType;
  readonly innerType?: z.ZodType;
  readonly getter?: () => z.ZodType;
  readonly options?: readonly z.ZodType[];
  readonly element?: z.ZodType;
  readonly valueType?: z.ZodType;
  readonly values?: readonly unknown[];
  readonly entries?: Record<string, unknown>;
}

const typeNames: Record<string, string> = {
  int: 'a whole number',
  number: 'a number',
  string: 'text',
  boolean: 'true or false',
  array: 'a list',
  object: 'a map',
  record: 'a map',
};

function definition(schema: z.ZodType): Definition {
  return schema._zod.def as unknown as Definition;
}

function alternatives(schema: z.ZodType): z.ZodType[] {
  const { type, innerType, getter, options } = definition(schema);
  if (getter !== undefined) return alternatives(getter());
  if (type === 'optional' && innerType !== undefined) return alternatives(innerType);
  if (type === 'union') return (options ?? []).filter((option) => !isExpression(option)).flatMap(alternatives);
  return [schema];
}

function step(schema: z.ZodType, key: PropertyKey): z.ZodType[] {
  const { shape, catchall, element, valueType } = definition(schema);
  const name = String(key);
  const field = shape !== undefined && Object.hasOwn(shape, name) ? shape[name] : undefined;
  const next = field ?? element ?? valueType ?? catchall;
  return next === undefined ? [] : alternatives(next);
}

function isExpression(schema: z.ZodType): boolean {
  return schema.description?.startsWith('A CEL expression') === true;
}

function isInteger(schema: z.ZodType): boolean {
  return (schema as { format?: string | null }).format === 'safeint';
}
