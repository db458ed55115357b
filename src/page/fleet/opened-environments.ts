import type { Route } from '../base/route.ts';

/** The environments whose objects are shown: the one that the address is about, and those in `open`. */
export function openedEnvironments({ path, query }: Pick<Route, 'path' | 'query'>): ReadonlySet<string> {
  return new Set([...path.slice(0, 1), ...(query.open ?? '').split(',')].filter(Boolean));
}

export function toggleEnvironment(route: Route, environment: string): Route {
  const opened = new Set(openedEnvironments(route));
  if (!opened.delete(environment)) opened.add(environment);
  return { ...route, path: [], query: { ...route.query, open: [...opened].join(',') } };
}
