/** `io.k8s.api.core.v1.Container` becomes `core.v1.Container`. */
export function shortName(definitionName) {
  return definitionName.split('.').slice(-3).join('.');
}
