import { placeOf } from '../model/origin.ts';
import { wholeFile } from '../model/source-file.ts';
import { atPath, childOf, type Tracked } from '../model/tracked.ts';
import { sealedValues } from '../resolve/sealed-values.ts';
import type { Rule } from './rule.ts';
import { sealCommand } from './seal-command.ts';

const wanted = { strict: ['namespace', 'name'], 'namespace-wide': ['namespace'], 'cluster-wide': [] } as const;

/** Ciphertext is bound to a place; the controller opens it there and nowhere else. */
export const checkSealedScope: Rule = ({ system, place }, report) => {
  if (system.cluster.externalSecrets !== undefined) return;
  for (const [key, secret] of system.secrets) {
    const { sealed } = secret;
    if (sealed === undefined) continue;
    const { scope, values } = sealedValues(sealed);
    if (Object.keys(values).length === 0) continue;
    const here = { namespace: system.namespace.name, name: secret.name };
    const wrong = wanted[scope].find((word) => atPath(sealed, ['metadata', word])?.value !== here[word]);
    if (wrong === undefined) continue;
    const written = atPath(sealed, ['metadata', wrong]);
    const there = typeof written?.value === 'string' ? `${wrong} \`${written.value}\`` : `a ${wrong} that the file does not name`;
    report({
      code: 'sealed-elsewhere',
      severity: 'error',
      message: `these values are sealed for ${there} (scope ${scope}), and the cluster cannot open them ${wrong === 'name' ? 'as' : 'in'} \`${here[wrong]}\``,
      place: placeIn(written ?? childOf(sealed, 'metadata') ?? sealed) ?? place,
      related: [{ place, message: `environment ${String(system.environment)} has it as ${here.namespace}/${here.name}` }],
      hint: `seal its values again: ${sealCommand(system, key)}`,
    });
  }
};

function placeIn({ origin }: Tracked) {
  if (origin.kind !== 'spec') return undefined;
  return origin.key ?? placeOf(origin) ?? wholeFile(origin.place.file);
}
