import { useState } from 'preact/hooks';
import { Said } from './said.tsx';

const usual = 2000;

/** A text of any length: what is beyond the first part of it is shown when it is asked for. */
export function LongText({ text, most = usual }: { readonly text: string; readonly most?: number }) {
  const [whole, setWhole] = useState(false);
  if (whole || text.length <= most) return <Said text={text} />;
  return (
    <>
      <Said text={text.slice(0, most)} />…{' '}
      <button type="button" class="button no-print" onClick={() => setWhole(true)}>
        Show the other {(text.length - most).toLocaleString('en')} characters
      </button>
    </>
  );
}
