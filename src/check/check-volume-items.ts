import { didYouMean } from '../diagnostics/suggest.ts';
import { placeOf } from '../model/origin.ts';
import { atPath, childOf, type Tracked } from '../model/tracked.ts';
import { mapOf } from '../resolve/layers.ts';
import type { ResolvedSystem } from '../resolve/resolved.ts';
import { sealedValues } from '../resolve/sealed-values.ts';
import type { Rule } from './rule.ts';

/** A pod waits for ever for a key of a volume that is not there. */
export const checkVolumeItems: Rule = ({ system, place }, report) => {
  for (const component of system.components) {
    if (component.state !== 'on') continue;
    for (const volume of Object.values(mapOf(component.spec.value.volumes as Tracked | undefined))) {
      const items = Object.entries(mapOf(childOf(volume, 'items')));
      const held = items.length === 0 ? undefined : heldBy(volume, system);
      if (held === undefined) continue;
      for (const [key, { origin }] of items) {
        if (held.keys.includes(key)) continue;
        const hint = didYouMean(key, held.keys);
        report({
          code: 'unknown-reference',
          severity: 'error',
          message: `${held.noun} \`${key}\` here`,
          place: (origin.kind === 'spec' ? origin.key : undefined) ?? placeOf(origin) ?? place,
          ...(hint === undefined ? {} : { hint }),
        });
      }
    }
  }
};

function heldBy(volume: Tracked, { configs, secrets }: ResolvedSystem): { noun: string; keys: readonly string[] } | undefined {
  const named = (word: string) => String(childOf(volume, word)?.value);
  const config = configs.get(named('config'));
  if (config !== undefined)
    return { noun: `config entry \`${named('config')}\` has no file`, keys: config.files.map(([key]) => key) };
  const secret = secrets.get(named('secret'));
  if (secret === undefined) return undefined;
  const { declaration, sealed } = secret;
  // Whoever sealed it may have given it more keys than it is declared with.
  const more = sealed === undefined ? {} : { ...sealedValues(sealed).values, ...mapOf(atPath(sealed, templateData)) };
  const keys = Object.keys({ ...mapOf(declaration.value.keys as Tracked), ...more });
  return { noun: `secret \`${named('secret')}\` has no key`, keys };
}

const templateData = ['spec', 'template', 'data'];
