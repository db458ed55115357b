import { placeOf } from '../model/origin.ts';
import { sealedValues } from '../resolve/sealed-values.ts';
import { composedTextDigest } from '../resolve/secret-text.ts';
import type { Rule } from './rule.ts';
import { sealCommand } from './seal-command.ts';

/** A text is composed when it is sealed; one that is composed otherwise now is not what the cluster has. */
export const checkCompositions: Rule = ({ system, place }, report) => {
  if (system.cluster.externalSecrets !== undefined) return;
  for (const [name, { sealed, composed }] of system.secrets) {
    if (sealed === undefined || composed.size === 0) continue;
    const { values, record } = sealedValues(sealed);
    for (const [key, text] of composed) {
      const recorded = record.get(key)?.text;
      const value = values[key];
      if (value === undefined || recorded === undefined || recorded === composedTextDigest(text.value)) continue;
      const written = placeOf(text.origin);
      report({
        code: 'stale-composition',
        severity: 'warning',
        message: `\`${name}/${key}\` was sealed as another text than \`compose\` gives now`,
        place: (value.origin.kind === 'spec' ? value.origin.key : undefined) ?? place,
        ...(written === undefined ? {} : { related: [{ place: written, message: 'composed here' }] }),
        hint: `seal it again: ${sealCommand(system, name, key)}`,
      });
    }
  }
};
