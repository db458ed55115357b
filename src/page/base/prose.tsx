import { Said } from './said.tsx';

/** A sentence in which calls and names stand between backticks. */
export function Prose({ text }: { readonly text: string }) {
  return (
    <>
      {text.split('`').map((piece, place) =>
        place % 2 === 1 ? (
          <code key={`${place}`}>
            <Said text={piece} />
          </code>
        ) : (
          <Said key={`${place}`} text={piece} />
        ),
      )}
    </>
  );
}
