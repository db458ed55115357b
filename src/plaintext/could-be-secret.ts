import { looksRandom } from './randomness.ts';
import type { SecretName } from './secret-names.ts';

/** Whether a value that goes by the name of a secret could be that secret, or is something about it. */
export function couldBeSecret(value: string, name: SecretName): boolean {
  const text = value.trim();
  if (text.length < 3 || text.length > 8_192 || saysNothing.test(text) || isReference(text)) return false;
  if (/^[-+]?[0-9]+(?:\.[0-9]+)?$/.test(text)) return name === 'password' ? text.length >= 4 : text.length >= 16;
  if (isPath(text) || isPlainUrl(text)) return false;
  if (name === 'password' || weak.test(text)) return true;
  // `auth: basic`, `token: bearer`, `credentials: s3-credentials`: names of things, made of words.
  const words = /^[A-Za-z]+(?:[-_./:][A-Za-z]+)*$/.test(text) && !looksRandom(text, 20);
  return !words && !/^[0-9]+(?:ms|s|m|h|d|[KMG]i?B?)$/i.test(text) && !isProse(text);
}

const saysNothing =
  /^(?:true|false|yes|no|on|off|null|nil|none|undefined|empty|unset|enabled?|disabled?|required|optional|auto|automatic|default|random|generated?|[*xX•.…_-]+|\|[-+]?|>[-+]?|[{[(].*)$/;

/** What people put in for the time being, and forget. */
const weak =
  /^(?:change[-_.]?(?:me|it|this)|secret|password|passw0rd|passwd|admin|root|minio(?:123|admin)?|postgres(?:ql)?|mysql|redis|rabbitmq|guest|test(?:ing)?|demo|example|default|letmein|welcome|qwerty|hunter|supersecret|topsecret|s3cr3t|mlflow|grafana|dev|development|foobar|insecure)[-_!.]?[0-9]{0,4}$/i;

/** Filled in later, by whoever reads it: expressions, variables, markers, stores of secrets. */
export function isReference(text: string): boolean {
  return (
    /\$\{|\$\(|\{\{|\0|\$__|<%|%\{|#\{/.test(text) ||
    /^\$[A-Za-z_]\w*$|^\$[0-9@]$|^%[A-Za-z_]\w*%$|^%[sdv]$|^\{[\w.]*\}$|^<[^<>]*>$|^\[[^[\]]*\]$|^@[A-Z_]+@$/.test(text) ||
    /^(?:vault|ref\+[a-z0-9]+|secretref|op|file|env|sops|awssm|gcpsm|azurekv|arn|k8s):/i.test(text) ||
    /^projects\/[^/]+\/secrets\//.test(text) ||
    /^(?:your|my|the|replace|insert|put|todo|fixme)[-_ ](?:.*[-_ ])?(?:here|password|secret|token|key|with|me)(?:[-_ ]here)?$/i.test(
      text,
    )
  );
}

function isPath(text: string): boolean {
  return /^(?:\.{1,2}\/|~\/|\/|[A-Za-z]:\\)[\w.@:\\-]+(?:[/\\][\w.@:*-]+)*[/\\]?$/.test(text) && !looksRandom(text, 24);
}

function isPlainUrl(text: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\/[^\s@]*$/i.test(text);
}

function isProse(text: string): boolean {
  return /^[^\s]+(?: [^\s]+){3,}$/.test(text);
}
