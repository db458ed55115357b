import { placeOf } from '../model/origin.ts';
import { missingKeys } from '../resolve/sealed-values.ts';
import type { Rule } from './rule.ts';
import { sealCommand } from './seal-command.ts';

/** Elsewhere a missing value is found when a pod waits for it; a protected stage should not have to find it. */
export const checkUnsealedSecrets: Rule = ({ system, stage, objects, place, assumeSealed }, report) => {
  if (stage.protected !== true || assumeSealed || system.cluster.externalSecrets !== undefined) return;
  const brought = new Set(objects.filter(({ kind }) => kind === 'SealedSecret').map((object) => object.name));
  for (const [key, secret] of system.secrets) {
    const missing = brought.has(secret.name) ? missingKeys(secret) : [];
    if (missing.length === 0) continue;
    const declared = secret.declaration.origin;
    const declaration = declared.kind === 'spec' ? (declared.key ?? declared.place) : placeOf(declared);
    report({
      code: 'unsealed-secret',
      severity: 'warning',
      message: `${system.name} has no value for ${missing.map((name) => `\`${name}\``).join(', ')} of secret \`${key}\``,
      place,
      ...(declaration === undefined ? {} : { related: [{ place: declaration, message: 'declared here' }] }),
      hint: `seal ${missing.length === 1 ? 'it' : 'them'}: ${sealCommand(system, key)}`,
    });
  }
};
