/** What the API server answers: JSON that may be anything. */
export interface ApiAnswer {
  readonly status: number;
  readonly body: unknown;
}

export interface ApiRequest {
  readonly method: 'GET' | 'PATCH';
  /** With its query. */
  readonly path: string;
  /** Sent as `contentType`. */
  readonly body?: string;
  readonly contentType?: string;
  /** By default application/json. */
  readonly accept?: string;
}

/**
 * A cluster as it is asked: the one seam at which tests put a cluster of theirs. An answer of any status resolves;
 * what keeps an answer away after all attempts is a Failure in words.
 */
export interface ClusterApi {
  /** For messages. */
  readonly server: string;
  request(request: ApiRequest): Promise<ApiAnswer>;
  /** Requests that were sent so far, repeated ones included. */
  sent(): number;
  close(): void;
}
