import { Environment as CelEnvironment, EvaluationError, type ParseResult } from '@marcbachmann/cel-js';
import { exactNumber, finiteNumber, ofOwnType } from './cel-values.ts';
import { holdsSecret } from './secret-text.ts';
import { lettingSecretsJoin, registerSecrets, TextWithSecrets } from './text-with-secrets.ts';

export const celOptions = { enableOptionalTypes: true, homogeneousAggregateLiterals: false } as const;

/** Far above any real list: a slip of the pen must not fill the memory. */
const longestRange = 1_000n;

export function registerFunctions(environment: CelEnvironment): CelEnvironment {
  return environment.registerFunction('range(int): list<int>', (length: bigint) => {
    if (length > longestRange) throw new EvaluationError(`range gives at most ${longestRange} numbers, and not ${length}`);
    return Array.from({ length: Number(length) }, (_, index) => BigInt(index));
  });
}

const untyped = registerSecrets(registerFunctions(new CelEnvironment({ ...celOptions, unlistedVariablesAreDyn: true })));
// So many are not there at once: most are from texts that were edited since.
const mostRemembered = 10_000;
const parsedExpressions = new Map<string, ParseResult>();

/** An expression ready to run, parsed once however many environments it is evaluated for. */
export function parsedExpression(source: string): ParseResult {
  let expression = parsedExpressions.get(source);
  if (expression === undefined) {
    expression = untyped.parse(source);
    lettingSecretsJoin(expression.ast);
    if (parsedExpressions.size >= mostRemembered) parsedExpressions.clear();
    parsedExpressions.set(source, expression);
  }
  return expression;
}

/** CEL's integers are BigInts and its absent values Optionals; the rest of the compiler knows neither. */
export function fromCel(value: unknown): unknown {
  if (typeof value === 'bigint') return exactNumber(value);
  if (typeof value === 'number') return finiteNumber(value);
  if (Array.isArray(value)) return value.map(fromCel).filter((item) => item !== undefined);
  if (typeof value !== 'object' || value === null) return value;
  if (value instanceof TextWithSecrets) return value.text;
  if ('hasValue' in value && typeof value.hasValue === 'function') {
    const optional = value as { hasValue(): boolean; value(): unknown };
    return optional.hasValue() ? fromCel(optional.value()) : undefined;
  }
  if (!isMap(value)) return ofOwnType(value);
  const entries = value instanceof Map ? [...value.entries()] : Object.entries(value);
  return Object.fromEntries(entries.map(([key, item]) => [String(key), fromCel(item)]).filter(([, item]) => item !== undefined));
}

function isMap(value: object): boolean {
  const kind: unknown = Object.getPrototypeOf(value);
  return value instanceof Map || kind === Object.prototype || kind === null;
}

/** Numbers of the language to CEL's integers and doubles, and texts with secrets to what may not be looked into. */
export function toCel(value: unknown): unknown {
  if (typeof value === 'string') return holdsSecret(value) ? new TextWithSecrets(value) : value;
  if (typeof value === 'number') return Number.isInteger(value) ? BigInt(value) : value;
  if (Array.isArray(value)) return value.map(toCel);
  if (typeof value === 'object' && value !== null)
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, toCel(item)]));
  return value;
}
