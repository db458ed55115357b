import type { PlainObject } from '../model/desired-object.ts';
import { asMap } from '../model/pod-specs.ts';
import type { ClusterApi } from './cluster-api.ts';
import { pathOf, type ServedKind } from './discover-kinds.ts';
import { type Refused, whyNot } from './list-objects.ts';

/** What an object would be once it is applied by server-side apply: defaults, webhooks and all; nothing is changed. */
export async function dryRunApply(
  api: ClusterApi,
  kind: ServedKind,
  object: PlainObject,
  fieldManager: string,
): Promise<{ readonly object: PlainObject; readonly created: boolean } | Refused> {
  const metadata = asMap(object.metadata);
  const namespace = metadata?.namespace === undefined ? undefined : String(metadata.namespace);
  const query = new URLSearchParams({ dryRun: 'All', force: 'true', fieldManager });
  const answer = await api.request({
    method: 'PATCH',
    path: `${pathOf(kind, namespace, String(metadata?.name))}?${query}`,
    // JSON is YAML, which is what the API server reads here.
    contentType: 'application/apply-patch+yaml',
    body: JSON.stringify(object),
  });
  const applied = asMap(answer.body);
  if (answer.status !== 200 && answer.status !== 201) return { status: answer.status, why: whyNot(answer) };
  if (asMap(applied?.metadata)?.name === undefined) return { status: answer.status, why: 'what was answered is no object' };
  return { object: applied as PlainObject, created: answer.status === 201 };
}
