import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { isatty } from 'node:tty';
import { didYouMean, suggest } from '../diagnostics/suggest.ts';
import { parseEnvFile } from '../sealing/parse-env-file.ts';
import { type IsChosen, type SealingKey, type SealingTarget, valueId } from '../sealing/sealing-target.ts';
import { type CommandContext, UsageError } from './command-context.ts';

export interface ValueSources {
  readonly fromEnvFile?: readonly string[];
  readonly fromFile?: readonly string[];
  readonly stdin?: boolean;
}

/** A Secret cannot be larger. */
const longestValue = 1_048_576;

/** The values that somebody hands over by files or standard input; never by an argument. */
export function readValues(
  sources: ValueSources,
  targets: readonly SealingTarget[],
  isChosen: IsChosen,
  context: CommandContext,
): Map<string, Uint8Array> {
  const values = new Map<string, Uint8Array>();
  const put = (id: string, value: Uint8Array, source: string) => {
    if (values.has(id)) throw new UsageError(`${source}: \`${id}\` was given already`);
    refuseValue(id, value, targets);
    values.set(id, value);
  };
  for (const path of sources.fromEnvFile ?? []) {
    const { entries, wrong } = parseEnvFile(textOf(readSource(path, context), path));
    if (wrong.length > 0)
      throw new UsageError(`${path}:${wrong[0]}: this line is not NAME=value`, 'a value over several lines stands in quotes');
    // Such as what a program printed that failed.
    if (entries.length === 0) throw new UsageError(`${path} holds no values`, 'it takes lines NAME=value');
    for (const { name, value, line } of entries)
      put(findKey(name, targets, `${path}:${line}`, 'may be a value'), Buffer.from(value), `${path}:${line}`);
  }
  for (const given of sources.fromFile ?? []) {
    const [name = '', path] = given.split(/=(.*)/s);
    if (path === undefined || path === '')
      throw new UsageError('--from-file takes <key>=<path>', 'as in --from-file tls.key=./tls.key');
    // Who writes the value where its path belongs must not find it in a log.
    const id = findKey(name, targets, `--from-file ${name}`);
    put(id, readSource(path, context, `the file of --from-file ${name}`), `--from-file ${name}`);
  }
  if (sources.stdin === true) {
    const chosen = targets.flatMap((target) =>
      target.keys.filter((key) => isChosen(target, key)).map(({ key }) => valueId(target.secret, key)),
    );
    const [only] = chosen;
    if (chosen.length !== 1 || only === undefined)
      throw new UsageError('--stdin takes one value, and here more than one key could be meant', `name it: ${chosen.join(', ')}`);
    const value = readSource('/dev/stdin', context, 'what --stdin takes');
    if (value.at(-1) === 0x0a) context.err('the value ends in a line break, which is sealed with it; `printf %s` writes none\n');
    put(only, value, '--stdin');
  }
  return values;
}

/** A key by its name alone where only one secret has it, else as secret/key. */
function findKey(
  name: string,
  targets: readonly SealingTarget[],
  source: string,
  origin: 'is a name' | 'may be a value' = 'is a name',
): string {
  const all = targets.flatMap(({ secret, keys }) => keys.map(({ key }) => ({ id: valueId(secret, key), key })));
  const found = all.filter(({ id, key }) => id === name || key === name);
  const exact = found.find(({ id }) => id === name) ?? (found.length === 1 ? found[0] : undefined);
  if (exact !== undefined) return exact.id;
  if (found.length > 1)
    throw new UsageError(`${source}: several secrets have a key \`${name}\``, `write ${found.map(({ id }) => id).join(' or ')}`);
  const known = name.includes('/') ? all.map(({ id }) => id) : [...new Set(all.map(({ key }) => key))];
  // What stands before a = may also be the second line of a value in base64: only what is almost a key is shown.
  const shown = origin === 'is a name' || suggest(name, known) !== undefined;
  throw new UsageError(
    shown ? `${source}: there is no key \`${name}\`` : `${source}: what stands before the = is no key`,
    didYouMean(name, known),
  );
}

/** What must not be sealed under a key, in words that do not show it. */
function refuseValue(id: string, value: Uint8Array, targets: readonly SealingTarget[]): void {
  const problem = problemOf(value, keyOf(id, targets));
  if (problem !== undefined) throw new UsageError(`${id}: ${problem}`);
}

export function problemOf(value: Uint8Array, { minLength }: SealingKey): string | undefined {
  if (value.length > longestValue) return `the value has ${value.length} bytes, and a Secret holds at most ${longestValue}`;
  const length = [...Buffer.from(value).toString('utf8')].length;
  if (minLength !== undefined && length < minLength)
    return length === 0 ? 'the value is empty' : `the value has ${length} characters and must have ${minLength} or more`;
  return undefined;
}

function keyOf(id: string, targets: readonly SealingTarget[]): SealingKey {
  const found = targets.flatMap(({ secret, keys }) => keys.filter(({ key }) => valueId(secret, key) === id))[0];
  if (found === undefined) throw new Error(`no key ${id}`);
  return found;
}

function textOf(bytes: Uint8Array, path: string): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new UsageError(`${path} is not UTF-8 text`, 'save it as UTF-8, or give other bytes with --from-file');
  }
}

export function readSource(path: string, { folder }: CommandContext, name = path): Buffer {
  const isInput = path === '-' || path === '/dev/stdin';
  if (isInput && isatty(0))
    throw new UsageError(
      'a terminal would show what is typed on standard input',
      'pipe it; who gives no values by options is asked for them, and they are not shown',
    );
  try {
    return readFileSync(isInput ? 0 : resolve(folder, path));
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new UsageError(`cannot read ${name}: ${code === 'ENOENT' ? 'there is no such file' : (code ?? 'unreadable')}`);
  }
}
