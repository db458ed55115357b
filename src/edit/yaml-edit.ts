/** One change of a YAML document, by the path of keys and positions that leads to the node. */
export type YamlEdit =
  | { readonly path: readonly (string | number)[]; readonly value: unknown }
  | { readonly path: readonly (string | number)[]; readonly remove: true };
