import * as z from 'zod';
import { clusterSchema } from './cluster.ts';
import { driftBaselineSchema } from './drift-baseline.ts';
import { environmentDocumentSchema } from './environment.ts';
import { fleetSchema } from './fleet.ts';
import { releaseSchema } from './release.ts';
import { systemSchema } from './system.ts';

/** The language as JSON Schemas, by file name, with the descriptions that editors show. */
export function exportJsonSchemas(): Record<string, unknown> {
  const schemas = {
    'fleet.json': fleetSchema(),
    'system.json': systemSchema('written'),
    'cluster.json': clusterSchema(),
    'environment.json': environmentDocumentSchema(),
    'release.json': releaseSchema(),
    'drift.json': driftBaselineSchema(),
  };
  return Object.fromEntries(
    Object.entries(schemas).map(([name, schema]) => [
      name,
      z.toJSONSchema(schema, { io: 'input', target: 'draft-7', reused: 'ref', unrepresentable: 'any' }),
    ]),
  );
}
