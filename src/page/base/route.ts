/** Where in the page a reader is: all of it stands behind the `#`, so that an address leads back, from disk too. */
export interface Route {
  readonly view: View;
  /** What it is about, such as environment, system, object. */
  readonly path: readonly string[];
  /** What is chosen there, such as filters. */
  readonly query: Readonly<Record<string, string>>;
}

export const views = ['fleet', 'system', 'object', 'change', 'promotion', 'drift', 'problems'] as const;
export type View = (typeof views)[number];

export function parseRoute(hash: string): Route {
  const [way = '', words = ''] = hash.replace(/^#\/?/, '').split(/\?(.*)/s);
  const [view = '', ...path] = way.split('/').map(decoded);
  const query = Object.fromEntries(new URLSearchParams(words));
  return { view: views.find((one) => one === view) ?? 'fleet', path: path.filter((step) => step !== ''), query };
}

/** The address of a place in the page; what is empty in the query is left out. */
export function routeTo(view: View, path: readonly string[] = [], query: Readonly<Record<string, string>> = {}): string {
  const words = new URLSearchParams(Object.entries(query).filter(([, value]) => value !== '')).toString();
  return `#/${[view, ...path].map(encodeURIComponent).join('/')}${words === '' ? '' : `?${words}`}`;
}

function decoded(step: string): string {
  try {
    return decodeURIComponent(step);
  } catch {
    return step;
  }
}
