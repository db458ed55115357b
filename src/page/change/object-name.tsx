import { Said } from '../base/said.tsx';

/** `Kind/name`, with the name in front of the eye. */
export function ObjectName({ object }: { readonly object: string }) {
  const at = object.indexOf('/') + 1;
  return (
    <span class="change-object mono">
      <span class="faint">
        <Said text={object.slice(0, at)} />
      </span>
      <Said text={object.slice(at)} />
    </span>
  );
}
