import * as z from 'zod';
import { dnsLabel, versionName } from './scalars.ts';
import { apiVersion } from './system.ts';

export function releaseSchema() {
  return z
    .strictObject({
      apiVersion,
      kind: z.literal('Release'),
      metadata: z.strictObject({ name: versionName }),
      spec: z.strictObject({
        system: dnsLabel,
        digest: z
          .string()
          .regex(/^sha256:[0-9a-f]{64}$/)
          .describe('Of every file of the release; a changed file is an error'),
      }),
    })
    .describe('Says that the folder it stands in is frozen');
}
