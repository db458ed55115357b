/**
 * Kustomize's `literals` cut quotes off both ends of a value, stumble over several lines that begin with a
 * tab, and forget that a key such as `1` or `true` is text; such values and keys, and keys that hold a `=`,
 * are written as patches instead.
 */
export function fitsLiteral(key: string, value: string): boolean {
  return staysInMerge(key, value) && !key.includes('=') && !/^["']|["']$/.test(value);
}

/** Kustomize writes all of a ConfigMap anew that it merges literals into. */
export function staysInMerge(key: string, value: string): boolean {
  return /^(?!(?:true|false|null|\.inf|\.nan)$)\.?[a-z_]/i.test(key) && !/^\s*\t[\s\S]*\n/.test(value);
}
