import { type Diagnostic, distinctPlaces } from '../diagnostics/diagnostic.ts';
import type { SystemSettings } from '../language/environment.ts';
import { type Origin, placeOf } from '../model/origin.ts';
import type { Place } from '../model/source-file.ts';
import type { Tracked } from '../model/tracked.ts';

/** The environment for which something is computed. */
export interface ComputedFor {
  readonly name: string;
  readonly settings: Tracked<SystemSettings>;
}

/**
 * A problem of what an expression came to stands at the expression, in a System that many environments share.
 * Who gave the values that it was computed from is named beside it, and in any case the environment.
 */
export function nameSources(diagnostic: Diagnostic, from: Iterable<Origin>, environment: ComputedFor | undefined): Diagnostic {
  const written = [...from].flatMap(writtenOnes).map(({ layer, place }) => ({
    layer,
    related: { place, message: `computed from this value of ${layer}` },
  }));
  const named = written.some(({ layer }) => layer === `environment ${environment?.name}`);
  const origin = environment?.settings.origin;
  const entry = origin?.kind === 'spec' ? (origin.key ?? origin.place) : undefined;
  const beside = entry === undefined || named ? [] : [{ place: entry, message: `in environment ${environment?.name}` }];
  const related = distinctPlaces([...(diagnostic.related ?? []), ...written.map((source) => source.related), ...beside]);
  return related.length === 0 ? diagnostic : { ...diagnostic, related };
}

/** The same for what is told once everything is computed: of the place that it is told of. */
export function nameSourcesAt(
  diagnostic: Diagnostic,
  computed: ReadonlyMap<Place, Origin>,
  environment: ComputedFor | undefined,
): Diagnostic {
  const origin = computed.get(diagnostic.place);
  return origin?.kind === 'spec' ? nameSources(diagnostic, origin.from ?? [], environment) : diagnostic;
}

/** What somebody wrote, at the ends of what was computed from what. */
export function writtenOnes(origin: Origin): { layer: string; place: Place }[] {
  const place = placeOf(origin);
  if (origin.kind !== 'spec' || place === undefined) return [];
  return origin.from === undefined ? [{ layer: origin.layer, place }] : origin.from.flatMap(writtenOnes);
}
