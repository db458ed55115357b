import { useEffect, useRef, useState } from 'preact/hooks';

interface CopyProps {
  readonly text: string;
  readonly children: string;
  /** What is copied, for who cannot see where the button stands. */
  readonly what: string;
}

/** Puts a text into the clipboard. Where a browser keeps a page from that, what stands before is selected instead. */
export function CopyButton({ text, children, what }: CopyProps) {
  const [said, setSaid] = useState('');
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (said === '') return undefined;
    const timer = setTimeout(() => setSaid(''), 2000);
    return () => clearTimeout(timer);
  }, [said]);
  const copy = async () => setSaid((await copied(text)) ? 'Copied' : selected(button.current?.previousElementSibling, text));
  return (
    <button type="button" class="button copy no-print" ref={button} onClick={copy}>
      {said === '' ? children : said}
      <span class="unseen"> {what}</span>
      <span class="unseen" role="status">
        {said}
      </span>
    </button>
  );
}

/** Some browsers give the clipboard to no page that was opened from disk. */
async function copied(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

function selected(shown: Element | null | undefined, text: string): string {
  if (shown?.textContent !== text) return 'Not allowed';
  getSelection()?.selectAllChildren(shown);
  return 'Selected';
}
