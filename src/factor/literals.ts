/**
 * Kustomize's `literals` cut quotes off both ends of a value; such values, and keys that hold a `=`, are
 * written as patches instead.
 */
export function fitsLiteral(key: string, value: string): boolean {
  return !key.includes('=') && !/^["']|["']$/.test(value);
}
