import { placeOf } from '../model/origin.ts';
import { isTrackedList, isTrackedMap, type Tracked } from '../model/tracked.ts';
import { holdsSecret } from '../resolve/secret-text.ts';
import type { Rule } from './rule.ts';

/** A secret may stand in a variable, a command or a mounted file; anywhere else it would be readable. */
export const checkSecretText: Rule = ({ system, objects, place }, report) => {
  if (system.secrets.size === 0) return;
  for (const object of objects) {
    if (!JSON.stringify(object.plain).includes('\\u0000')) continue;
    for (const { path, node } of textsOf(object.tree, [])) {
      if (!holdsSecret(String(node.value))) continue;
      report({
        code: 'secret-in-plain-text',
        severity: 'error',
        message: `${object.kind}/${object.name} would show a secret at ${path.join('.')}`,
        place: placeOf(node.origin) ?? place,
        hint: 'secrets can stand in env, command and args, or be mounted as files with `volumes: {…: {secret: …}}`',
      });
    }
  }
};

function textsOf(tree: Tracked, path: readonly string[]): { path: readonly string[]; node: Tracked }[] {
  if (isTrackedList(tree)) return tree.value.flatMap((item, index) => textsOf(item, [...path, String(index)]));
  if (isTrackedMap(tree)) return Object.entries(tree.value).flatMap(([key, child]) => textsOf(child, [...path, key]));
  return typeof tree.value === 'string' ? [{ path, node: tree }] : [];
}
