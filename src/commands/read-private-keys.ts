import type { KeyObject } from 'node:crypto';
import { untrack } from '../model/tracked.ts';
import { parseDocument } from '../read/parse-document.ts';
import { keysOfPem, keysOfSecrets } from '../sealing/controller-keys.ts';
import { type CommandContext, UsageError } from './command-context.ts';
import { readSource } from './read-values.ts';

/** The controller's private keys: as PEM, or as kubectl prints its Secrets. */
export function readPrivateKeys(paths: readonly string[], context: CommandContext): KeyObject[] {
  return paths.flatMap((path) => {
    const text = readSource(path, context).toString('utf8');
    // Words may stand before a PEM, as openssl puts them there.
    const tree = /^-----BEGIN /m.test(text) ? undefined : parseDocument({ path, text }, 'private keys', () => {});
    const { keys, problems } = tree === undefined ? keysOfPem(text) : keysOfSecrets(untrack(tree));
    if (keys.length === 0)
      throw new UsageError(
        `${path} holds no private key of the controller: ${problems[0] ?? 'nothing of the kind'}`,
        'kubectl get secret -n kube-system -l sealedsecrets.bitnami.com/sealed-secrets-key -o yaml prints them',
      );
    return keys;
  });
}
