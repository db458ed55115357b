import type { Place } from '../model/source-file.ts';
import { atPath } from '../model/tracked.ts';
import { originAt } from './find-origin.ts';
import { type OwnContainer, ownContainers } from './own-pods.ts';
import type { Rule } from './rule.ts';

/** The containers of a pod have names of their own, those that run before the main one included. */
export const checkContainerNames: Rule = ({ objects, place }, report) => {
  for (const object of objects) {
    const containers = ownContainers([object]);
    const first = new Map<string, OwnContainer>();
    for (const own of [...containers.filter(isGiven), ...containers.filter((one) => !isGiven(one))]) {
      const other = first.get(own.name);
      first.set(own.name, other ?? own);
      if (other === undefined) continue;
      const related = placeOfName(other);
      report({
        code: 'name-conflict',
        severity: 'error',
        message: `two containers of ${object.kind}/${object.name} are called \`${own.name}\``,
        place: placeOfName(own) ?? place,
        ...(related === undefined ? {} : { related: [{ place: related, message: 'the other one comes from here' }] }),
        hint: 'give this one another name',
      });
    }
  }
};

/** The main container is called after its component and the one that waits by convention: whoever comes to them is to blame. */
function isGiven({ object, path }: OwnContainer): boolean {
  const isMain = path.at(-2) === 'containers' && path.at(-1) === 0;
  return isMain || atPath(object.tree, [...path, 'name'])?.origin.kind === 'convention';
}

function placeOfName({ object, path }: OwnContainer): Place | undefined {
  const origin = originAt(object, [...path, 'name']);
  return origin?.key ?? origin?.place;
}
