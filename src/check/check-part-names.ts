import type { Report } from '../diagnostics/diagnostic.ts';
import { placeOf } from '../model/origin.ts';
import { wholeFile } from '../model/source-file.ts';
import { entriesOf } from '../model/tracked.ts';
import type { Release } from '../read/read-release.ts';
import { ingressPart } from '../resolve/setting.ts';

/** A component may be a part of its base, and so may its ingress: each in a folder of its name. */
export function checkPartNames(release: Release, report: Report): void {
  const components = new Map(entriesOf(release.document.value.spec.value.components));
  for (const [key, component] of components) {
    const { ingress } = component.value;
    const namesake = components.get(ingressPart(key));
    if (ingress?.value.optional?.value !== true || namesake === undefined) continue;
    const other = namesake.origin.kind === 'spec' ? namesake.origin.key : undefined;
    report({
      code: 'name-conflict',
      severity: 'error',
      message: `the optional ingress of \`${key}\` is a part of the name \`${ingressPart(key)}\`, and so is another component`,
      place: other ?? placeOf(namesake.origin) ?? wholeFile(release.file),
      hint: 'give the component another name',
    });
  }
}
