import { LongText } from '../base/long-text.tsx';

/** A value by itself, as the text that it is. */
export function ValueBlock({ text, most }: { readonly text: string; readonly most?: number }) {
  return (
    <div class="object-long">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be scrolled by keyboard too */}
      <pre tabIndex={0}>
        {text === '' ? (
          <span class="faint">an empty text</span>
        ) : (
          <LongText text={text} {...(most === undefined ? {} : { most })} />
        )}
      </pre>
    </div>
  );
}
