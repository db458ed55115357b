import type { PullRequest } from '../forge/forge.ts';
import { withoutMarker } from '../publish/marker.ts';

export function pullToJson(pull: PullRequest): PullRequest {
  return { ...pull, body: withoutMarker(pull.body) };
}
