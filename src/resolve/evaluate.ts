import type { Diagnostic } from '../diagnostics/diagnostic.ts';
import type { Origin } from '../model/origin.ts';
import type { Place } from '../model/source-file.ts';
import { BareMap, isTrackedList, isTrackedMap, type Tracked, trackAll } from '../model/tracked.ts';
import { fromCel, parsedExpression } from './cel.ts';
import { AlreadyTold, cycleIn, ExpressionCycle, hintFor, isOrComesFrom, ValueOfCelAlone } from './expression-errors.ts';
import { placeInside, unclosedExpression } from './expression-places.ts';
import { hasExpression, parseTemplate } from './parse-template.ts';
import { inWordsOfSecrets } from './text-with-secrets.ts';

/** Which components a value was computed from. */
export type Reads = Map<string, Read>;

export interface Read {
  /** The ports that it names. */
  readonly ports: Set<string>;
  /** The first expression that says so. */
  origin: Origin | undefined;
}

/** One more read of the same component. */
export function joinReads(known: Read | undefined, { ports, origin }: Read): Read {
  return { ports: new Set([...(known?.ports ?? []), ...ports]), origin: known?.origin ?? origin };
}

export interface Scope {
  /** The variables of the expressions. */
  readonly variables: Record<string, unknown>;
}

export interface Evaluator {
  /** A tree with every expression replaced by its value; undefined when the value is left out. */
  evaluate(tree: Tracked, scope: Scope): Tracked | undefined;
  /** Whether a bare expression, one without `${…}` around it, is true, and what it read; undefined when it failed, which is told. */
  holds(rule: Tracked<string>, scope: Scope): { value: boolean | undefined; from: readonly Origin[] };
  /** Notes that the value being computed depends on a component. */
  touch(component: string, port?: string): void;
  /** Notes what the value being computed was computed from. */
  cite(origin: Origin): void;
  /** Where an expression stands: what it came to has this origin. */
  readonly computed: ReadonlyMap<Place, Origin>;
  /** Runs a computation and says what it read; reads are also handed to the computation around it. */
  observe<Result>(compute: () => Result): { result: Result; reads: Reads };
}

// Trees of inputs live as long as the run and are evaluated for many environments.
const expressionFree = new WeakMap<Tracked, boolean>();

export function isExpressionFree(tree: Tracked): boolean {
  const { value } = tree as { value: unknown };
  if (typeof value === 'string') return !hasExpression(value);
  if (typeof value !== 'object' || value === null) return true;
  const known = expressionFree.get(tree);
  if (known !== undefined) return known;
  const free = Object.values(value).every(isExpressionFree);
  expressionFree.set(tree, free);
  return free;
}

/** Told with what the expression had read until then. */
export type ReportExpression = (diagnostic: Diagnostic, from: Iterable<Origin>) => void;

export function createEvaluator(report: ReportExpression): Evaluator {
  const frames: Reads[] = [];
  const citations: Set<Origin>[] = [];
  const memo = new Map<Tracked, { result: Tracked | undefined; reads: Reads }>();
  const computed = new Map<Place, Origin>();
  const underWay = new Set<Tracked>();
  const failed = new Set<Tracked>();

  const touch = (component: string, port?: string) => {
    const frame = frames.at(-1);
    if (frame === undefined) return;
    const read = frame.get(component) ?? { ports: new Set<string>(), origin: undefined };
    if (port !== undefined) read.ports.add(port);
    frame.set(component, read);
  };

  const observe = <Result>(compute: () => Result): { result: Result; reads: Reads } => {
    const reads: Reads = new Map();
    frames.push(reads);
    try {
      return { result: compute(), reads };
    } finally {
      frames.pop();
      replay(reads);
    }
  };

  const replay = (reads: Reads) => {
    const frame = frames.at(-1);
    if (frame === undefined) return;
    for (const [component, read] of reads) frame.set(component, joinReads(frame.get(component), read));
  };

  const evaluate = (tree: Tracked, scope: Scope): Tracked | undefined => {
    if (isExpressionFree(tree)) return tree;
    if (isTrackedMap(tree)) {
      const value = new BareMap();
      for (const key in tree.value) {
        const child = evaluate(tree.value[key] as Tracked, scope);
        if (child !== undefined) value[key] = child;
      }
      return { ...tree, value };
    }
    if (isTrackedList(tree)) {
      return { value: tree.value.map((item) => evaluate(item, scope)).filter((item) => item !== undefined), origin: tree.origin };
    }
    return evaluateOnce(tree as Tracked<string>, scope);
  };

  const evaluateOnce = (node: Tracked<string>, scope: Scope): Tracked | undefined => {
    const result = evaluateNode(node, scope);
    // Those that are computed from it are not told anew.
    if (failed.has(node as Tracked) && underWay.size > 0) throw new AlreadyTold();
    return result;
  };

  const evaluateNode = (node: Tracked<string>, scope: Scope): Tracked | undefined => {
    const known = memo.get(node as Tracked);
    if (known !== undefined) {
      replay(known.reads);
      return known.result;
    }
    if (underWay.has(node as Tracked)) throw new ExpressionCycle(node);
    underWay.add(node as Tracked);
    try {
      const { result, reads } = observe(() => evaluateText(node, scope));
      memo.set(node as Tracked, { result, reads });
      return result;
    } finally {
      underWay.delete(node as Tracked);
    }
  };

  const evaluateText = (node: Tracked<string>, scope: Scope): Tracked | undefined => {
    try {
      const { result, from } = citing(() => computeText(node, scope));
      const origin: Origin =
        node.origin.kind === 'spec'
          ? { ...node.origin, expression: node.value, ...(from.length === 0 ? {} : { from }) }
          : node.origin;
      if (origin.kind === 'spec') computed.set(origin.place, origin);
      return result === undefined ? undefined : trackAll(result, origin);
    } finally {
      for (const read of frames.at(-1)?.values() ?? []) read.origin ??= node.origin;
    }
  };

  const computeText = (node: Tracked<string>, scope: Scope): unknown => {
    const template = parseTemplate(node.value);
    if ('unclosedAt' in template) {
      failed.add(node as Tracked);
      const problem = unclosedExpression(node, template.unclosedAt);
      if (problem !== undefined) report(problem, citations.at(-1) ?? []);
      return undefined;
    }
    const [only] = template.parts;
    if (template.parts.length === 1 && only?.kind === 'expression') return run(only.source, only.start, node, scope);
    let text = '';
    for (const part of template.parts) {
      const value = part.kind === 'text' ? part.text : run(part.source, part.start, node, scope);
      if (value === undefined) return undefined;
      text += typeof value === 'object' ? JSON.stringify(value) : String(value);
    }
    return text;
  };

  const holds: Evaluator['holds'] = (rule, scope) => {
    const { result, from } = citing(() => run(rule.value, 0, rule, scope));
    return { value: failed.has(rule as Tracked) ? undefined : result === true, from };
  };

  const run = (source: string, start: number, node: Tracked<string>, scope: Scope): unknown => {
    try {
      return fromCel(parsedExpression(source)(scope.variables));
    } catch (error) {
      failed.add(node as Tracked);
      if (isOrComesFrom(error, AlreadyTold)) return undefined;
      const cycle = cycleIn(error);
      if (cycle !== undefined) {
        // Told once, by the expression that closed the circle; those around it only stay without a value.
        if (cycle.node !== node) throw cycle;
        reportAt(
          node,
          'expression-cycle',
          `\`${node.value}\` is computed from itself`,
          'break the circle: give one of the values outright',
        );
        return undefined;
      }
      const { summary, message, range } = error as { summary?: string; message: string; range?: { start: number; end: number } };
      const problem = inWordsOfSecrets(summary ?? message);
      reportAt(
        node,
        'expression-failed',
        `\`${source.trim()}\`: ${problem}`,
        error instanceof ValueOfCelAlone ? error.hint : hintFor(problem),
        range === undefined ? undefined : { start: start + range.start, end: start + range.end },
      );
      return undefined;
    }
  };

  const reportAt = (
    node: Tracked<string>,
    code: 'expression-cycle' | 'expression-failed',
    message: string,
    hint: string | undefined,
    range?: { start: number; end: number },
  ) => {
    const place = placeInside(node, range);
    if (place === undefined) return;
    report({ code, severity: 'error', message, place, ...(hint === undefined ? {} : { hint }) }, citations.at(-1) ?? []);
  };

  /** Runs a computation and says from what it was computed. */
  const citing = <Result>(compute: () => Result): { result: Result; from: Origin[] } => {
    const cited = new Set<Origin>();
    citations.push(cited);
    try {
      const result = compute();
      return { result, from: [...cited] };
    } finally {
      citations.pop();
    }
  };

  const cite = (origin: Origin) => citations.at(-1)?.add(origin);

  return { evaluate, holds, touch, cite, computed, observe };
}
