import { cidr } from '../language/scalars.ts';
import { asList, asMap } from '../model/pod-specs.ts';
import { originAt } from './find-origin.ts';
import type { Rule } from './rule.ts';

/** Ranges of addresses in network policies: the schema of Kubernetes takes any text, and the API server does not. */
export const checkNetworkRanges: Rule = ({ objects, place }, report) => {
  for (const object of objects) {
    if (object.kind !== 'NetworkPolicy' || !object.apiVersion.startsWith('networking.k8s.io/')) continue;
    for (const { range, path } of rangesOf(asMap(object.plain.spec))) {
      // What is no text is told by the schema.
      if (typeof range !== 'string' || cidr.safeParse(range).success) continue;
      report({
        code: 'wrong-type',
        severity: 'error',
        message: `${object.kind}/${object.name}: \`${range}\` is no CIDR`,
        place: originAt(object, path)?.place ?? place,
        hint: 'write an address and how many of its bits count, such as 10.20.0.0/24: at most 32, or 128 in IPv6',
      });
    }
  }
};

interface WrittenRange {
  readonly range: unknown;
  readonly path: readonly (string | number)[];
}

function rangesOf(spec: Readonly<Record<string, unknown>> | undefined): WrittenRange[] {
  const sides = [
    ['ingress', 'from'],
    ['egress', 'to'],
  ] as const;
  return sides.flatMap(([side, word]) =>
    asList(spec?.[side]).flatMap((rule, index) =>
      asList(rule[word]).flatMap((peer, at) => {
        const block = asMap(peer.ipBlock);
        if (block === undefined) return [];
        const path = ['spec', side, index, word, at, 'ipBlock'];
        const except: unknown[] = Array.isArray(block.except) ? block.except : [];
        return [
          { range: block.cidr, path: [...path, 'cidr'] },
          ...except.map((range, number) => ({ range, path: [...path, 'except', number] })),
        ];
      }),
    ),
  );
}
