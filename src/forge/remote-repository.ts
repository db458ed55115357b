import { Misconfigured } from '../store/fail.ts';

/** A repository on a host, as its address says. */
export interface RemoteRepository {
  /** Name and port, such as `github.com`. */
  readonly host: string;
  /** Whether the address itself asks for a connection that is not encrypted. */
  readonly scheme: 'http' | 'https';
  readonly owner: string;
  readonly name: string;
  /** What of the path comes before the owner, where a host does not live at the root of its name. */
  readonly prefix: string;
}

const scpLike = /^(?:[\w.-]+@)?([\w.-]+):(?!\/\/)(.+)$/;
const segment = /^(?!\.{1,2}$)[\w.-]+$/;

/** Reads `https://host/owner/name.git`, `ssh://git@host/owner/name` and `git@host:owner/name`. */
export function parseRemote(address: string): RemoteRepository {
  const short = /^[a-z+]+:\/\//i.test(address) ? undefined : scpLike.exec(address);
  const url = short ? `ssh://${short[1]}/${short[2]}` : address;
  if (!URL.canParse(url)) throw unreadable();
  const { protocol, hostname, host, pathname } = new URL(url);
  const segments = pathname
    .replace(/\/+$/, '')
    .replace(/\.git$/, '')
    .split('/')
    .filter(Boolean);
  const [owner, name] = segments.slice(-2);
  if (!/^(https?|ssh|git\+ssh):$/.test(protocol) || hostname === '' || owner === undefined || name === undefined)
    throw unreadable();
  if (!segments.every((part) => segment.test(part))) throw unreadable();
  const web = protocol.startsWith('http');
  return {
    // The port of SSH says nothing of where the API answers.
    host: web ? host : hostname.toLowerCase().replace(/^ssh\.(?=github\.com$)/, ''),
    scheme: protocol === 'http:' ? 'http' : 'https',
    owner,
    name,
    prefix: segments
      .slice(0, -2)
      .map((part) => `/${part}`)
      .join(''),
  };
}

// The address is not repeated: it may carry a password.
const unreadable = () =>
  new Misconfigured(
    'the address of the config repository does not say which repository of which host it is',
    'write it as https://<host>/<owner>/<name>.git or git@<host>:<owner>/<name>.git',
  );
