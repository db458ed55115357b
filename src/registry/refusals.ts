import * as z from 'zod';
import { redact } from '../forge/redact.ts';
import { Failure } from '../store/fail.ts';
import type { Answer } from './ask.ts';

const refusalSchema = z.object({ errors: z.array(z.object({ code: z.string(), message: z.string().optional() })).min(1) });

/** What a registry said in the words of its API; undefined where something else has answered. */
export function refusalIn(body: Buffer, secrets: readonly string[]): string | undefined {
  try {
    const [first] = refusalSchema.parse(JSON.parse(body.toString('utf8'))).errors;
    return redact(first?.message || first?.code || '', secrets);
  } catch {
    return undefined;
  }
}

export function tooMany(host: string, { headers }: Answer): Failure {
  const after = headers.get('retry-after')?.trim() ?? '';
  const hint = /^\d{1,9}$/.test(after)
    ? `it asks to wait for ${describeSeconds(Number(after))}`
    : Number.isNaN(Date.parse(after))
      ? 'try again in a while'
      : `it asks to wait until ${new Date(after).toISOString()}`;
  return new Failure(`${host} has had too many requests`, `${hint}; who has logged in may ask more often`);
}

export function unwell(host: string, status: number): Failure {
  return status >= 500
    ? new Failure(`${host} answered ${status}`, 'try again in a while')
    : new Failure(`${host} answered ${status}, which is not the way of a registry`, 'is this the address of a registry?');
}

function describeSeconds(seconds: number): string {
  if (seconds < 120) return `${seconds} s`;
  const minutes = Math.ceil(seconds / 60);
  return minutes < 120 ? `${minutes} min` : `${Math.ceil(minutes / 60)} h`;
}
