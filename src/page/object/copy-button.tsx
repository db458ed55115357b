import { useRef, useState } from 'preact/hooks';

/** Where a browser does not let a page write to the clipboard, the text is selected instead, ready to be copied. */
export function CopyButton({ text }: { readonly text: string }) {
  const [done, setDone] = useState<{ readonly text: string; readonly word: string }>();
  const button = useRef<HTMLButtonElement>(null);
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(text);
      setDone({ text, word: 'Copied' });
    } catch {
      const before = button.current?.previousElementSibling;
      if (before) getSelection()?.selectAllChildren(before);
      setDone({ text, word: 'Selected' });
    }
  };
  return (
    <button type="button" class="button no-print" ref={button} onClick={copy}>
      <span aria-live="polite">{done?.text === text ? done.word : 'Copy'}</span>
    </button>
  );
}
