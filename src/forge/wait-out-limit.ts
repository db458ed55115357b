import { type HostOptions, pause } from './host-options.ts';

const shortest = 60;
/** Beyond it a person has something better to do than to watch. */
const longest = 600;
const waits = 3;

/** Waits as a host asks that has had too many requests; false where it is time to give up. */
export async function waitOutLimit(host: string, asked: number, before: number, options: HostOptions): Promise<boolean> {
  const seconds = Math.ceil(Math.max(asked, shortest * 2 ** before));
  if (before >= waits || seconds > longest) return false;
  options.say?.(`${host} asks for a pause: going on in ${seconds} s`);
  await pause(seconds, options);
  return true;
}
