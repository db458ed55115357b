import type { Report } from '../diagnostics/diagnostic.ts';
import { didYouMean } from '../diagnostics/suggest.ts';
import { placeOf } from '../model/origin.ts';
import { BareMap, childOf, itemsOf, type Tracked, type TrackedMap } from '../model/tracked.ts';
import { mapOf } from './layers.ts';
import { mergeLayers, over } from './merge-layers.ts';

/** Groups of environment variables, each with what it takes from others, not yet evaluated. */
export function composeGroups(groups: TrackedMap, report: Report): Map<string, Tracked> {
  const composed = new Map<string, Tracked>();
  const underWay: string[] = [];
  const compose = (name: string): Tracked => {
    const known = composed.get(name);
    if (known !== undefined) return known;
    underWay.push(name);
    const own = groups[name] as Tracked;
    const taken = namesIn(own).flatMap((from) => {
      if (!Object.hasOwn(groups, from.value)) reportUnknown(from, Object.keys(groups), report);
      else if (underWay.includes(from.value)) reportCircle(from, underWay, report);
      else return [compose(from.value)];
      return [];
    });
    underWay.pop();
    const result = layTogether(taken, own);
    composed.set(name, result);
    return result;
  };
  for (const name of Object.keys(groups)) compose(name);
  return composed;
}

/** The names behind `$from`, one or several. */
export function namesIn(variables: Tracked | undefined): readonly Tracked<string>[] {
  const from = childOf(variables, '$from');
  if (from === undefined) return [];
  return Array.isArray(from.value) ? itemsOf(from as Tracked<string[]>) : [from as Tracked<string>];
}

/** What is taken from groups, one over the other, and their own variables over all of them. */
export function layTogether(taken: readonly Tracked[], own: Tracked): Tracked {
  // The first is laid over nothing.
  const { value } = [...taken, withoutFrom(own)].reduce<Tracked | undefined>(layOver, undefined) as Tracked;
  return { ...own, value };
}

/** A variable of one group wins whole over that of another: two sources of a value do not merge. */
function layOver(lower: Tracked | undefined, upper: Tracked): Tracked {
  const value = Object.assign(new BareMap(), mapOf(lower));
  for (const [name, written] of Object.entries(mapOf(upper))) {
    const known = value[name];
    const variable = mergeLayers(undefined, written);
    if (variable === undefined) delete value[name];
    else value[name] = known === undefined ? variable : over(variable, known);
  }
  return { value, origin: upper.origin };
}

function withoutFrom(group: Tracked): Tracked {
  if (childOf(group, '$from') === undefined) return group;
  const { $from: _, ...variables } = mapOf(group);
  return { ...group, value: variables };
}

function reportUnknown(from: Tracked<string>, known: readonly string[], report: Report): void {
  const place = placeOf(from.origin);
  const hint = didYouMean(from.value, known);
  if (place !== undefined)
    report({
      code: 'unknown-reference',
      severity: 'error',
      message: `there is no group of environment variables \`${from.value}\``,
      place,
      ...(hint === undefined ? {} : { hint }),
    });
}

function reportCircle(from: Tracked<string>, underWay: readonly string[], report: Report): void {
  const place = placeOf(from.origin);
  const circle = [...underWay.slice(underWay.indexOf(from.value)), from.value].join(' takes ');
  if (place !== undefined)
    report({
      code: 'expression-cycle',
      severity: 'error',
      message: `groups of environment variables take from each other in a circle: ${circle}`,
      place,
      hint: 'put what they share into a group of its own',
    });
}
