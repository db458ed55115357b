import * as z from 'zod';
import { Failure } from '../store/fail.ts';
import { type Answer, ask, type Question } from './ask.ts';
import { dockerConfigPath, type RegistryCredentials, readDockerCredentials } from './docker-credentials.ts';
import { isSafe } from './loopback.ts';
import { parseChallenges } from './parse-challenges.ts';
import { tooMany, unwell } from './refusals.ts';

export interface Authorization {
  /** The header of that name. */
  readonly header: string;
  /** What must not be seen in a message. */
  readonly secrets: readonly string[];
}

export interface Asker {
  readonly registry: string;
  readonly repository: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
  readonly patience: AbortSignal;
}

const tokenSchema = z.object({ token: z.string().optional(), access_token: z.string().optional() });

/** What a registry wants to see that has answered 401. */
export async function authorize(refusal: Answer, asker: Asker): Promise<Authorization> {
  const { registry } = asker;
  const challenges = parseChallenges(refusal.headers.get('www-authenticate') ?? '');
  const bearer = challenges.find(({ scheme }) => scheme === 'bearer');
  const credentials = readDockerCredentials(registry, asker.environment);
  if (bearer !== undefined) return bearerToken(bearer.parameters, credentials, asker);
  if (!challenges.some(({ scheme }) => scheme === 'basic'))
    throw new Failure(`${registry} wants to know who asks, and not in a way that is known here`, 'known are Bearer and Basic');
  if (credentials.kind !== 'basic') throw wantsCredentials(credentials, asker);
  return basic(credentials);
}

export function wantsCredentials(credentials: RegistryCredentials, { registry, repository, environment }: Asker): Failure {
  const path = dockerConfigPath(environment);
  switch (credentials.kind) {
    case 'none':
      return new Failure(
        `${registry} does not show ${repository} to everybody, and ${path} has no credentials for it`,
        `\`docker login ${registry}\` puts them there; where the image does not exist, registries answer the same`,
      );
    case 'elsewhere':
      return new Failure(
        `${registry} does not show ${repository} to everybody, and its credentials in ${path} are ${credentials.why}`,
        'write user and password into `auths` of a config.json of its own, and point DOCKER_CONFIG to its folder',
      );
    case 'basic':
      return new Failure(
        `${registry} does not accept the credentials that ${path} has for it, asked for ${repository}`,
        `they are wrong, have expired, or may not read it: \`docker login ${registry}\` writes new ones`,
      );
  }
}

async function bearerToken(
  { realm = '', service, scope }: Readonly<Record<string, string>>,
  credentials: RegistryCredentials,
  asker: Asker,
): Promise<Authorization> {
  const { registry, repository, signal, patience } = asker;
  const url = URL.canParse(realm) ? new URL(realm) : undefined;
  if (url === undefined || !isSafe(url) || url.username !== '' || url.password !== '')
    throw new Failure(
      `${registry} gives out its tokens at what is no address of https`,
      'nothing is sent there; whoever runs the registry can mend it',
    );
  if (service !== undefined) url.searchParams.set('service', service);
  url.searchParams.set('scope', scope ?? `repository:${repository}:pull`);
  const login = credentials.kind === 'basic' ? basic(credentials) : undefined;
  const question: Question = {
    method: 'GET',
    url,
    accept: 'application/json',
    authorization: login?.header,
    signal,
    patience,
  };
  const answer = await ask(question);
  if (answer.status === 400 || answer.status === 401 || answer.status === 403) throw wantsCredentials(credentials, asker);
  if (answer.status === 429) throw tooMany(url.host, answer);
  if (answer.status !== 200) throw unwell(url.host, answer.status);
  const token = tokenIn(answer.body);
  if (token === undefined) throw new Failure(`${url.host}, where ${registry} gives out its tokens, answers without one`);
  return { header: `Bearer ${token}`, secrets: [token, ...(login?.secrets ?? [])] };
}

function tokenIn(body: Buffer): string | undefined {
  try {
    const { token, access_token } = tokenSchema.parse(JSON.parse(body.toString('utf8')));
    const given = token || access_token;
    // `fetch` would quote the whole header in its complaint.
    return given !== undefined && /^[\x21-\x7e]+$/.test(given) ? given : undefined;
  } catch {
    return undefined;
  }
}

function basic({ user, password }: Extract<RegistryCredentials, { kind: 'basic' }>): Authorization {
  const encoded = Buffer.from(`${user}:${password}`).toString('base64');
  return { header: `Basic ${encoded}`, secrets: [encoded, password] };
}
