import type { ASTNode } from '@marcbachmann/cel-js';

/** A field of a component that an expression reads by a plain `.`, and where. */
export interface ComponentReference {
  readonly name: string;
  readonly field: string;
  readonly start: number;
  readonly end: number;
}

/** What an expression reads of components, but for what it reads only where their `enabled` is true. */
export function unguardedReferences(expression: ASTNode): ComponentReference[] {
  const found: ComponentReference[] = [];
  const visit = (node: ASTNode, on: readonly string[]): void => {
    const reference = referenceOf(node);
    if (reference !== undefined && !on.includes(reference.name)) found.push(reference);
    if (node.op === '?:') {
      const [condition, either, or] = node.args;
      visit(condition, on);
      visit(either, [...on, ...enabledIf(condition, true)]);
      visit(or, [...on, ...enabledIf(condition, false)]);
    } else if (node.op === '&&' || node.op === '||') {
      const [left, right] = node.args;
      visit(left, on);
      visit(right, [...on, ...enabledIf(left, node.op === '&&')]);
    } else for (const child of nodesIn(node.args)) visit(child, on);
  };
  visit(expression, []);
  return found;
}

/** The components that are surely there when a condition came out like this. */
function enabledIf(condition: ASTNode, outcome: boolean): string[] {
  if (condition.op === '!_') return enabledIf(condition.args, !outcome);
  if (condition.op === (outcome ? '&&' : '||')) return nodesIn(condition.args).flatMap((side) => enabledIf(side, outcome));
  const reference = referenceOf(condition);
  return outcome && reference?.field === 'enabled' ? [reference.name] : [];
}

function referenceOf(node: ASTNode): ComponentReference | undefined {
  const [component, field] = plainAccess(node) ?? [];
  const [components, name] = (component === undefined ? undefined : plainAccess(component)) ?? [];
  if (components?.op !== 'id' || components.args !== 'components' || name === undefined || field === undefined) return undefined;
  return { name, field, start: node.start, end: node.end };
}

/** `of.name` or `of["name"]`. */
export function plainAccess(node: ASTNode): [of: ASTNode, name: string] | undefined {
  if (node.op === '.') return node.args;
  if (node.op !== '[]') return undefined;
  const [of, index] = node.args;
  return index.op === 'value' && typeof index.args === 'string' ? [of, index.args] : undefined;
}

export function nodesIn(args: unknown): ASTNode[] {
  if (Array.isArray(args)) return args.flatMap(nodesIn);
  return typeof args === 'object' && args !== null && 'op' in args ? [args as ASTNode] : [];
}
