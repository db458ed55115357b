import { createHash } from 'node:crypto';
import { isDigest, type RegistryImage } from '../model/image-reference.ts';
import { Failure } from '../store/fail.ts';
import { type Answer, ask } from './ask.ts';
import { type Asker, type Authorization, authorize, wantsCredentials } from './authorize.ts';
import { readDockerCredentials } from './docker-credentials.ts';
import { isLoopback } from './loopback.ts';
import { refusalIn, tooMany, unwell } from './refusals.ts';

export interface ResolveOptions {
  readonly environment: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
  /** How long all of it may take; for tests. */
  readonly patience?: number;
}

export interface ResolvedImage {
  readonly digest: string;
  readonly mediaType: string;
}

const patience = 30_000;

/** An index comes first: its digest stands for the image on all platforms. */
const manifests = [
  'application/vnd.oci.image.index.v1+json',
  'application/vnd.docker.distribution.manifest.list.v2+json',
  'application/vnd.oci.image.manifest.v1+json',
  'application/vnd.docker.distribution.manifest.v2+json',
];

/** Asks the registry which image a tag means now; of a reference with a digest, whether the registry has that. */
export async function resolveDigest(reference: RegistryImage, options: ResolveOptions): Promise<ResolvedImage> {
  const { registry, repository, tag, digest } = reference;
  const wanted = digest ?? tag;
  if (wanted === undefined)
    throw new Failure(`${reference.name} has no tag to ask for`, 'write which one: without it, registries take `latest`');
  const host = new URL(`https://${registry}`);
  const url = new URL(`${isLoopback(host) ? 'http' : 'https'}://${registry}/v2/${repository}/manifests/${wanted}`);
  const limit = AbortSignal.timeout(options.patience ?? patience);
  const { environment, signal } = options;
  const asker: Asker = { registry, repository, environment, signal, patience: limit };
  let authorization: Authorization | undefined;

  async function answerTo(method: 'HEAD' | 'GET'): Promise<Answer> {
    for (;;) {
      const header = authorization?.header;
      const answer = await ask({ method, url, accept: manifests.join(', '), authorization: header, signal, patience: limit });
      if (answer.status !== 401) return answer;
      if (answer.url.origin !== url.origin)
        throw new Failure(
          `${registry} leads to ${answer.url.host}, which wants to know who asks`,
          `credentials of one host are not shown to another; name the image by ${answer.url.host}, if it is the registry`,
        );
      if (authorization !== undefined) throw wantsCredentials(readDockerCredentials(registry, environment), asker);
      authorization = await authorize(answer, asker);
    }
  }

  async function fullAnswer(): Promise<Answer> {
    const answer = await answerTo('GET');
    if (answer.status !== 200) throw refused(answer, reference, asker, authorization?.secrets ?? []);
    return answer;
  }

  const short = await answerTo('HEAD');
  // A refusal of HEAD has no words, and some registries do not know HEAD at all.
  const found = foundByHead(short) ?? foundByGet(await fullAnswer(), reference);
  if (digest !== undefined && found.digest !== digest)
    throw new Failure(
      `${registry} answers with ${found.digest} where ${digest} of ${repository} was asked for`,
      'do not use this image: the registry, or what stands before it, gives out something else',
    );
  return found;
}

function foundByHead(answer: Answer): ResolvedImage | undefined {
  const { status, headers } = answer;
  if (status === 429) throw tooMany(answer.url.host, answer);
  const digest = headers.get('docker-content-digest') ?? '';
  const mediaType = mediaTypeOf(headers);
  return status === 200 && isDigest(digest) && manifests.includes(mediaType) ? { digest, mediaType } : undefined;
}

function foundByGet({ headers, body }: Answer, { registry, name }: RegistryImage): ResolvedImage {
  const given = mediaTypeOf(headers);
  const mediaType = manifests.includes(given) ? given : mediaTypeIn(body);
  if (mediaType === undefined)
    throw new Failure(
      `${registry} answers with what is no manifest of an image that is known here`,
      given === 'text/html' ? 'that is a web page: is this the address of a registry?' : 'known are OCI and Docker, version 2',
    );
  const computed = `sha256:${createHash('sha256').update(body).digest('hex')}`;
  const told = headers.get('docker-content-digest');
  if (told !== null && told !== computed)
    throw new Failure(
      `the manifest of ${name} has another digest than ${registry} says`,
      'it was changed or cut off on its way: try again, and do not use this image if it stays so',
    );
  return { digest: computed, mediaType };
}

function refused(answer: Answer, { name, tag, digest }: RegistryImage, asker: Asker, secrets: readonly string[]): Failure {
  const { status, body, url } = answer;
  const { registry } = asker;
  const said = refusalIn(body, secrets);
  if (status === 429) return tooMany(url.host, answer);
  if (status === 403) {
    const credentials = readDockerCredentials(registry, asker.environment);
    if (said === undefined || credentials.kind === 'elsewhere') return wantsCredentials(credentials, asker);
    return new Failure(`${registry} refuses: ${said}`, `\`docker login ${registry}\`, with an account that may read it`);
  }
  if (status !== 404) return unwell(url.host, status);
  if (said === undefined)
    return new Failure(`${registry} answers 404, and not in the words of a registry`, 'is this the address of a registry?');
  return new Failure(
    digest === undefined ? `${name} has no tag \`${tag}\`, says ${registry}` : `${name} has no ${digest}, says ${registry}`,
    'is it spelt as it was pushed? Some registries answer the same to those who may not see it',
  );
}

function mediaTypeOf(headers: Headers): string {
  return (headers.get('content-type') ?? '').split(';', 1).join('').trim().toLowerCase();
}

/** Files behind a plain web server are answered with a type that says nothing. */
function mediaTypeIn(body: Buffer): string | undefined {
  try {
    const { mediaType } = JSON.parse(body.toString('utf8')) as { mediaType?: unknown };
    return manifests.find((known) => known === mediaType);
  } catch {
    return undefined;
  }
}
