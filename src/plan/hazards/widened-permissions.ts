import type { PlainObject } from '../../model/desired-object.ts';
import { asList, asMap } from '../../model/pod-specs.ts';
import type { HazardRule } from './hazard.ts';

/** What roles allow and to whom they are given, beyond what was. */
export const widenedPermissions: HazardRule = ({ objects }) =>
  objects.flatMap(({ object, kind, before, after }) => {
    if (after === undefined) return [];
    const grants = kind.endsWith('RoleBinding')
      ? subjectsOf
      : kind === 'Role' || kind === 'ClusterRole'
        ? permissionsOf
        : undefined;
    if (grants === undefined) return [];
    const known = new Set(before === undefined ? [] : grants(before));
    const added = [...new Set(grants(after))].filter((grant) => !known.has(grant));
    if (added.length === 0) return [];
    const text = grants === permissionsOf ? `allows ${shortened(added)}` : `gives ${roleOf(after)} to ${shortened(added)}`;
    return [{ kind: 'privilege', object, text }];
  });

/** `get secrets`, one for each verb and resource, so that the same rules written otherwise are the same. */
function permissionsOf(role: PlainObject): string[] {
  const names = (list: unknown) => (Array.isArray(list) ? list.map(String) : []);
  return asList(role.rules).flatMap((rule) => {
    const only = names(rule.resourceNames);
    const some = only.length === 0 ? [''] : only.map((name) => ` ${name}`);
    const groups = names(rule.apiGroups);
    const resources = groups.flatMap((group) =>
      names(rule.resources).map((resource) => (group === '' ? resource : `${resource}.${group}`)),
    );
    const all = [...resources, ...names(rule.nonResourceURLs)];
    return names(rule.verbs).flatMap((verb) => all.flatMap((resource) => some.map((name) => `${verb} ${resource}${name}`)));
  });
}

function subjectsOf(binding: PlainObject): string[] {
  return asList(binding.subjects).map(({ kind, namespace, name }) => {
    const place = namespace === undefined ? '' : `${String(namespace)}/`;
    return `${String(kind)} ${place}${String(name)}`;
  });
}

function roleOf(binding: PlainObject): string {
  const role = asMap(binding.roleRef);
  return `${String(role?.kind)} ${String(role?.name)}`;
}

const most = 12;

function shortened(texts: readonly string[]): string {
  return texts.length > most ? `${texts.slice(0, most).join(', ')} and ${texts.length - most} more` : texts.join(', ');
}
