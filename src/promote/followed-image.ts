import { parseTemplate } from '../resolve/parse-template.ts';
import type { Bump } from './parse-bump.ts';

const reference = /\b(parameters|components)(?:\.\??(\w+)|\[\??\s*(?:"([^"]*)"|'([^']*)')\s*\])/g;

/** What to do about an image that an expression makes; undefined where none does. */
export function adviceForExpression(image: string, { component, container }: Bump): string | undefined {
  const template = parseTemplate(image);
  const sources =
    'parts' in template ? template.parts.flatMap((part) => (part.kind === 'expression' ? [part.source] : [])) : [image];
  if (sources.length === 0) return undefined;
  const parameters = new Set<string>();
  const components = new Set<string>();
  for (const source of sources) {
    if (container !== undefined && /\bself\.\??image\b/.test(source)) components.add(component);
    for (const [, kind, ...names] of source.matchAll(reference)) {
      const name = names.find((found) => found !== undefined) ?? '';
      (kind === 'parameters' ? parameters : components).add(name);
    }
  }
  const ways = [
    ...(components.size > 0 ? [`bump ${list(components)}, which it follows`] : []),
    ...(parameters.size > 0 ? [`change ${parameters.size > 1 ? 'the parameters' : 'the parameter'} ${list(parameters)}`] : []),
  ];
  return ways.length > 0 ? ways.join(', or ') : 'change what the expression is made of';
}

function list(names: ReadonlySet<string>): string {
  return [...names].map((name) => `\`${name}\``).join(' and ');
}
