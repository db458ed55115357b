import type { Report } from '../diagnostics/diagnostic.ts';
import type { ParameterDeclaration } from '../language/system.ts';
import { convention, placeOf } from '../model/origin.ts';
import { type Place, wholeFile } from '../model/source-file.ts';
import { type Tracked, track, untrack } from '../model/tracked.ts';
import type { Release } from '../read/read-release.ts';
import { inexactNumbers, keptInexactly } from './inexact-numbers.ts';

/** Why a value does not fit its declaration, or undefined. */
export function misfit(value: unknown, declaration: ParameterDeclaration): string | undefined {
  const { type } = declaration;
  if (type === 'integer' && !Number.isInteger(value)) return 'takes a whole number';
  if (type === 'number' && typeof value !== 'number') return 'takes a number';
  if (type === 'string' && typeof value !== 'string') return 'takes text';
  if (type === 'boolean' && typeof value !== 'boolean') return 'takes true or false';
  if (type === 'array' && !Array.isArray(value)) return 'takes a list';
  if (type === 'object' && (typeof value !== 'object' || value === null || Array.isArray(value))) return 'takes a map';
  if (declaration.enum !== undefined && !declaration.enum.includes(value))
    return `takes one of ${declaration.enum.map((item) => `\`${String(item)}\``).join(', ')}`;
  if (typeof value === 'number') {
    if (declaration.minimum !== undefined && value < declaration.minimum) return `must be at least ${declaration.minimum}`;
    if (declaration.maximum !== undefined && value > declaration.maximum) return `must be at most ${declaration.maximum}`;
  }
  if (typeof value === 'string') {
    if (declaration.minLength !== undefined && value.length < declaration.minLength)
      return `must have at least ${declaration.minLength} characters`;
    if (declaration.maxLength !== undefined && value.length > declaration.maxLength)
      return `must have at most ${declaration.maxLength} characters`;
    if (declaration.pattern !== undefined && !matches(value, declaration.pattern)) return `must match ${declaration.pattern}`;
  }
  return undefined;
}

/** A pattern that is none is told where it is declared, by the schema. */
function matches(value: string, pattern: string): boolean {
  try {
    return new RegExp(pattern, 'u').test(value);
  } catch {
    return false;
  }
}

// Declarations are read with their System, and each environment has values for them.
const known = new WeakMap<Tracked<ParameterDeclaration>, ParameterDeclaration>();

function plainly(declaration: Tracked<ParameterDeclaration>): ParameterDeclaration {
  const plain = known.get(declaration) ?? untrack(declaration);
  known.set(declaration, plain);
  return plain;
}

/** Whether a value fits its declaration. */
export function checkParameter(
  name: string,
  value: Tracked,
  declaration: Tracked<ParameterDeclaration>,
  release: Release,
  report: Report,
): boolean {
  const [inexact] = inexactNumbers(value);
  const problem = inexact === undefined ? misfit(untrack(value), plainly(declaration)) : `${inexact.written} ${keptInexactly}`;
  if (problem === undefined) return true;
  const declared = placeOf(declaration.origin);
  report({
    code: 'bad-parameter',
    severity: 'error',
    message:
      inexact === undefined
        ? `parameter \`${name}\` ${problem}, but here is ${JSON.stringify(untrack(value)).slice(0, 60)}`
        : `of parameter \`${name}\` ${problem}`,
    place: placeOf((inexact?.node ?? value).origin) ?? wholeFile(release.file),
    ...(declared === undefined ? {} : { related: [{ place: declared, message: 'declared here' }] }),
    ...(inexact === undefined ? {} : { hint: 'let it be text: `type: string`, and quotes around the number' }),
  });
  return false;
}

export function reportMissing(name: string, declaration: Tracked<ParameterDeclaration>, place: Place, report: Report): void {
  const declared = placeOf(declaration.origin);
  const description = declaration.value.description?.value;
  report({
    code: 'missing-parameter',
    severity: 'error',
    message: `parameter \`${name}\` has no default and gets no value here`,
    place,
    ...(declared === undefined ? {} : { related: [{ place: declared, message: description ?? 'declared here' }] }),
    hint: `add \`parameters: {${name}: …}\``,
  });
}

/**
 * What a base shows for a parameter that every environment must give: plainly no real value, and of the
 * declared type, so that the base is complete.
 */
export function placeholder(name: string, declaration: Tracked<ParameterDeclaration>): Tracked {
  const { type, enum: allowed, minimum } = untrack(declaration);
  const kebab = name
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replace(/_/g, '-')
    .toLowerCase();
  const byType = {
    string: `${kebab}.invalid`,
    integer: minimum ?? 1,
    number: minimum ?? 1,
    boolean: false,
    array: [],
    object: {},
  };
  const value = allowed?.[0] ?? byType[type];
  return track<unknown>(value as never, convention(`placeholder: every environment gives \`${name}\` a value`)) as Tracked;
}
