import { chmodSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../support/fleet-files.ts';
import { giveToUser, noOrdinaryUser, stowageAsUser } from '../support/ordinary-user.ts';
import { pathWithKustomize } from '../support/run-cli.ts';
import { smallFleet } from '../support/small-fleet.ts';

const refusing = 'echo "Error: the one further along" >&2; exit 1';

describe.skipIf(noOrdinaryUser !== '')(`what a user may not do${noOrdinaryUser}`, () => {
  const fleetOfUser = () => giveToUser(temporaryFolder(smallFleet));

  test.each(['compile', 'verify'])('%s passes over what PATH names and may not be searched or run', (command) => {
    const folder = giveToUser(temporaryFolder(new Map([['kustomize', 'no program\n']])));
    mkdirSync(join(folder, 'closed'));
    chmodSync(join(folder, 'closed'), 0);
    mkdirSync(join(folder, 'folder/kustomize'), { recursive: true });
    const further = pathWithKustomize(refusing);
    giveToUser(further.slice(0, further.indexOf(':')));
    const PATH = `${join(folder, 'closed')}:${join(folder, 'folder')}:${folder}:${further}`;
    const { code, err } = stowageAsUser([command, '-e', 'dev', '-s', 'shop'], { in: fleetOfUser(), env: { PATH } });
    expect(code, err).toBe(3);
    expect(err).toContain('overlays/dev/shop: Error: the one further along');
  });
});
