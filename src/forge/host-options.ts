import { setTimeout } from 'node:timers/promises';

export interface HostOptions {
  readonly signal?: AbortSignal;
  /** Told why nothing happens for a while. */
  readonly say?: (text: string) => void;
  /** Milliseconds in a second of waiting; tests have shorter ones. */
  readonly second?: number;
}

/** Ends early when the run is stopped. */
export async function pause(seconds: number, { signal, second = 1000 }: HostOptions): Promise<void> {
  await setTimeout(seconds * second, undefined, signal === undefined ? {} : { signal });
}
