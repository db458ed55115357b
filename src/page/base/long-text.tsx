import { useState } from 'preact/hooks';
import { Said } from './said.tsx';

const usual = 2000;

/** A text of any length: of a long one its beginning, until all of it is asked for. */
export function LongText({ text, most = usual }: { readonly text: string; readonly most?: number }) {
  const [whole, setWhole] = useState<string>();
  if (whole === text || text.length <= most * 1.25) return <Said text={text} />;
  return (
    <>
      <Said text={text.slice(0, most)} />…{' '}
      <button type="button" class="button no-print" onClick={() => setWhole(text)}>
        Show all {text.length.toLocaleString('en')} characters
      </button>
    </>
  );
}
