import { useEffect, useState } from 'preact/hooks';
import { parseRoute, type Route, routeTo } from './route.ts';

export function useRoute(): Route {
  const [hash, setHash] = useState(location.hash);
  useEffect(() => {
    const follow = () => setHash(location.hash);
    addEventListener('hashchange', follow);
    return () => removeEventListener('hashchange', follow);
  }, []);
  return parseRoute(hash);
}

/** Goes there; without a step back to where one was when only what is chosen changes. */
export function goTo(route: Route, { replace = false } = {}): void {
  const hash = routeTo(route.view, route.path, route.query);
  if (!replace) {
    location.hash = hash;
    return;
  }
  history.replaceState(null, '', hash);
  dispatchEvent(new HashChangeEvent('hashchange'));
}
