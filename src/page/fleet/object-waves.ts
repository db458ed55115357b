import type { ObjectRecord } from '../../report/report.ts';

export interface ObjectWave {
  readonly wave: number;
  readonly objects: readonly ObjectRecord[];
}

/** Objects by when they are applied, the first first. */
export function objectWaves(objects: readonly ObjectRecord[]): ObjectWave[] {
  const waves = new Map<number, ObjectRecord[]>();
  for (const object of objects) {
    const known = waves.get(object.wave) ?? [];
    known.push(object);
    waves.set(object.wave, known);
  }
  return [...waves].map(([wave, objects]) => ({ wave, objects })).sort((a, b) => a.wave - b.wave);
}
