import { useEffect, useState } from 'preact/hooks';

const first = 12;

/** How many of so many may be drawn by now: what fills a screen at once, and the rest in the frames behind it. */
export function useGrowth(count: number): number {
  const [drawn, setDrawn] = useState(first);
  useEffect(() => {
    if (drawn >= count) return undefined;
    // A frame has to be painted before there is time for more.
    let timer: ReturnType<typeof setTimeout> | undefined;
    const frame = requestAnimationFrame(() => {
      timer = setTimeout(() => setDrawn(drawn * 2));
    });
    return () => {
      cancelAnimationFrame(frame);
      clearTimeout(timer);
    };
  }, [drawn, count]);
  return drawn;
}
