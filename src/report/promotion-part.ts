import { holdsSecret } from '../drift/show-value.ts';
import { showable } from '../plan/conceal-values.ts';
import { type Description, settingsOf } from '../promote/description.ts';
import { wavesOf } from '../promote/pipeline.ts';
import { planPromotion } from '../promote/plan-promotion.ts';
import type { StatusRow } from '../promote/status-table.ts';
import type { ClassifiedField } from '../promote/transfer.ts';
import { headRelease } from '../read/sort-inputs.ts';
import type { Json, PipelineField, PipelineStop, PromotionPart } from './report.ts';

/** What gates and pull requests say, or why nobody was asked. */
export type PromotionStatus = readonly StatusRow[] | { readonly unasked: string };

/** The pipelines of a description, with what environments have otherwise than those that they take from. */
export function promotionPart(description: Description, systems: readonly string[], status: PromotionStatus): PromotionPart {
  const rows = new Map(('unasked' in status ? [] : status).map((row) => [`${row.environment}/${row.system}`, row]));
  return {
    unasked: 'unasked' in status ? status.unasked : null,
    systems: systems.flatMap((system) => {
      const waves = wavesOf(description, system);
      const stop = (environment: string, wave: number) => {
        return pipelineStop(description, system, environment, wave, rows.get(`${environment}/${system}`));
      };
      const stops = waves.map((wave, at) => wave.map((environment) => stop(environment, at)));
      return stops.length === 0 ? [] : [{ system, waves: stops }];
    }),
  };
}

function pipelineStop(
  description: Description,
  system: string,
  to: string,
  wave: number,
  row: StatusRow | undefined,
): PipelineStop {
  const environment = description.environments.get(to);
  const settings = environment === undefined ? undefined : settingsOf(environment, system);
  const planned = wave === 0 ? undefined : nextOf(description, system, to);
  return {
    environment: to,
    stage: environment?.spec.stage ?? '',
    release: settings?.release ?? headRelease,
    since: row?.since ?? null,
    next: row === undefined ? (planned?.title ?? null) : row.next,
    pullRequest: row?.pullRequest ?? null,
    url: row?.url ?? null,
    waits: row?.waits ?? (planned?.refused === undefined ? null : [planned.refused]),
    from: planned?.from ?? null,
    fields: (planned?.fields ?? []).map(pipelineField),
  };
}

interface Next {
  readonly from: string | null;
  readonly fields: readonly ClassifiedField[];
  readonly title?: string;
  readonly refused?: string;
}

function nextOf(description: Description, system: string, to: string): Next {
  const plan = planPromotion(description, { system, to, include: [] });
  if ('refused' in plan) return { from: null, fields: [], refused: plan.refused };
  if ('nothing' in plan) return { from: plan.compared?.from ?? null, fields: plan.compared?.fields ?? [] };
  return { from: plan.from ?? null, fields: plan.fields, title: plan.title };
}

function pipelineField({ path, name, class: own, why, source, target, taken }: ClassifiedField): PipelineField {
  // While somebody works on it, a description may hold a secret that no compiler let through.
  const shown = (value: unknown) => (holdsSecret(path.at(-1), value) ? '(not shown)' : showable(value)) as Json;
  return {
    ...{ name, class: own, why, taken },
    ...(source === undefined ? {} : { source: shown(source) }),
    ...(target === undefined ? {} : { target: shown(target) }),
  };
}
