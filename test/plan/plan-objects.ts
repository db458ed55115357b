import { loadAll } from 'js-yaml';
import { schemas } from '../../src/build-facts.ts';
import { supportedMinors } from '../../src/kubernetes/load-schemas.ts';
import type { KubernetesSchemas } from '../../src/kubernetes/schema-types.ts';
import type { PlainObject } from '../../src/model/desired-object.ts';
import type { Plan } from '../../src/plan/plan.ts';
import { planChanges } from '../../src/plan/plan-changes.ts';
import type { RenderedState } from '../../src/plan/rendered-state.ts';

export const newest = schemas(supportedMinors.at(-1) as string) as KubernetesSchemas;

export function objectsIn(yaml: string): PlainObject[] {
  return (loadAll(yaml) as PlainObject[]).filter((document) => document !== null);
}

/** A state of one overlay. */
export function stateOf(yaml: string, more: Partial<RenderedState> = {}, name = 'a state'): RenderedState {
  return { name, overlays: new Map([['dev/shop', objectsIn(yaml)]]), ...more };
}

export function planOf(before: string, after: string): Plan {
  return planChanges(stateOf(before), stateOf(after), { schemas: newest });
}

/** `kind Kind/name: text`, with `!` before what stops a publication. */
export function hazardsOf(before: string, after: string): string[] {
  return planOf(before, after).hazards.map(
    ({ kind, object, text, blocking }) => `${blocking ? '!' : ''}${kind} ${object}: ${text}`,
  );
}
