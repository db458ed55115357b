import { expect, test } from 'vitest';
import { compileClean } from '../support/compile-fleet.ts';
import { smallFleet } from '../support/small-fleet.ts';

test.each(['toString', 'valueOf', 'hasOwnProperty'])('a patch may add what every object of JavaScript has: %s', (key) => {
  const path = 'clusters/dev/dev.yaml';
  const patch = `      patches:
        - target: { kind: Deployment, name: stock-web }
          reason: its name is odd
          merge: { metadata: { annotations: { ${key}: text } } }
`;
  const { outputs } = compileClean(new Map([...smallFleet, [path, `${smallFleet.get(path)}${patch}`]]));
  expect(outputs.get('overlays/dev/stock/web.yaml')).toContain(`${key}: text`);
});
