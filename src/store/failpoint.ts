let count = 0;

/**
 * Called before every change to the fleet's folder. The tests of what a killed run leaves behind set
 * STOWAGE_FAILPOINT to the number of the change before which the process is to die.
 */
export function failpoint(): void {
  const wanted = process.env.STOWAGE_FAILPOINT;
  if (wanted === undefined) return;
  count += 1;
  if (count === Number(wanted)) process.kill(process.pid, 'SIGKILL');
}
