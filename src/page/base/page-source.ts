import type { ReportIndex } from '../../report/report.ts';
import { embedded } from './embedded.ts';
import type { ReportSource } from './report-source.ts';

export function fromPage(): ReportSource {
  const index = JSON.parse(embedded('index') ?? 'null') as ReportIndex;
  const loaded = new Map<string, Promise<unknown>>();
  const load = (name: string) => {
    const known = loaded.get(name) ?? (Object.hasOwn(index.parts, name) ? unpacked(name) : Promise.resolve(undefined));
    loaded.set(name, known);
    return known;
  };
  return { index: () => index, connection: () => 'none', follow: () => () => {}, load: load as ReportSource['load'] };
}

/** Parts come behind the script, so that the first view need not wait for all of them. */
async function unpacked(name: string): Promise<unknown> {
  if (document.readyState === 'loading')
    await new Promise((resolve) => document.addEventListener('DOMContentLoaded', resolve, { once: true }));
  const packed = embedded(`part:${name}`);
  if (packed === undefined) return undefined;
  const bytes = Uint8Array.from(atob(packed), (character) => character.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  return new Response(stream).json();
}
