import * as z from 'zod';
import { parseBuild } from '../verify/parse-build.ts';
import type { DeploymentStatus, UnknownStatus } from './deployment-status.ts';
import { durationInWords } from './duration.ts';
import { statusOfApplication } from './read-application.ts';

export interface StatusFile {
  readonly path: string;
  readonly applications: readonly unknown[];
}

const oldest = 86_400_000;

const listSchema = z.object({ items: z.array(z.unknown()) });
const kindSchema = z.object({ kind: z.literal('Application').nullish(), metadata: z.object({ name: z.string() }) });
const namedSchema = z.object({ metadata: z.object({ name: z.string(), namespace: z.string().nullish() }) });
const seenSchema = z.object({ status: z.object({ reconciledAt: z.iso.datetime({ offset: true }) }) });

/** The Applications in what kubectl or argocd printed as JSON or YAML: one, a list, or several documents. */
export function applicationsIn(text: string): readonly unknown[] | UnknownStatus {
  let documents: unknown[];
  try {
    documents = /^\s*[[{]/.test(text) ? [JSON.parse(text)] : parseBuild(text);
  } catch {
    return { unknown: 'is neither JSON nor YAML' };
  }
  const applications = documents
    .flatMap((document) => (Array.isArray(document) ? document : (listSchema.safeParse(document).data?.items ?? [document])))
    .filter((object) => kindSchema.safeParse(object).success);
  return applications.length === 0 ? { unknown: 'holds no Application' } : applications;
}

/** What status files say of an Application; undefined where none knows it. */
export function statusInFiles(
  files: readonly StatusFile[],
  { name, namespace, now }: { readonly name: string; readonly namespace: string; readonly now: Date },
): DeploymentStatus | UnknownStatus | undefined {
  const [found] = files
    .flatMap(({ path, applications }) => applications.filter(isMeant).map((object) => ({ path, object, seen: seenAt(object) })))
    // One cluster may stand in several files: the newest counts.
    .sort((one, other) => timeOf(other.seen) - timeOf(one.seen));
  return found && readAged(found, name, now);

  function isMeant(object: unknown): boolean {
    const { metadata } = namedSchema.safeParse(object).data ?? {};
    return metadata?.name === name && (metadata.namespace ?? namespace) === namespace;
  }
}

interface Found {
  readonly path: string;
  readonly object: unknown;
  readonly seen: string | undefined;
}

function readAged({ path, object, seen }: Found, name: string, now: Date): DeploymentStatus | UnknownStatus {
  if (seen === undefined) return { unknown: `${path} does not say when ${name} was so: it has no status.reconciledAt` };
  const age = now.getTime() - Date.parse(seen);
  if (age < 0) return { unknown: `what ${path} says of ${name} is from ${seen}, which is not yet: do the clocks agree?` };
  if (age > oldest)
    return {
      unknown: `what ${path} says of ${name} is from ${seen}, ${durationInWords(age)} ago: give one that is younger than a day`,
    };
  const status = statusOfApplication(object);
  return 'unknown' in status ? { unknown: `${path}: ${status.unknown}` } : { ...status, asOf: seen };
}

function seenAt(object: unknown): string | undefined {
  return seenSchema.safeParse(object).data?.status.reconciledAt;
}

function timeOf(seen: string | undefined): number {
  return seen === undefined ? 0 : Date.parse(seen);
}
