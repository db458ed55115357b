import { CopyButton } from '../base/copy-button.tsx';
import { Said } from '../base/said.tsx';

/** A call for a terminal, and a way to take it there. */
export function Command({ command }: { readonly command: string }) {
  return (
    <div class="drift-command">
      <code>
        <Said text={command} />
      </code>
      <CopyButton text={command} what={command}>
        Copy
      </CopyButton>
    </div>
  );
}
