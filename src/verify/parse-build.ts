import { loadAll } from 'js-yaml';
import type { PlainObject } from '../model/desired-object.ts';

/** What kustomize prints, as objects. */
export function parseBuild(text: string): PlainObject[] {
  return (loadAll(text) as unknown[]).filter(
    (document): document is PlainObject => typeof document === 'object' && document !== null,
  );
}
