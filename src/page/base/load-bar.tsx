import type { LoadShare } from './load-shares.ts';
import './load-bar.css';

/**
 * The least as a full bar, the most as a pale one behind it, and a mark where what is allowed ends. For eyes only.
 * A part of nobody knows what has no length: the bar stays empty.
 */
export function LoadBar({ share }: { readonly share: LoadShare }) {
  const { minimum, maximum, allowed, exceeds } = share;
  if (allowed === undefined) return <span class="load-bar" aria-hidden="true" />;
  const whole = Math.max(allowed, maximum) || 1;
  const wide = (value: number) => `${(100 * value) / whole}%`;
  return (
    <span class="load-bar" data-exceeds={exceeds} aria-hidden="true">
      <span class="load-bar-maximum" style={{ width: wide(maximum) }} />
      <span class="load-bar-minimum" style={{ width: wide(minimum) }} />
      {exceeds !== undefined && <span class="load-bar-limit" style={{ insetInlineStart: wide(allowed) }} />}
    </span>
  );
}
