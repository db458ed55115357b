/**
 * What paths and rights call a kind: `NetworkPolicy` is `networkpolicies`. Schemas do not say it, and there is not
 * always a cluster to ask; kinds are named so that this holds.
 */
export function resourceName(kind: string): string {
  const name = kind.toLowerCase();
  if (/(ss|us|is|x|z|ch|sh)$/.test(name)) return `${name}es`;
  if (/[^aeiou]y$/.test(name)) return `${name.slice(0, -1)}ies`;
  // Such as Endpoints, which are many from the start.
  return name.endsWith('s') ? name : `${name}s`;
}
