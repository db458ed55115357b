import { checkAddresses } from './check-addresses.ts';
import { checkIngresses } from './check-ingresses.ts';
import { checkBindings, checkPods } from './check-pods.ts';
import { checkSelectors, checkSpread } from './check-selectors.ts';
import { checkServices } from './check-services.ts';
import type { Render } from './render.ts';

/** All that objects of a render name and the render does not have. */
export function complaintsAbout(render: Render): string[] {
  return [checkAddresses, checkServices, checkIngresses, checkPods, checkBindings, checkSelectors, checkSpread].flatMap((check) =>
    check(render),
  );
}
