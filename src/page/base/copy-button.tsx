import { useEffect, useState } from 'preact/hooks';

interface CopyProps {
  readonly text: string;
  readonly children: string;
  /** What is copied, for who cannot see where the button stands. */
  readonly what: string;
}

/** Puts a text into the clipboard, and says whether that worked. */
export function CopyButton({ text, children, what }: CopyProps) {
  const [said, setSaid] = useState('');
  useEffect(() => {
    if (said === '') return undefined;
    const timer = setTimeout(() => setSaid(''), 2000);
    return () => clearTimeout(timer);
  }, [said]);
  const copy = async () => setSaid((await copied(text)) ? 'Copied' : 'Not allowed');
  return (
    <button type="button" class="button copy no-print" onClick={copy}>
      {said === '' ? children : said}
      <span class="unseen"> {what}</span>
      <span class="unseen" role="status">
        {said}
      </span>
    </button>
  );
}

async function copied(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
