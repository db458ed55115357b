import { useEffect, useRef } from 'preact/hooks';
import type { Route } from '../base/route.ts';

/** Who arrives at another view is set before its heading, as by a page of its own; or before what the address is about. */
export function useArrival({ view, path }: Route): void {
  const before = useRef(view);
  const place = path.join('/');
  useEffect(() => {
    const moved = before.current !== view;
    before.current = view;
    if (moved) scrollTo(0, 0);
    // Within a view the focus stays where it is, unless what had it is gone.
    if (!moved && (place === '' || document.activeElement !== document.body)) return;
    const target = document.querySelector<HTMLElement>('main [data-arrive]');
    target?.scrollIntoView({ block: 'center' });
    if (target === null) focusContent();
    else target.focus({ preventScroll: true });
  }, [view, place]);
}

export function focusContent(): void {
  const main = document.getElementById('main');
  const heading = main?.querySelector<HTMLElement>('h2');
  if (heading != null) heading.tabIndex = -1;
  (heading ?? main)?.focus({ preventScroll: true });
}
