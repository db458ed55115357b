import type { ASTNode } from '@marcbachmann/cel-js';
import { nodesIn, plainAccess } from './component-references.ts';

/** A text with a secret in it, or a list or map of such. */
type Holding = 'text' | 'collection' | undefined;

const comparisons: readonly string[] = ['==', '!=', 'in'];
/** What takes a secret as it is, and does not look into it. */
const takers: readonly string[] = ['string', 'has', 'of', 'or', 'orValue', 'bind', 'map'];

/**
 * Where an expression computes on a secret that it names, which it can only put whole into a text. What comes by
 * another way, as from a parameter, is told when the expression is evaluated.
 */
export function secretMisuses(expression: ASTNode): ASTNode[] {
  const found: ASTNode[] = [];
  const misused = (node: ASTNode): Holding => {
    found.push(node);
    return undefined;
  };
  const visit = (node: ASTNode): Holding => {
    if (namesSecret(node)) return 'text';
    const parts = nodesIn(node.args).map(visit);
    const [first] = parts;
    if (node.op === '?:') {
      if (first === 'text') misused(node.args[0]);
      return parts.slice(1).find((holding) => holding !== undefined);
    }
    const holding = parts.find((part) => part === 'text') ?? parts.find((part) => part !== undefined);
    if (node.op === 'list' || node.op === 'map') return holding === undefined ? undefined : 'collection';
    if (node.op === '+') return holding;
    if (comparisons.includes(node.op)) return holding === undefined ? undefined : misused(node);
    if (holding !== 'text') return undefined;
    if (node.op === 'call' || node.op === 'rcall') {
      const [name] = node.args;
      if (!takers.includes(name)) return misused(node);
      return name === 'string' ? 'text' : undefined;
    }
    return misused(node);
  };
  visit(expression);
  return found;
}

function namesSecret(node: ASTNode): boolean {
  const [secret, key] = plainAccess(node) ?? [];
  const [secrets, name] = (secret === undefined ? undefined : plainAccess(secret)) ?? [];
  return secrets?.op === 'id' && secrets.args === 'secrets' && name !== undefined && key !== undefined;
}
