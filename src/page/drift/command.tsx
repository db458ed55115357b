import { useEffect, useRef, useState } from 'preact/hooks';
import { Said } from '../base/said.tsx';

/** A call for a terminal, and a way to take it there. */
export function Command({ command }: { readonly command: string }) {
  const text = useRef<HTMLElement>(null);
  const [told, setTold] = useState('');
  useEffect(() => {
    if (told === '') return;
    const timer = setTimeout(() => setTold(''), 4000);
    return () => clearTimeout(timer);
  }, [told]);
  const copy = async () => setTold((await copied(command)) ? 'Copied' : selected(text.current));
  return (
    <div class="drift-command">
      <code ref={text}>
        <Said text={command} />
      </code>
      <button type="button" class="button no-print" onClick={copy}>
        Copy<span class="unseen"> {command}</span>
      </button>
      <span class="drift-told faint" role="status">
        {told}
      </span>
    </div>
  );
}

/** Some browsers give the clipboard to no page that was opened from disk. */
async function copied(command: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(command);
    return true;
  } catch {
    return false;
  }
}

function selected(element: HTMLElement | null): string {
  if (element !== null) getSelection()?.selectAllChildren(element);
  return 'Selected: copy it with the keyboard';
}
