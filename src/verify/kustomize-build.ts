import { execa } from 'execa';
import type { PlainObject } from '../model/desired-object.ts';
import type { Kustomize } from './kustomize.ts';
import { parseBuild } from './parse-build.ts';

export type Build = { readonly objects: readonly PlainObject[] } | { readonly refusal: string };

const longestBuild = 120_000;

/** Builds one folder with the real kustomize. */
export async function kustomizeBuild(kustomize: Kustomize, folder: string, signal: AbortSignal | undefined): Promise<Build> {
  signal?.throwIfAborted();
  const result = await execa(kustomize.command, kustomize.arguments(folder), {
    reject: false,
    extendEnv: false,
    env: environment(),
    stripFinalNewline: false,
    timeout: longestBuild,
    maxBuffer: 512 * 1024 * 1024,
    ...(signal === undefined ? {} : { cancelSignal: signal }),
  });
  if (result.failed)
    return {
      refusal: result.timedOut
        ? `it took longer than ${longestBuild / 1000} s`
        : (result.stderr ?? '').trim() || result.shortMessage || 'it failed',
    };
  try {
    return { objects: parseBuild(result.stdout ?? '') };
  } catch (error) {
    return { refusal: `it printed what is no YAML: ${(error as Error).message.split('\n')[0]}` };
  }
}

function environment(): Record<string, string> {
  // Most of a build is garbage collection; this takes about a third off its CPU time.
  return { GOGC: '800', PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '' };
}

/** Its own version, of the one that builds: asked for in the same surroundings. */
export async function kustomizeVersion(kustomize: Kustomize, signal?: AbortSignal): Promise<string> {
  const words = kustomize.source === 'kustomize' ? ['version'] : ['version', '--client'];
  const { stdout } = await execa(kustomize.command, words, {
    reject: false,
    extendEnv: false,
    env: environment(),
    timeout: 10_000,
    ...(signal === undefined ? {} : { cancelSignal: signal }),
  });
  const version = /v\d+\.\d+\.\d+/g;
  const found = stdout?.match(version) ?? [];
  return kustomize.source === 'kustomize'
    ? `kustomize ${found[0] ?? 'of unknown version'}`
    : `${kustomize.source} ${found[0] ?? ''} (kustomize ${found[1] ?? 'of unknown version'})`;
}
