import { Said } from '../base/said.tsx';

/** A sentence of the compiler's, in which names stand between backticks. */
export function Reason({ text }: { readonly text: string }) {
  const pieces = text.split('`');
  return (
    <>
      {pieces.map((piece, at) =>
        at % 2 === 1 && at < pieces.length - 1 ? (
          <code>
            <Said text={piece} />
          </code>
        ) : (
          <Said text={piece} />
        ),
      )}
    </>
  );
}
