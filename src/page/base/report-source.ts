import type { ReportIndex } from '../../report/report.ts';

/** Where the data comes from: out of the page itself, or from the server that has it live. */
export interface ReportSource {
  readonly index: () => ReportIndex;
  /** Called when the index or the connection is another one; gives back how to end that. */
  readonly follow: (changed: () => void) => () => void;
  readonly connection: () => Connection;
  /** A part by its name; undefined where the report has none of that name. */
  readonly load: <Part>(name: string) => Promise<Part | undefined>;
}

/** `none`: a page from a file, which stays as it was made. */
export type Connection = 'none' | 'live' | 'lost';

const embedded = (id: string) => document.getElementById(id)?.textContent ?? undefined;

export function openSource(): ReportSource {
  return document.querySelector('meta[name="stowage-live"]') === null ? fromPage() : fromServer();
}

function fromPage(): ReportSource {
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

function fromServer(): ReportSource {
  let index = JSON.parse(embedded('index') ?? 'null') as ReportIndex;
  const loaded = new Map<string, { readonly digest: string; readonly part: Promise<unknown> }>();
  const load = (name: string) => {
    const digest = Object.hasOwn(index.parts, name) ? (index.parts[name] as string) : undefined;
    if (digest === undefined) return Promise.resolve(undefined);
    const known = loaded.get(name);
    if (known?.digest === digest) return known.part;
    const part = fetch(`/parts/${name}?${digest}`).then((answer) => (answer.ok ? answer.json() : undefined));
    loaded.set(name, { digest, part });
    return part;
  };
  const followers = new Set<() => void>();
  let connection: Connection = 'live';
  const tell = () => {
    for (const changed of followers) changed();
  };
  const connected = (now: Connection) => () => {
    if (connection === now) return;
    connection = now;
    tell();
  };
  const events = new EventSource('/events');
  events.addEventListener('open', connected('live'));
  // The browser tries again by itself.
  events.addEventListener('error', connected('lost'));
  events.addEventListener('report', (event) => {
    index = JSON.parse((event as MessageEvent<string>).data) as ReportIndex;
    tell();
  });
  const follow = (changed: () => void) => {
    followers.add(changed);
    return () => {
      followers.delete(changed);
    };
  };
  return { index: () => index, connection: () => connection, follow, load: load as ReportSource['load'] };
}
