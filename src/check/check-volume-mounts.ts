import { didYouMean } from '../diagnostics/suggest.ts';
import { asList, asMap } from '../model/pod-specs.ts';
import { originAt } from './find-origin.ts';
import { type OwnContainer, ownContainers } from './own-pods.ts';
import type { Rule } from './rule.ts';

/** A container mounts volumes that its pod has, each at a path of its own. */
export const checkVolumeMounts: Rule = ({ objects, place }, report) => {
  for (const own of ownContainers(objects)) {
    const { object, container, path } = own;
    const known = volumesOf(own);
    const first = new Map<string, number>();
    const mounts = asList(container.volumeMounts);
    for (const [index, { name, mountPath }] of mounts.entries()) {
      const at = [...path, 'volumeMounts', index];
      const folder = String(mountPath).replace(/(?<=.)\/+$/, '');
      const other = first.get(folder);
      first.set(folder, other ?? index);
      if (!known.includes(String(name))) {
        const hint = didYouMean(String(name), known);
        report({
          code: 'unknown-reference',
          severity: 'error',
          message: `container \`${own.name}\` of ${object.kind}/${object.name} mounts \`${String(name)}\`, a volume that its pod does not have`,
          place: originAt(object, [...at, 'name'])?.place ?? place,
          ...(hint === undefined ? {} : { hint }),
        });
      }
      if (other === undefined || mountPath === undefined) continue;
      const related = originAt(object, [...path, 'volumeMounts', other, 'mountPath'])?.place;
      report({
        code: 'incomplete-component',
        severity: 'error',
        message: `container \`${own.name}\` of ${object.kind}/${object.name} mounts \`${String(mounts[other]?.name)}\` and \`${String(name)}\` at ${String(mountPath)}`,
        place: originAt(object, [...at, 'mountPath'])?.place ?? place,
        ...(related === undefined ? {} : { related: [{ place: related, message: 'the first one' }] }),
        hint: 'give each a path of its own',
      });
    }
  }
};

/** Claim templates of a StatefulSet are volumes too. */
function volumesOf({ object, podSpec }: OwnContainer): string[] {
  const templates = asList(asMap(object.plain.spec)?.volumeClaimTemplates).map(({ metadata }) => asMap(metadata)?.name);
  return [...asList(podSpec.volumes).map(({ name }) => name), ...templates].map(String);
}
