import type { PipelineStop } from '../../report/report.ts';

export interface StopState {
  readonly word: string;
  /** As a badge has it. */
  readonly colour: '' | 'good' | 'accent' | 'warn' | 'bad';
}

/** How an environment stands to the one that it takes from. */
export function stopState({ from, next, waits }: PipelineStop, wave: number): StopState {
  if (wave === 0) return { word: 'begins here', colour: '' };
  const isWaiting = waits !== null && waits.length > 0;
  if (next !== null) return isWaiting ? { word: 'waiting', colour: 'warn' } : { word: 'pending', colour: 'accent' };
  if (isWaiting || from === null) return { word: 'refused', colour: 'bad' };
  return { word: 'up to date', colour: 'good' };
}
