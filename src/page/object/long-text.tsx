import { useState } from 'preact/hooks';
import { Said } from '../base/said.tsx';

/** A text of any length: first its beginning. */
export function LongText({ text, most = 2000 }: { readonly text: string; readonly most?: number }) {
  const [whole, setWhole] = useState<string>();
  const cut = text.length > most * 1.25 && whole !== text;
  return (
    <div class="object-long">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be scrolled by keyboard too */}
      <pre tabIndex={0}>
        {text === '' ? <span class="faint">an empty text</span> : <Said text={cut ? text.slice(0, most) : text} />}
      </pre>
      {cut && (
        <button type="button" class="button no-print" onClick={() => setWhole(text)}>
          Show all {text.length.toLocaleString('en')} characters
        </button>
      )}
    </div>
  );
}
