import { placeOf } from '../model/origin.ts';
import { atPath, type Tracked } from '../model/tracked.ts';
import { mapOf } from '../resolve/layers.ts';
import { sealedValues } from '../resolve/sealed-values.ts';
import { looksSealed } from '../sealing/unseal-value.ts';
import type { Rule } from './rule.ts';
import { sealCommand } from './seal-command.ts';

/** What should be ciphertext and is something else may be the secret itself, so nothing shows it. */
export const checkSealedValues: Rule = ({ system, place }, report) => {
  if (system.cluster.externalSecrets !== undefined) return;
  for (const [name, secret] of system.secrets) {
    const { sealed } = secret;
    if (sealed === undefined) continue;
    const refuse = (key: string, value: Tracked, what: string) =>
      report({
        code: 'not-sealed',
        severity: 'error',
        message: `${what}, so whatever it holds lies open in Git`,
        place: placeOf(value.origin) ?? place,
        masked: true,
        hint: `seal it: ${sealCommand(system, name, key)}; if it is the secret, take a new one, since Git keeps this one`,
      });
    for (const [key, value] of Object.entries(sealedValues(sealed).values))
      if (typeof value.value !== 'string' || !looksSealed(value.value))
        refuse(key, value, `\`${key}\` under encryptedData is no sealed value`);
    const plain = mapOf(atPath(sealed, ['spec', 'template', 'data']));
    for (const [key, declared] of Object.entries(mapOf(secret.declaration.value.keys as Tracked))) {
      const value = plain[key];
      // A template may put sealed values together; the controller fills them in.
      const templated = typeof value?.value === 'string' && value.value.includes('{{');
      if (value === undefined || mapOf(declared).default !== undefined || templated) continue;
      refuse(key, value, `the template has \`${key}\` as plain text`);
    }
  }
};
