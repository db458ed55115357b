import type { ReportIndex } from '../../report/report.ts';
import { embedded } from './embedded.ts';
import type { Connection, ReportSource } from './report-source.ts';

/** When the browser has given up trying. */
const patience = 2_000;

/** Parts are asked for one by one, and the index comes whenever it is another one: at first, and after each new connection. */
export function fromServer(): ReportSource {
  let text = JSON.stringify(JSON.parse(embedded('index') ?? 'null'));
  let index = JSON.parse(text) as ReportIndex;
  let connection: Connection = 'live';
  const followers = new Set<() => void>();
  const tell = () => {
    for (const changed of followers) changed();
  };
  const become = (now: Connection) => {
    if (connection === now) return;
    connection = now;
    tell();
  };
  const connect = () => {
    const events = new EventSource('/events');
    events.addEventListener('open', () => become('live'));
    events.addEventListener('error', () => {
      become('lost');
      // Otherwise it tries again by itself.
      if (events.readyState === EventSource.CLOSED) setTimeout(connect, patience);
    });
    events.addEventListener('report', ({ data }: MessageEvent<string>) => {
      // Who has just come is told what the page holds already.
      if (data === text) return;
      text = data;
      index = JSON.parse(data) as ReportIndex;
      tell();
    });
  };
  connect();
  const follow = (changed: () => void) => {
    followers.add(changed);
    return () => {
      followers.delete(changed);
    };
  };
  const reconnected = () =>
    new Promise<void>((resolve) => {
      const end = follow(() => {
        if (connection !== 'live') return;
        end();
        resolve();
      });
    });
  const load = partLoader(() => index, reconnected);
  return { index: () => index, connection: () => connection, follow, load: load as ReportSource['load'] };
}

/** A part is asked for once, as long as the index says that it is the same. */
export function partLoader(index: () => ReportIndex, reconnected: () => Promise<void>): (name: string) => Promise<unknown> {
  const loaded = new Map<string, { readonly digest: string; readonly part: Promise<unknown> }>();
  const digestOf = (name: string) => (Object.hasOwn(index().parts, name) ? index().parts[name] : undefined);
  const ask = async (name: string): Promise<Answered> => {
    const digest = digestOf(name);
    try {
      const answer = await fetch(`/parts/${name.split('/').map(encodeURIComponent).join('/')}?${digest}`);
      return { digest: answer.headers.get('etag') ?? '', part: answer.ok ? await answer.json() : undefined };
    } catch {
      // Whoever is there again has it.
      await reconnected();
      return ask(name);
    }
  };
  return (name) => {
    const digest = digestOf(name);
    if (digest === undefined) return Promise.resolve(undefined);
    const known = loaded.get(name);
    if (known?.digest === digest) return known.part;
    const asked = ask(name);
    const own = { digest, part: asked.then(({ part }) => part) };
    loaded.set(name, own);
    asked.then((answered) => {
      // The server was ahead of the index: shown for now, and no answer to the next one who asks.
      if (answered.digest !== `"${digest}"` && loaded.get(name) === own) loaded.delete(name);
    });
    return own.part;
  };
}

interface Answered {
  /** Of what was answered, as its header says it. */
  readonly digest: string;
  readonly part: unknown;
}
