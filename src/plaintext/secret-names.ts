/** `password`: any literal is one. `other`: a word, a number or a name of something else is none. */
export type SecretName = 'password' | 'other';

/** Whether what goes by this name is secret: `DB_PASSWORD`, `clientSecret`, `api-key`, and not `passwordFile`. */
export function secretName(name: string): SecretName | undefined {
  const known = remembered.get(name);
  if (known !== undefined) return known === 'none' ? undefined : known;
  const result = name.length > 200 ? undefined : classify(wordsOf(name));
  if (remembered.size > 20_000) remembered.clear();
  remembered.set(name, result ?? 'none');
  return result;
}

/** Whether a long number in hex is expected here: the digest of something that is no secret. */
export function namesDigest(name: string): boolean {
  return /sha-?(?:1|224|256|384|512)|checksum|digest|fingerprint|thumbprint|integrity|etag|commit|revision|hash/i.test(name);
}

/** Finds the lines of a text that are worth a look. */
export const secretWord = /pass|pwd|secret|token|key|credential|auth/i;

const remembered = new Map<string, SecretName | 'none'>();

const passwords = new Set(['password', 'passwords', 'passwd', 'passphrase', 'passcode', 'pwd', 'userpassword', 'dbpassword']);
const ofEnvironment = new Set([
  'pgpassword',
  'pgpass',
  'mysqlpwd',
  'mypassword',
  'rootpassword',
  'adminpassword',
  'requirepass',
  'masterauth',
]);
const atTheEnd = new Set([
  'secret',
  'secrets',
  'token',
  'tokens',
  'credential',
  'credentials',
  'jwt',
  'apikey',
  'secretkey',
  'authtoken',
]);
const keysOf = new Set(
  'api access secret private signing signature encryption encrypt master account session shared client service storage ssh auth cipher license licence app application deploy ingest write integration backend jwt hmac aes vault webhook'.split(
    ' ',
  ),
);
/** After a name of a secret these make it the name of something about it. */
const about = new Set(
  'of name names id ids file files path paths dir directory folder mount ttl age url uri link endpoint host hostname port length len min max minimum maximum count size limit type kind enabled enable disabled required optional allowed expiry expires expiration lifetime duration timeout header headers field fields algorithm alg issuer audience policy provider method mode ref refs reference rotation validity interval period prefix suffix format pattern regex version class store manager backend namespace label labels annotation scope scopes claim claims server account accounts role roles group user username realm param parameter parameters description title placeholder hint help message template encoding encoder reset strength complexity rule rules error prompt state status usage exchange review request requests bucket budget rate cache delimiter separator index generator validator verifier source keys pub public'.split(
    ' ',
  ),
);
/** Before `secret` these make it the name of an object of Kubernetes. */
const objects = new Set(['tls', 'ssl', 'existing', 'pull', 'cert', 'certificate', 'ca', 'k8s', 'kubernetes']);
/** Which of several, or in which form: looked past. */
const versions = new Set(
  'old new current previous next primary secondary dev test staging prod production base64 b64 encoded plain raw value text string default local'.split(
    ' ',
  ),
);

function classify(all: readonly string[]): SecretName | undefined {
  let words = all;
  while (words.length > 1 && (versions.has(words.at(-1) as string) || /^[0-9]+$/.test(words.at(-1) as string)))
    words = words.slice(0, -1);
  const last = words.at(-1);
  const before = words.at(-2) ?? '';
  if (last === undefined || about.has(last) || words.some((word) => word === 'checksum' || word === 'public')) return undefined;
  if (words.some((word) => passwords.has(word) || ofEnvironment.has(word)))
    return last === 'key' && words.length > 1 ? undefined : 'password';
  if (last === 'pass') return 'password';
  if ((last === 'secret' || last === 'secrets') && objects.has(before)) return undefined;
  if (last === 'tokens' && /^(?:max|min|num|total|input|output|completion|prompt)$/.test(before)) return undefined;
  // CLIENT_SECRET has one; `secret` alone is as often a name of one.
  if (last === 'secret' && before !== '') return 'password';
  if (atTheEnd.has(last)) return 'other';
  if (last === 'key' && keysOf.has(before)) return 'other';
  // SECRET_KEY_BASE of Rails and Phoenix.
  if (last === 'base' && before === 'key') return 'other';
  return last === 'auth' || last === 'authorization' ? 'other' : undefined;
}

/** Words of camelCase, snake_case, kebab-case and dotted names, in small letters. */
function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
}
