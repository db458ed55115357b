export interface Address {
  readonly host: string;
  readonly port?: number;
}

/** Stands where a text is not known before the pod runs: a secret, or what a script computes. */
export const unknown = '¤';

const host = '[a-z0-9¤](?:[a-z0-9.¤-]*[a-z0-9¤])?';

const usualPorts: Readonly<Record<string, number>> = { http: 80, https: 443, postgres: 5432, postgresql: 5432, redis: 6379 };
/** What looks like a URL and opens no connection to what stands where a host would. */
const otherSchemes = new Set(['file', 'gs', 's3', 's3a', 'sqlite', 'temporary']);

/** Addresses that show themselves by their form: `host:port`, also with several ports, and URLs. */
export function addressesIn(text: string): Address[] {
  return [...withPorts(text), ...withoutPort(text), ...ofPodItself(text), ...ofServices(text)];
}

function withPorts(text: string): Address[] {
  const pattern = new RegExp(`(?<![\\w.%$¤/-]|[a-z]://|:/{0,2})(${host})((?::\\d{2,5})+)(?:;(\\d{2,5}))?(?![\\w.%-])`, 'g');
  const inUrl = new RegExp(`(\\w+)://(?:[^\\s/@"']*@)?(${host})((?::\\d{2,5})+)(?![\\w.])`, 'g');
  const plain = [...text.matchAll(pattern)].map(([, name = '', ports = '', last]) => ({ name, ports, last }));
  const urls = [...text.matchAll(inUrl)].map(([, , name = '', ports = '']) => ({ name, ports, last: undefined }));
  return [...plain, ...urls].flatMap(({ name, ports, last }) =>
    /^\d+$/.test(name)
      ? []
      : [...ports.split(':').slice(1), ...(last ? [last] : [])].map((port) => ({ host: name, port: Number(port) })),
  );
}

function withoutPort(text: string): Address[] {
  const pattern = new RegExp(`\\b([a-z][a-z0-9+]*)://(?:[^\\s/@"']*@)?(${host})(?![\\w.@¤-]|:\\d|:[^/\\s]*@)(:¤)?`, 'g');
  return [...text.matchAll(pattern)].flatMap(([, scheme = '', name = '', unknownPort]) => {
    if (otherSchemes.has(scheme)) return [];
    const port = usualPorts[scheme.replace(/\+.*/, '')];
    return [port === undefined || unknownPort ? { host: name } : { host: name, port }];
  });
}

/** `:9001`, `*:8023` and `PLAINTEXT://:9092`: any address of the pod. */
function ofPodItself(text: string): Address[] {
  const pattern = /(?<=^|[\s"',=*]|:\/\/):(\d{2,5})(?=$|[\s"',])/g;
  return [...text.matchAll(pattern)].map(([, port]) => ({ host: 'localhost', port: Number(port) }));
}

/** Full names of Services, wherever they stand. */
function ofServices(text: string): Address[] {
  const pattern = new RegExp(`(?<![\\w.¤-])(${host}\\.svc(?:\\.[a-z0-9.-]*[a-z0-9])?)(?![\\w:¤-]|\\.\\w)`, 'g');
  return [...text.matchAll(pattern)].map(([, name = '']) => ({ host: name }));
}

/** Hosts that only their place shows to be such: an option or a line of a file that ends in host, server or address. */
export function hostsByPlace(text: string): Address[] {
  const option = new RegExp(
    `(?:^|\\s)--?(?:[\\w-]*-)?(?:host|hostname|server|addr|address)(?:=|\\s+)["']?(${host})(?=["'\\s]|$)`,
    'gm',
  );
  const line = new RegExp(
    `^[^\\S\\n]*(?:- )?["']?[\\w.-]*(?:host|hostname|server|address)["']?[^\\S\\n]*[:=][^\\S\\n]*["']?(${host})["']?,?[^\\S\\n]*$`,
    'gm',
  );
  const client = new RegExp(
    `\\b(?:pg_isready|pg_dump|pg_dumpall|psql|redis-cli|mysql)\\b[^|;&\\n]*?\\s-h\\s*["']?(${host})["']?(?:[^|;&\\n]*?\\s-p\\s*["']?(\\d+))?`,
    'g',
  );
  const netcat = new RegExp(`\\bnc(?:\\s+-\\w+(?:\\s+\\d+)?)*\\s+["']?(${host})["']?\\s+["']?(\\d+)`, 'g');
  return [option, line, client, netcat].flatMap((pattern) =>
    [...text.matchAll(pattern)]
      .filter(([, name = '']) => !/^\d+$/.test(name))
      .map(([, name = '', port]) => (port === undefined ? { host: name } : { host: name, port: Number(port) })),
  );
}
