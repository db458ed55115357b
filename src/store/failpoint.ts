let count = 0;

/**
 * Called before every change to the fleet's folder, and around what publishing does elsewhere. The tests of what a killed run leaves behind set
 * STOWAGE_FAILPOINT to the number of the change before which the process is to die.
 */
export function failpoint(): void {
  const wanted = process.env.STOWAGE_FAILPOINT;
  if (wanted === undefined) return;
  count += 1;
  if (count === Number(wanted)) process.kill(process.pid, 'SIGKILL');
}

let answers = 0;

/** Whether the connection is to break now that something has happened elsewhere: STOWAGE_LOSE_ANSWER says at which. */
export function losesAnswer(): boolean {
  const wanted = process.env.STOWAGE_LOSE_ANSWER;
  if (wanted === undefined) return false;
  answers += 1;
  return answers === Number(wanted);
}
