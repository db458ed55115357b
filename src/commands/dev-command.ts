import { pageFiles } from '../build-facts.ts';
import { readingAgain } from '../live/read-again.ts';
import { serve } from '../live/serve.ts';
import { watchInputs } from '../live/watch.ts';
import { type CommandContext, exitCodes, UsageError } from './command-context.ts';
import { fleetFolder } from './fleet-folder.ts';
import { commitsToFollow } from './follow-commits.ts';
import { type Looked, openFleet } from './open-fleet.ts';
import { promotionStatus } from './promotion-status.ts';
import { readStatusFiles } from './read-status-files.ts';
import type { LookOptions } from './report-options.ts';
import { tellingLive } from './tell-live.ts';

export interface DevOptions extends LookOptions {
  readonly port?: string;
}

/** Who edits in a row does not wait for bases to be looked through: that begins when nothing was saved for so long. */
const quiet = 2000;

/** The page, live: what is saved is compiled and shown at once. It ends when it is told to, and that is no failure. */
export async function devCommand(options: DevOptions, given: CommandContext): Promise<number> {
  // Told to end while it computes, it ends as it always does.
  const context: CommandContext = { ...given, compute: async (work) => work() };
  const closing: (() => Promise<void> | void)[] = [];
  try {
    await run(options, context, closing);
  } catch (error) {
    if (!context.signal.aborted) throw error;
  } finally {
    await Promise.all(closing.map((close) => close()));
  }
  return exitCodes.clean;
}

async function run(options: DevOptions, context: CommandContext, closing: (() => Promise<void> | void)[]): Promise<void> {
  const { signal } = context;
  const port = parsePort(options.port);
  const statusFiles = readStatusFiles(options.statusFile ?? [], context);
  const fleet = fleetFolder(options, context);
  const tell = tellingLive(options, context);
  const open = openFleet(fleet, options, context, readingAgain());
  const first = open.look() as Looked;
  const followCommits = await commitsToFollow(fleet, options.from, context);
  await open.countAnew();
  const site = await serve(open.report, pageFiles(), port);
  closing.push(site.close);
  tell.listening(site.address);
  tell.compiled(first, open.session);

  const { guarded, fail, failed } = guarding();
  let idle: NodeJS.Timeout | undefined;
  closing.push(() => clearTimeout(idle));
  // One base at a time, so that an edit in between does not wait for all of them.
  const checkBases = guarded(() => {
    const known = open.session.problems().length;
    if (!open.session.checkNext()) return;
    if (open.session.problems().length !== known) {
      show();
      tell.problems(open.session);
    }
    idle = setTimeout(checkBases, 0);
  });
  const rest = () => {
    clearTimeout(idle);
    idle = setTimeout(checkBases, quiet);
  };
  const show = () => {
    open.renew();
    site.tell();
  };
  const look = () => {
    const looked = open.look();
    if (looked === undefined) return;
    show();
    tell.compiled(looked, open.session);
    rest();
  };
  const watching = await watchInputs(fleet, guarded(look));
  closing.push(watching.close);
  // What was saved between the first look and this.
  look();
  rest();
  const countAnew = async () => {
    await open.countAnew();
    show();
  };
  closing.push(await followCommits(countAnew, fail));
  const promotion = async () => {
    const description = open.session.description();
    if (description === undefined) return;
    open.session.promote(await promotionStatus(fleet, description.spec, statusFiles, options, context));
    show();
  };
  await Promise.race([aborted(signal), failed, promotion().then(() => aborted(signal))]);
}

/** What is called by timers and watchers: what goes wrong there ends the command as it does anywhere else. */
function guarding() {
  let fail: (error: unknown) => void = () => {};
  const failed = new Promise<never>((_, reject) => {
    fail = reject;
  });
  // It may come before anybody waits for it.
  failed.catch(() => {});
  const guarded = (act: () => void) => () => {
    try {
      act();
    } catch (error) {
      fail(error);
    }
  };
  return { guarded, fail: (error: unknown) => fail(error), failed };
}

function aborted(signal: AbortSignal): Promise<void> {
  if (signal.aborted) return Promise.resolve();
  return new Promise((resolve) => signal.addEventListener('abort', () => resolve(), { once: true }));
}

function parsePort(word: string | undefined): number | undefined {
  if (word === undefined) return undefined;
  if (/^\d{1,5}$/.test(word) && Number(word) <= 65_535) return Number(word);
  throw new UsageError(`--port ${JSON.stringify(word)} is no port`, 'a number up to 65535; 0 takes any that is free');
}
