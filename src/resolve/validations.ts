import type { Report } from '../diagnostics/diagnostic.ts';
import { placeOf } from '../model/origin.ts';
import type { Place } from '../model/source-file.ts';
import { atPath, itemsOf, type Tracked } from '../model/tracked.ts';
import type { Release } from '../read/read-release.ts';
import { createEvaluator } from './evaluate.ts';
import { type ComputedFor, nameSources } from './name-sources.ts';

/** The rules that the System's author wrote, held against what this environment chose. */
export function checkValidations(
  release: Release,
  variables: Record<string, unknown>,
  environment: ComputedFor,
  place: Place,
  report: Report,
): void {
  const evaluator = createEvaluator((diagnostic, from) => report(nameSources(diagnostic, from, environment)));
  for (const validation of itemsOf(release.document.value.spec.value.validations)) {
    const { rule, message, at } = validation.value as unknown as {
      rule: Tracked<string>;
      message: Tracked<string>;
      at?: Tracked<string>;
    };
    if (evaluator.holds(rule, { variables }) !== false) continue;
    const written = placeOf(rule.origin);
    const blamed = at === undefined ? undefined : atPath(release.document as Tracked, ['spec', ...at.value.split('.')]);
    const blamedPlace = blamed === undefined ? undefined : placeOf(blamed.origin);
    report({
      code: 'validation-failed',
      severity: 'error',
      message: message.value,
      place,
      related: [
        ...(written === undefined ? [] : [{ place: written, message: `the rule: ${rule.value}` }]),
        ...(blamedPlace === undefined || at === undefined
          ? []
          : [{ place: blamedPlace, message: `\`${at.value}\` as the System has it` }]),
      ],
      ...(at === undefined ? {} : { hint: `change \`${at.value}\` in this environment or one of its profiles` }),
    });
  }
}
