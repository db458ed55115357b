import { type Node, visit } from 'yaml';
import type { Spot } from './find-node.ts';
import type { OpenDocument } from './open-document.ts';
import { lineOf, type Problem } from './problem.ts';

interface SharedNode {
  readonly name: string;
  readonly node: Node;
  readonly at: number;
  readonly alias: number;
}

/** Why a change of the last node of the trail, or the loss of what stands from `start` to `end`, would be seen elsewhere. */
export function findSharing(open: OpenDocument, trail: readonly Spot[], start: number, end: number): Problem | undefined {
  const shared = listShared(open);
  const above = new Set<Node | null>(trail.map(({ node }) => node));
  const inside = (at: number) => at >= start && at < end;
  const found = shared.find(({ node, at, alias }) => (inside(at) || above.has(node)) && !inside(alias));
  if (found === undefined) return undefined;
  const seen = `line ${lineOf(open.text, found.at)}: this is &${found.name}, which line ${lineOf(open.text, found.alias)} shows too`;
  return { problem: `${seen} as *${found.name}; write the value out in one of the two places first` };
}

function listShared({ document }: OpenDocument): SharedNode[] {
  const found: SharedNode[] = [];
  visit(document, {
    Alias(_, alias) {
      const target: Node | undefined = alias.resolve(document);
      if (!target?.range) return;
      found.push({ name: alias.source, node: target, at: target.range[0], alias: alias.range?.[0] ?? 0 });
    },
  });
  return found;
}
