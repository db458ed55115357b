import type { DesiredObject } from '../model/desired-object.ts';
import type { ResolvedComponent, ResolvedConfig } from '../resolve/resolved.ts';
import { desiredObject, type Expansion, keepsBareName } from './expansion.ts';

export function configMap(config: ResolvedConfig, users: readonly ResolvedComponent[], expansion: Expansion): DesiredObject {
  const [only] = users;
  const topic = users.length === 1 && only !== undefined ? only.key : 'config';
  const object = desiredObject(
    { apiVersion: 'v1', kind: 'ConfigMap', name: config.name, topic, hashed: !keepsBareName(users) },
    { data: config.files.length > 0 ? Object.fromEntries(config.files) : undefined },
    expansion.system,
    config.origin,
  );
  return { ...object, component: users.length === 1 ? only?.key : undefined };
}
