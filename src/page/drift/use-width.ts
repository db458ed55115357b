import type { RefObject } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';

/** How wide an element is now, in pixels. */
export function useWidth<Box extends HTMLElement>(before: number): readonly [RefObject<Box | null>, number] {
  const element = useRef<Box>(null);
  const [width, setWidth] = useState(before);
  useLayoutEffect(() => {
    if (element.current === null) return;
    const observer = new ResizeObserver(([entry]) => setWidth(Math.round(entry?.contentRect.width ?? before)));
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [before]);
  return [element, width];
}
