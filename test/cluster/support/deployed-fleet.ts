import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { referenceInputs, temporaryFolder } from '../../support/fleet-files.ts';
import { commitAll, git } from '../../support/git-folder.ts';
import { startStowage } from '../../support/run-cli.ts';
import type { GitServer } from '../servers/git-server.ts';

/** The reference fleet as somebody's own: its description in a working copy, all that it means published. */
export interface DeployedFleet {
  readonly folder: string;
  /** Puts other words into a file of the description; each old text must be there. */
  edit(path: string, ...replacements: readonly (readonly [string, string])[]): void;
  /** Compiles, commits and pushes; gives the commit. */
  publish(): Promise<string>;
}

/**
 * It differs from the committed one in where its repository is, and in that it has no freeze: at the weekend Argo CD
 * would sync nothing in production, and these tests run on any day.
 */
export async function deployFleet(server: GitServer, change: (fleet: DeployedFleet) => void = () => {}): Promise<DeployedFleet> {
  const folder = temporaryFolder(referenceInputs());
  git(folder, 'init', '--quiet', '--initial-branch=main');
  const fleet: DeployedFleet = {
    folder,
    edit(path, ...replacements) {
      let text = readFileSync(join(folder, path), 'utf8');
      for (const [before, after] of replacements) {
        if (!text.includes(before)) throw new Error(`${path} has no «${before}»`);
        text = text.replace(before, () => after);
      }
      writeFileSync(join(folder, path), text);
    },
    async publish() {
      // What plays the outside of the cluster runs in this process, and goes on meanwhile.
      const { code, out, err } = await startStowage(['compile', '--no-verify', '--quiet'], { in: folder }).end;
      if (code !== 0) throw new Error(`the fleet does not compile:\n${out}${err}`);
      const commit = commitAll(folder);
      git(folder, 'push', '--quiet', server.bare, 'main');
      return commit;
    },
  };
  fleet.edit('stowage.yaml', ['https://git.example.com/platform/fleet.git', server.url]);
  for (const path of ['clusters/prod-eu/prod-eu.yaml', 'clusters/prod-us/prod-us.yaml']) {
    const freeze = /^ {2}freeze: .*\n/m.exec(readFileSync(join(folder, path), 'utf8'))?.[0];
    if (freeze === undefined) throw new Error(`${path} has no freeze to leave out`);
    fleet.edit(path, [freeze, '']);
  }
  change(fleet);
  writeFileSync(join(folder, '.gitignore'), '.stowage/\n');
  await fleet.publish();
  return fleet;
}
