import type { CompiledSystem } from '../compile/compile-system.ts';
import type { Palette } from '../diagnostics/format-diagnostic.ts';
import { didYouMean } from '../diagnostics/suggest.ts';
import { trackedFinish } from '../expand/tracked-finish.ts';
import type { DesiredObject } from '../model/desired-object.ts';
import { type Origin, shownPlace } from '../model/origin.ts';
import { describePlace, lineAndColumn } from '../model/source-file.ts';
import { atPath, childOf, isTrackedList, isTrackedMap, type Tracked, untrack } from '../model/tracked.ts';
import { describePath, parsePath, type Step } from '../plan/field-path.ts';
import { type CommandContext, type CommonOptions, exitCodes, UsageError } from './command-context.ts';
import { compileOne } from './compile-one.ts';
import { fleetFolder } from './fleet-folder.ts';

/** Where a value of a rendered object comes from, and what it won over. */
export async function whyCommand(target: string, options: CommonOptions, context: CommandContext): Promise<number> {
  const { environment, system, kind, name, path } = parseTarget(target);
  const fleet = fleetFolder(options, context);
  const compiled = await compileOne(fleet, environment, system, context);
  if (compiled === undefined) return exitCodes.problems;
  const object = findObject(compiled, kind, name);
  const { node, steps } = walk(trackedFinish(object, compiled.resolved), path, target);
  if (options.json === true) context.out(`${JSON.stringify(toJson(target, object, path, node), null, 2)}\n`);
  else context.out(describe(object, steps, node, context));
  return exitCodes.clean;
}

interface Target {
  readonly environment: string;
  readonly system: string;
  readonly kind: string;
  readonly name: string;
  readonly path: readonly string[];
}

const usage = 'write <environment>/<system>/<Kind>/<name>#<field>, as in prod-eu/fluss/StatefulSet/tablet#spec.replicas';

function parseTarget(target: string): Target {
  const [head = '', field = ''] = target.split(/#(.*)/s);
  const [environment, system, kind, name, ...rest] = head.split('/');
  if (!environment || !system || !kind || !name || rest.length > 0) throw new UsageError(`\`${target}\` names no object`, usage);
  return { environment, system, kind, name, path: parsePath(field) };
}

function findObject(compiled: CompiledSystem, kind: string, name: string): DesiredObject {
  const ofKind = compiled.desired.filter((object) => object.kind.toLowerCase() === kind.toLowerCase());
  const found =
    ofKind.find((object) => object.name === name) ??
    ofKind.find((object) => object.component === name) ??
    ofKind.find((object) => object.hashed && name.startsWith(`${object.name}-`));
  if (found === undefined) {
    const hint = didYouMean(
      `${kind}/${name}`,
      compiled.desired.map((object) => `${object.kind}/${object.name}`),
    );
    throw new UsageError(`there is no ${kind}/${name} in this system`, hint);
  }
  return found;
}

/** With the steps, so that one can ask for it again. */
function walk(tree: Tracked, path: readonly string[], target: string): { node: Tracked; steps: Step[] } {
  let node = tree;
  const steps: Step[] = [];
  for (const key of path) {
    steps.push(isTrackedList(node) ? { element: key } : { key });
    node = step(node, key, target);
  }
  return { node, steps };
}

function step(from: Tracked, key: string, target: string): Tracked {
  const direct = childOf(from, key);
  const found = direct ?? (isTrackedList(from) ? from.value.find((item) => nameOf(item) === key) : undefined);
  if (found !== undefined) return found;
  const known = isTrackedMap(from)
    ? Object.keys(from.value)
    : isTrackedList(from)
      ? from.value.map((item, index) => String(nameOf(item) ?? index))
      : [];
  throw new UsageError(`${target}: there is no \`${key}\``, didYouMean(key, known));
}

/** What an element of a list goes by; one that is an object of its own, such as a claim, by that object's name. */
function nameOf(element: Tracked): unknown {
  return (childOf(element, 'name') ?? atPath(element, ['metadata', 'name']))?.value;
}

function describe(object: DesiredObject, steps: readonly Step[], node: Tracked, { palette }: CommandContext): string {
  const value = untrack(node);
  const shown = typeof value === 'object' ? JSON.stringify(value, null, 2) : String(value);
  const title = palette.strong(`${object.kind}/${object.name}${steps.length > 0 ? `#${describePath(steps)}` : ''}`);
  const changes = (node.changedBy ?? []).flatMap((origin) => ['  changed by', ...originLines(origin, '    ', palette)]);
  return `${[`${title} = ${shown}`, ...originLines(node.origin, '  ', palette), ...changes].join('\n')}\n`;
}

/** A source, what it was computed from, and what it beat: each with its line. */
function originLines(origin: Origin, indent: string, palette: Palette): string[] {
  const lines = [`${indent}${describeOrigin(origin)}`];
  if (origin.kind === 'spec') {
    lines.push(palette.faint(`${indent}  ${sourceLine(origin)}`));
    for (const source of origin.from ?? []) lines.push(`${indent}from`, ...originLines(source, `${indent}  `, palette));
  }
  for (const loser of origin.beat ?? []) {
    lines.push(`${indent}over ${describeValue(loser.value)}`, `${indent}  ${describeOrigin(loser.origin)}`);
    if (loser.origin.kind === 'spec') lines.push(palette.faint(`${indent}    ${sourceLine(loser.origin)}`));
  }
  return lines;
}

function describeOrigin(origin: Origin): string {
  if (origin.kind === 'convention') return `by convention: ${origin.because}`;
  const [expression = '', ...more] = (origin.expression ?? '').trim().split('\n');
  const computed = origin.expression === undefined ? '' : ` (computed by ${expression}${more.length > 0 ? ' …' : ''})`;
  return `${origin.layer}, ${describePlace(shownPlace(origin))}${computed}`;
}

function describeValue(value: unknown): string {
  const plain = untrack({ value, origin: { kind: 'convention', because: '' } } as Tracked);
  return typeof plain === 'object' ? JSON.stringify(plain) : String(plain);
}

function sourceLine(origin: Extract<Origin, { kind: 'spec' }>): string {
  const { file, start } = shownPlace(origin);
  const { line } = lineAndColumn(file, start);
  return `${line} | ${(file.text.split('\n', line)[line - 1] ?? '').trim().slice(0, 140)}`;
}

function toJson(target: string, object: DesiredObject, path: readonly string[], node: Tracked): unknown {
  return {
    command: 'why',
    target,
    object: { apiVersion: object.apiVersion, kind: object.kind, name: object.name },
    path,
    value: untrack(node),
    origin: originToJson(node.origin),
    changedBy: (node.changedBy ?? []).map(originToJson),
  };
}

function originToJson(origin: Origin): unknown {
  const over = (origin.beat ?? []).map((loser) => ({
    value: untrack({ value: loser.value, origin: loser.origin } as Tracked),
    origin: originToJson({ ...loser.origin, beat: [] }),
  }));
  if (origin.kind === 'convention') return { kind: 'convention', because: origin.because, over };
  const { file, start } = shownPlace(origin);
  return {
    kind: 'spec',
    layer: origin.layer,
    file: file.path,
    ...lineAndColumn(file, start),
    ...(origin.expression === undefined ? {} : { expression: origin.expression }),
    from: (origin.from ?? []).map(originToJson),
    over,
  };
}
