import { readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import * as z from 'zod';
import { Failure } from '../store/fail.ts';

export type RegistryCredentials =
  | { readonly kind: 'none' }
  | { readonly kind: 'basic'; readonly user: string; readonly password: string }
  /** They are there, and cannot be used: a clause that says where they are. */
  | { readonly kind: 'elsewhere'; readonly why: string };

const text = z.string().optional().catch(undefined);
const entrySchema = z.object({ auth: text, username: text, password: text, identitytoken: text });
const configSchema = z.object({
  auths: z.record(z.string(), entrySchema).default({}),
  credHelpers: z.record(z.string(), z.string()).default({}),
  credsStore: text,
});

type Config = z.infer<typeof configSchema>;
type Entry = z.infer<typeof entrySchema>;

/** Of a registry, as `docker login` has kept them. Its helpers are programs, and a compiler runs none of them. */
export function readDockerCredentials(registry: string, environment: NodeJS.ProcessEnv): RegistryCredentials {
  const config = readConfig(dockerConfigPath(environment));
  if (config === undefined) return { kind: 'none' };
  const entry = entryFor(registry, config.auths);
  // A helper of one registry goes before all else, as with docker itself.
  const helper = entryFor(registry, config.credHelpers) ?? (hasSecret(entry) ? undefined : config.credsStore);
  if (helper !== undefined && helper !== '') return { kind: 'elsewhere', why: `kept by ${programOf(helper)}, which is not run` };
  if (entry === undefined) return { kind: 'none' };
  const basic = basicOf(entry);
  if (basic !== undefined) return { kind: 'basic', ...basic };
  if (entry.identitytoken)
    return { kind: 'elsewhere', why: 'an identity token, which is not a password and not understood here' };
  return { kind: 'none' };
}

export function dockerConfigPath(environment: NodeJS.ProcessEnv): string {
  return join(environment.DOCKER_CONFIG || join(environment.HOME || homedir(), '.docker'), 'config.json');
}

function readConfig(path: string): Config | undefined {
  let json: string;
  try {
    json = readFileSync(path, 'utf8');
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw new Failure(`cannot read ${path}: ${code}`, 'docker keeps the credentials of registries there');
  }
  const read = configSchema.safeParse(parseJson(json));
  if (read.success) return read.data;
  // What is wrong with it is not quoted: the file is full of passwords.
  throw new Failure(`${path} is not what docker writes there`, 'mend it, or point DOCKER_CONFIG to the folder of another');
}

function parseJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

/** Entries are named by host, or by address as older versions of docker did. */
function entryFor<Value>(registry: string, entries: Readonly<Record<string, Value>>): Value | undefined {
  const names = registry === 'registry-1.docker.io' ? [registry, 'index.docker.io', 'docker.io'] : [registry];
  for (const name of names) {
    if (Object.hasOwn(entries, name)) return entries[name];
    const key = Object.keys(entries).find((written) => hostOf(written) === name);
    if (key !== undefined) return entries[key];
  }
  return undefined;
}

function hostOf(written: string): string {
  return written
    .replace(/^https?:\/\//i, '')
    .replace(/\/(v[12]\/?)?$/, '')
    .toLowerCase();
}

function hasSecret(entry: Entry | undefined): boolean {
  return Boolean(entry?.auth || entry?.password || entry?.identitytoken);
}

function basicOf({ auth, username, password }: Entry): { user: string; password: string } | undefined {
  if (username && password) return { user: username, password };
  const decoded = Buffer.from(auth ?? '', 'base64').toString('utf8');
  const colon = decoded.indexOf(':');
  // Beside an identity token stands a user without a password.
  if (colon <= 0 || colon === decoded.length - 1) return undefined;
  return { user: decoded.slice(0, colon), password: decoded.slice(colon + 1).replace(/\0+$/, '') };
}

function programOf(helper: string): string {
  return /^[\w.-]{1,60}$/.test(helper) ? `docker-credential-${helper}` : 'a credential helper';
}
