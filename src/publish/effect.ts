import { failpoint, losesAnswer } from '../store/failpoint.ts';
import { LostAnswer } from '../store/lost-answer.ts';

/** A step that others see. Tests end the process before and after it, or lose its answer. */
export async function effect<T>(step: string, act: () => Promise<T>): Promise<T> {
  failpoint();
  const result = await act();
  failpoint();
  if (losesAnswer()) throw new LostAnswer(`the answer to ${step} was lost`);
  return result;
}
