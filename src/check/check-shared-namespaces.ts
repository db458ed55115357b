import type { Report } from '../diagnostics/diagnostic.ts';
import { overlayFolder } from '../model/output-paths.ts';
import type { Deployed } from './check-across.ts';

const levels = ['restricted', 'baseline', 'privileged'];

/** Who makes a namespace that others share admits their pods as well. */
export function checkSharedNamespaces(deployed: readonly Deployed[], report: Report): void {
  const needy = deployed.filter(({ facts }) => facts.needs !== undefined);
  if (needy.length === 0) return;
  const keyOf = ({ cluster, facts }: Deployed) => `${cluster}/${facts.namespace}`;
  const makers = new Map(deployed.flatMap((one) => (one.facts.enforces === undefined ? [] : [[keyOf(one), one]])));
  for (const one of needy) {
    const maker = makers.get(keyOf(one));
    const { needs } = one.facts;
    const enforced = levels.indexOf(maker?.facts.enforces ?? '');
    if (maker === undefined || needs === undefined || enforced === -1 || levels.indexOf(needs.level) <= enforced) continue;
    report({
      code: 'pod-security',
      severity: 'error',
      message: `${needs.since}, and namespace ${one.facts.namespace}, which ${maker.facts.system} in ${maker.environment} makes, enforces Pod Security level ${maker.facts.enforces} and admits no such pod`,
      place: one.place(),
      related: [{ place: maker.place(), message: 'makes the namespace' }],
      overlays: [one, maker].map(({ environment, facts }) => overlayFolder(environment, facts.system)),
      hint: `name ${one.facts.system} first where they share the environment's namespace, or give the namespace the label \`pod-security.kubernetes.io/enforce: ${needs.level}\` where it is made`,
    });
  }
}
