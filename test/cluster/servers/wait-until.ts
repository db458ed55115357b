/** Asks again until there is an answer; what was the matter last is told when the time is over. */
export async function waitUntil<Answer>(
  what: string,
  ask: () => Promise<Answer | undefined | false> | Answer | undefined | false,
  { seconds = 60, every = 100 } = {},
): Promise<Answer> {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    let trouble = '';
    try {
      const answer = await ask();
      if (answer !== undefined && answer !== false) return answer;
    } catch (error) {
      if (error instanceof GivenUp) throw error;
      trouble = `: ${(error as Error).message}`;
    }
    if (Date.now() > end) throw new Error(`${what} took longer than ${seconds} s${trouble}`);
    await new Promise((resolve) => setTimeout(resolve, every));
  }
}

/** What waiting does not mend. */
export class GivenUp extends Error {}
