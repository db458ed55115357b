import * as z from 'zod';
import { promotionSchema, stagePromotionSchema } from './promotion.ts';
import { dnsLabel, webAddress } from './scalars.ts';
import { apiVersion } from './system.ts';
import { waiversSchema } from './waiver.ts';

const stageSchema = () =>
  z.strictObject({
    protected: z.boolean().optional().describe('true: only frozen releases, no cascade deletion, no pruning, no tag `latest`'),
    sync: z.enum(['automatic', 'manual']).optional().describe('Whether Argo CD applies changes by itself; by default automatic'),
    prune: z
      .boolean()
      .optional()
      .describe('Whether Argo CD deletes what is no longer declared; by default not in a protected stage'),
    selfHeal: z
      .boolean()
      .optional()
      .describe('Whether Argo CD undoes changes made in the cluster; by default it does, where `sync` is automatic'),
    promotion: stagePromotionSchema().optional().describe('What must hold before something is promoted into this stage'),
  });

const publishSchema = () =>
  z
    .strictObject({
      host: z
        .enum(['local', 'github', 'gitea'])
        .optional()
        .describe('Where pull requests are opened; by default local: in the repository itself, listed by `stowage pr`'),
      repository: z
        .string()
        .min(1)
        .optional()
        .describe(
          'Address or folder to push to; by default `repository.url`, and with `local` .stowage/config.git below the fleet',
        ),
      api: webAddress.optional().describe('Base address of the API: of GitHub Enterprise, or of Gitea'),
      group: z
        .enum(['system', 'environment', 'all'])
        .optional()
        .describe('What one pull request is about; by default system: one system in one environment'),
      labels: z.array(z.string().min(1)).optional().describe('Labels that the host gives to pull requests; by default none'),
      reviewers: z
        .array(z.string().min(1))
        .optional()
        .describe('Who is asked for a review of pull requests, as the host calls them; by default nobody'),
      draft: z.boolean().optional().describe('Whether pull requests are opened as drafts'),
      sign: z.boolean().optional().describe("Whether commits are signed, with git's own settings"),
      branchPrefix: z
        .string()
        .regex(/^[a-z0-9][-a-z0-9]*(\/[a-z0-9][-a-z0-9]*)*\/$/, 'must be lower-case words, each with a `/` behind it')
        .optional()
        .describe('What the names of branches start with; by default stowage/'),
    })
    .describe('How changes are offered to the config repository: `stowage publish`');

export function fleetSchema() {
  return z
    .strictObject({
      apiVersion,
      kind: z.literal('Fleet').describe('Which kind of document this is'),
      metadata: z.strictObject({ name: dnsLabel.describe('Name of the fleet') }).describe('What identifies the document'),
      spec: z
        .strictObject({
          description: z.string().optional().describe('What it is, in a line; the page of `stowage report` shows it'),
          repository: z
            .strictObject({
              url: z.string().describe('The config repository as Argo CD reads it'),
              branch: z.string().optional().describe('By default main'),
              path: z.string().optional().describe('Folder of the generated files in it; by default its root'),
            })
            .describe('Where the generated files live'),
          publish: publishSchema().optional(),
          promotion: promotionSchema().optional(),
          argocd: z
            .strictObject({
              namespace: dnsLabel.optional().describe('Where its Application and AppProject objects go; by default argocd'),
            })
            .optional()
            .describe('Argo CD, which deploys the generated files'),
          notSecret: waiversSchema().optional().describe('What looks like a secret in this file and is none'),
          stages: z
            .record(dnsLabel, stageSchema())
            .optional()
            .describe('How environments are treated, by the name that they give as `stage`'),
        })
        .describe('What the fleet consists of'),
    })
    .describe('The fleet: config repository, publishing, promotion, Argo CD, stages');
}

export type FleetDocument = z.infer<ReturnType<typeof fleetSchema>>;
export type Stage = z.infer<ReturnType<typeof stageSchema>>;
