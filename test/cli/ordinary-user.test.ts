import { chmodSync, chownSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { temporaryFolder } from '../support/fleet-files.ts';
import { gitFolder } from '../support/git-folder.ts';
import { giveToUser, noOrdinaryUser, noOtherUser, stowageAsUser } from '../support/ordinary-user.ts';
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

  test.each(['overlays/dev/shop/kustomization.yaml', 'overlays/dev'])('a generated %s that may not be read is told', (path) => {
    const fleet = fleetOfUser();
    const compile = (...words: string[]) => stowageAsUser(['compile', '--no-verify', ...words], { in: fleet });
    expect(compile().code).toBe(0);
    chmodSync(join(fleet, path), 0);
    const edit = (to: string) => {
      const text = String(smallFleet.get('clusters/dev/dev.yaml'));
      writeFileSync(join(fleet, 'clusters/dev/dev.yaml'), text.replace('replicas: 2', `replicas: ${to}`));
    };
    for (const words of [[], ['--check']]) {
      edit(`${3 + words.length}`);
      expect(compile(...words)).toEqual({
        code: 3,
        out: '',
        err: expect.stringMatching(
          new RegExp(`^error: cannot read ${path}.*: EACCES\n  → may you read it, and the folders above it\\?\n$`),
        ),
      });
    }
  });
});

describe.skipIf(noOtherUser !== '')(`a repository of another user${noOtherUser}`, () => {
  test.each([
    [['plan'], 'there is no commit to compare with here'],
    [['init', '--merge-driver'], 'git knows no repository here to tell of the merge driver'],
    [['init', '--github', '--action', `a/b@${'0'.repeat(40)}`], 'detected dubious ownership'],
  ])('%j says how to trust it', (words, problem) => {
    const fleet = giveToUser(gitFolder(smallFleet));
    chownSync(join(fleet, '.git'), 0, 0);
    const { code, out, err } = stowageAsUser(words, { in: fleet });
    expect({ code: code === 2 || code === 3, out }).toEqual({ code: true, out: '' });
    expect(err).toContain(`error: ${problem}`);
    expect(err).toContain(`\`git config --global --add safe.directory ${fleet}\``);
    expect(err).not.toContain('git init');
  });
});
