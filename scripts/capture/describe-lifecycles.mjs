/**
 * Adds to each kind whether it is deprecated, and lists the kinds this minor no longer has.
 * `seen` collects kinds over the minors, oldest first.
 */
export function describeLifecycles(kinds, { lifecycles, seen, minor }) {
  const present = new Map(kinds.map((kind) => [keyOf(kind), kind]));
  const described = kinds.map(({ deprecatedIn: describedAs, ...kind }) => {
    const { deprecatedIn = describedAs, removedIn } = lifecycles.get(keyOf(kind)) ?? {};
    if (!hasHappened(deprecatedIn, minor)) return kind;
    const replacement = findReplacement(kind, { lifecycles, present });
    return { ...kind, deprecated: { deprecatedIn, removedIn, replacement } };
  });
  const removed = [];
  for (const key of [...new Set([...lifecycles.keys(), ...seen.keys()])].sort()) {
    const { apiVersion, kind } = lifecycles.get(key) ?? seen.get(key);
    if (present.has(key) || kind.endsWith('List')) continue;
    const planned = lifecycles.get(key)?.removedIn;
    const earlier = seen.get(key);
    if (earlier && !earlier.removedIn) earlier.removedIn = minor;
    const removedIn = earlier?.removedIn ?? planned;
    if (!hasHappened(removedIn, minor)) continue;
    const replacement = findReplacement({ apiVersion, kind }, { lifecycles, present });
    removed.push({ apiVersion, kind, removedIn, ...(replacement && { replacement }) });
  }
  for (const { apiVersion, kind } of kinds) seen.set(keyOf({ apiVersion, kind }), { apiVersion, kind });
  return { kinds: described, removed };
}

/** What to use instead in this minor; the source may name a version that came later or is gone again. */
function findReplacement({ apiVersion, kind }, { lifecycles, present }) {
  let newest;
  let next = lifecycles.get(keyOf({ apiVersion, kind }))?.replacement;
  while (next) {
    // The Go source gives IngressClassList as the replacement of IngressClass.
    const candidate = { apiVersion: next.apiVersion, kind: next.kind.replace(/List$/, '') };
    if (present.has(keyOf(candidate))) newest = candidate;
    next = lifecycles.get(keyOf(candidate))?.replacement;
  }
  if (newest) return newest;
  const [best] = [...present.values()]
    .filter((other) => other.kind === kind && groupOf(other) === groupOf({ apiVersion }))
    .filter((other) => stability(other) > stability({ apiVersion }))
    .sort((left, right) => stability(right) - stability(left));
  return best && { apiVersion: best.apiVersion, kind };
}

function keyOf({ apiVersion, kind }) {
  return `${apiVersion} ${kind}`;
}

function groupOf({ apiVersion }) {
  return apiVersion.includes('/') ? apiVersion.split('/')[0] : '';
}

/** v1 before v1beta2 before v1beta1 before v1alpha1. */
function stability({ apiVersion }) {
  const [, major, stage, step] = /v(\d+)(?:(alpha|beta)(\d+))?$/.exec(apiVersion);
  const rank = stage === undefined ? 2 : stage === 'beta' ? 1 : 0;
  return rank * 10_000 + Number(major) * 100 + Number(step ?? 0);
}

function hasHappened(release, minor) {
  return release !== undefined && Number(release.split('.')[1]) <= Number(minor.split('.')[1]);
}
