import { type ASTNode, type Environment as CelEnvironment, EvaluationError } from '@marcbachmann/cel-js';
import { nodesIn } from './component-references.ts';

/**
 * A text with secrets in it, as expressions meet it: put together with other texts, and nothing else. It is a class
 * since CEL tells types by it, and a type of its own since every function that looks into texts would take the names
 * of secrets for their values.
 */
export class TextWithSecrets {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  toString(): string {
    return this.text;
  }
}

const type = 'stowage.Secret';
const joinWhole = 'joinWhole';

export const secretsStayWhole =
  'what a secret holds is known to the cluster alone: an expression can put it whole into a text, and nothing else';

export function registerSecrets(environment: CelEnvironment): CelEnvironment {
  const together = (left: unknown, right: unknown) => new TextWithSecrets(`${left}${right}`);
  const refuse = () => {
    throw new EvaluationError(secretsStayWhole);
  };
  environment.registerType(type, { ctor: TextWithSecrets, fields: {} });
  environment.registerOperator(`${type} + ${type}`, together);
  environment.registerOperator(`${type} + string: ${type}`, together);
  environment.registerOperator(`string + ${type}: ${type}`, together);
  environment.registerFunction(`string(${type}): ${type}`, (whole: TextWithSecrets) => whole, { async: false });
  for (const separator of ['', 'string'])
    environment.registerFunction(`list<dyn>.${joinWhole}(${separator}): dyn`, joinTexts, { async: false });
  // What has no operator of its own is compared all the same, as different.
  for (const other of [type, 'string', 'int', 'uint', 'double', 'bool', 'null'])
    environment.registerOperator(`${type} == ${other}`, refuse);
  environment.registerOperator(`${type} in list<dyn>`, refuse);
  return environment;
}

/** The `join` of CEL takes strings alone and cannot be given another; `joinTexts` takes its place. */
export function lettingSecretsJoin(expression: ASTNode): void {
  if (expression.op === 'rcall' && expression.args[0] === 'join') expression.args[0] = joinWhole;
  for (const node of nodesIn(expression.args)) lettingSecretsJoin(node);
}

function joinTexts(texts: Iterable<unknown>, separator = ''): unknown {
  const parts = [...texts];
  if (!parts.every((part) => typeof part === 'string' || part instanceof TextWithSecrets))
    throw new EvaluationError('join: the list must hold texts alone');
  const joined = parts.join(separator);
  return parts.every((part) => typeof part === 'string') ? joined : new TextWithSecrets(joined);
}

/** What CEL says of an expression, in words for who does not know by which type it carries secrets. */
export function inWordsOfSecrets(problem: string): string {
  return problem.includes(type) ? secretsStayWhole : problem.replaceAll(joinWhole, 'join');
}
