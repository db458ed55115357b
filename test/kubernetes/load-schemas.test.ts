import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { kindsOf } from '../../src/kubernetes/find-schema.ts';
import { loadSchemas, supportedMinors } from '../../src/kubernetes/load-schemas.ts';
import type { Schema } from '../../src/kubernetes/schema-types.ts';
import { schemasFolder, schemasOf } from './schemas-of.ts';

const scalars = ['string', 'boolean', 'int32', 'integer', 'number', 'quantity', 'int-or-string', 'base64', 'anything'];

describe('loadSchemas', () => {
  it('has a data file of at most 200 kB for each supported minor', () => {
    const minors = readdirSync(schemasFolder).flatMap((file) => /^kubernetes-(.+)\.jsonl$/.exec(file)?.[1] ?? []);
    expect(minors.sort()).toEqual([...supportedMinors]);
    for (const file of readdirSync(schemasFolder)) {
      expect(statSync(join(schemasFolder, file)).size).toBeLessThan(200_000);
    }
  });

  it('reads each minor once', () => {
    expect(schemasOf('1.35')).toBe(schemasOf('1.35'));
    expect(schemasOf('1.35')).not.toBe(schemasOf('1.36'));
  });

  it('names the supported minors when asked for another', () => {
    expect(() => loadSchemas('1.12', schemasFolder)).toThrow(/1\.12 is not supported.*1\.29.*1\.36/);
  });

  it.each(supportedMinors)('has no dangling reference and no unknown type in %s', (minor) => {
    const schemas = schemasOf(minor);
    const visit = (schema: Schema): void => {
      if (typeof schema === 'string') {
        if (schema.includes('.')) expect(schemas.definitions.get(schema), schema).toBeDefined();
        else expect(scalars).toContain(schema);
      } else if (schema.type === 'object') {
        Object.values(schema.properties).forEach(visit);
        for (const name of schema.required ?? []) expect(schema.properties).toHaveProperty([name]);
      } else if (schema.type === 'list') visit(schema.items);
      else if (schema.type === 'map') visit(schema.values);
      else if (schema.type === 'reference') visit(schema.definition);
      else expect(schema.type).toBe('choice');
    };
    for (const name of schemas.definitions.names()) visit(schemas.definitions.get(name) as Schema);
    for (const { apiVersion, kind } of kindsOf(schemas)) {
      expect(schemas.definitions.get(schemas.kinds[apiVersion]?.[kind]?.definition ?? ''), kind).toBeDefined();
    }
  });
});
