interface Known {
  /** Left out where there was no answer, or none that could be read to its end. */
  readonly status?: number;
  readonly headers?: Readonly<Record<string, string | undefined>>;
  /** False where the host cannot have heard of the request. */
  readonly reached?: boolean;
}

/** A host's refusal or its silence, before it is put into words. Carries nothing of the request, which has the token. */
export class HostTrouble extends Error {
  readonly status: number | undefined;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly reached: boolean;

  constructor(said: string, { status, headers = {}, reached = true }: Known) {
    super(said);
    this.name = 'HostTrouble';
    this.status = status;
    this.headers = headers;
    this.reached = reached;
  }

  /** Nobody knows whether what was asked for has happened. */
  get lost(): boolean {
    return this.reached && (this.status === undefined || this.status >= 500);
  }

  get limited(): boolean {
    return (
      this.status === 429 ||
      (this.status === 403 && (this.headers['x-ratelimit-remaining'] === '0' || /\brate limit\b/i.test(this.message)))
    );
  }
}

/** What a connection that was never made calls its failure. */
const neverMade =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|UND_ERR_CONNECT_TIMEOUT|UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO|CERT_|ERR_TLS_)/;

/** What `fetch` threw. */
export function connectionTrouble(error: unknown): HostTrouble {
  const code = codeOf(error);
  if (code === undefined)
    return new HostTrouble((error as Error)?.name === 'TimeoutError' ? 'it took too long' : 'the connection broke', {});
  return new HostTrouble(code, { reached: !neverMade.test(code) });
}

function codeOf(error: unknown): string | undefined {
  for (
    let at = error as { code?: unknown; cause?: unknown } | undefined;
    at !== undefined && at !== null;
    at = at.cause as typeof at
  )
    if (typeof at.code === 'string') return at.code;
  return undefined;
}
