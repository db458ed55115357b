import * as z from 'zod';
import { dnsLabel, versionName } from './scalars.ts';
import { apiVersion } from './system.ts';

export function releaseSchema() {
  return z
    .strictObject({
      apiVersion,
      kind: z.literal('Release').describe('Which kind of document this is'),
      metadata: z
        .strictObject({ name: versionName.describe('Version of the release; the same as its folder') })
        .describe('What identifies the document'),
      spec: z
        .strictObject({
          system: dnsLabel.describe('The System that it is a release of'),
          digest: z
            .string()
            .regex(/^sha256:[0-9a-f]{64}$/)
            .describe('Of every file of the release; a changed file is an error'),
        })
        .describe('Which System was frozen, and as what'),
    })
    .describe('Says that the folder it stands in is frozen');
}
