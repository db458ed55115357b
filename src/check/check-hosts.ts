import type { DesiredObject } from '../model/desired-object.ts';
import type { ResolvedSystem } from '../resolve/resolved.ts';
import { originAt } from './find-origin.ts';
import { type IngressPath, ingressPaths } from './ingress-paths.ts';
import type { Rule } from './rule.ts';

/** Of two ingresses of one system to the same host and path a controller takes one, and nobody says which. */
export const checkHosts: Rule = ({ system, objects, place }, report) => {
  const first = new Map<string, { readonly who: string; readonly place: typeof place }>();
  for (const object of objects) {
    for (const path of ingressPaths(object)) {
      const own = {
        who: whoServes(path, object, system),
        place: originAt(object, [...path.rule, 'host'])?.place ?? place,
      };
      const other = first.get(path.claim);
      first.set(path.claim, other ?? own);
      if (other === undefined) continue;
      report({
        code: 'host-conflict',
        severity: 'error',
        message: `${own.who === other.who ? `${own.who} twice serves` : `${own.who} and ${other.who} both serve`} ${path.claim}`,
        place: own.place,
        related: own.place === other.place ? [] : [{ place: other.place, message: 'the other one' }],
        hint: 'give one of them another host or path',
      });
    }
  }
};

/** An Ingress that components share is of none of them; what stands behind the path is. */
function whoServes({ service }: IngressPath, { component, kind, name }: DesiredObject, { components }: ResolvedSystem): string {
  const behind = component ?? components.find((one) => one.serviceName === service)?.key;
  return behind === undefined ? `${kind}/${name}` : `\`${behind}\``;
}
